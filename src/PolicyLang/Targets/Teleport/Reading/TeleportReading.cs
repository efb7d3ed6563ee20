using System.Collections.Immutable;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>A Kubernetes cluster as Teleport knows it: by the labels of its agent.</summary>
/// <param name="Labels">The labels that are known.</param>
/// <param name="OtherLabelsUnknown">Whether the agent may carry labels that are not listed. A role that asks for one of those is then undecided.</param>
public sealed record TeleportEndpoint(ImmutableSortedDictionary<string, string> Labels, bool OtherLabelsUnknown);

/// <summary>
/// What the GitHub connectors, roles and bots of one Teleport say, whoever wrote them and in whichever form: files for <c>tctl</c>, custom resources of the operator,
/// Terraform's JSON. Principals are GitHub teams (<c>organization/slug</c>) and bots; a trusted device is the posture <c>device-trust</c>; a second factor can always
/// be given and is no condition. Before 5.0 a Teleport had one cluster, so that labels say nothing then.
/// </summary>
public sealed class TeleportReading : IPathReading<TeleportEndpoint>
{
    private readonly TeleportRules _rules;
    private readonly List<RoleGrant> _grants;
    private readonly List<RoleGrant> _denying;
    private readonly RoleIndex _index;
    private readonly Formula _cloud;
    private readonly ArtefactPlace? _cloudPlace;
    private readonly ArtefactPlace? _anything;

    private TeleportReading(TeleportResources resources)
    {
        _rules = resources.Rules;
        (_grants, _cloud, _cloudPlace) = RoleHolders.Find(resources);
        _denying = _grants.FindAll(g => !g.Role.Deny.IsSilent);
        _index = new RoleIndex(_rules, _grants);
        _anything = resources.Notes.Anything;
        Resources = resources;
        Problems = resources.Notes.SortedProblems();
        OtherEffects = resources.Notes.SortedEffects();
    }

    /// <inheritdoc/>
    public ImmutableArray<ReadingProblem> Problems { get; }

    /// <inheritdoc/>
    public ImmutableArray<OtherEffect> OtherEffects { get; }

    internal TeleportResources Resources { get; }

    /// <summary>Reads the files of one Teleport. Any bytes are taken.</summary>
    /// <param name="files">The files.</param>
    /// <param name="server">The Teleport that they are for: the same file means different things to different versions.</param>
    public static TeleportReading Read(IReadOnlyList<Artefact> files, TeleportServer server) => Read(files, [], server);

    /// <summary>Reads the files of one Teleport, and what it holds beside them.</summary>
    /// <param name="files">The files.</param>
    /// <param name="existing">What it holds already, such as the answer of <c>tctl get roles,github,bots</c>. A resource that the files hold too is replaced by them.</param>
    /// <param name="server">The Teleport that they are for.</param>
    public static TeleportReading Read(IReadOnlyList<Artefact> files, IReadOnlyList<Artefact> existing, TeleportServer server) => Read(files, existing, new TeleportRules(server));

    internal static TeleportReading Read(IReadOnlyList<Artefact> files, TeleportRules rules) => Read(files, [], rules);

    private static TeleportReading Read(IReadOnlyList<Artefact> files, IReadOnlyList<Artefact> existing, TeleportRules rules)
    {
        var resources = new TeleportResources(rules);
        if (!rules.IsKnown)
        {
            var place = new ArtefactPlace(files.Count > 0 ? files[0].Path : "", 0, 0);
            resources.Notes.AddAnything(new ReadingProblem(ReadingProblemKind.NotModelled, $"what Teleport {rules.Server.Major} does is not known", place));
        }

        var sink = new ResourceReader(resources);
        var reader = new DocumentReader(new TextCache());
        foreach (var file in files)
        {
            reader.Read(file, sink);
        }

        resources.BeginExisting();
        foreach (var file in existing)
        {
            reader.Read(file, sink);
        }

        return new TeleportReading(resources);
    }

    /// <summary>Who may open a session on the cluster: somebody with a role that selects it and gives a Kubernetes group or user, unless another of their roles denies it.</summary>
    /// <param name="endpoint">The cluster.</param>
    public ReadGate GateTo(TeleportEndpoint endpoint)
    {
        var gate = ViewOf(endpoint).Gate();
        if (_anything is { } place)
        {
            return new ReadGate(Formula.Undecided, [.. gate.Places.Add(place).Order(Comparer<ArtefactPlace>.Create(ArtefactPlace.Compare))]);
        }

        // Of whom something about the roles is not known, nothing is: another role may open, deny, or ask for more.
        return _cloud is ConstantFormula { Truth: Truth.False }
            ? gate
            : gate with { Opens = gate.Opens.And(_cloud.Not().Or(Formula.Undecided)).Or(_cloud.And(Formula.Undecided)) };
    }

    /// <summary>Which Kubernetes user and groups the agent asserts.</summary>
    /// <param name="endpoint">The cluster.</param>
    public ImmutableArray<ReadIdentity> IdentitiesAt(TeleportEndpoint endpoint)
    {
        var identities = ViewOf(endpoint).Identities();
        if (_anything is { } place)
        {
            return [.. identities.Select(i => i with { Who = i.Who.And(Formula.Undecided) }), new ReadIdentity(Formula.Undecided, null, [], place)];
        }

        return _cloudPlace is { } cloudPlace ? identities.Add(new ReadIdentity(_cloud.And(Formula.Undecided), null, [], cloudPlace)) : identities;
    }

    internal (Truth Allowed, ImmutableSortedSet<string> Groups) Request(TeleportEndpoint endpoint, KubernetesRequest request, Func<Atom, Truth> world)
        => ViewOf(endpoint).Request(request, world);

    private EndpointView ViewOf(TeleportEndpoint endpoint) => new(_rules, _index, _grants, _denying, endpoint);
}
