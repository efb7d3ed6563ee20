using System.Collections.Immutable;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Tailscale.Reading;

/// <summary>
/// What a tailnet policy file says of API server proxies (https://tailscale.com/docs/kubernetes-operator/api-server-access): who gets a connection through to one, and as whom the
/// proxy lets them speak to the API server.
/// </summary>
/// <remarks>
/// The rules are those of the control plane as it was recorded and documented: no rule denies, what several rules give adds up, and without <c>grants</c> and
/// <c>acls</c> everything is allowed. What the file only names is left open: who fills a synced group, which device has an address, what a device's posture is.
/// The file's own tests are not run, since they need the devices.
/// </remarks>
public sealed class TailnetReading : IPathReading<TailnetEndpoint>
{
    private readonly TailnetFile _file;
    private readonly Selectors _selectors;
    private readonly SourceFormulas _formulas;
    private readonly DestinationIndex _index;
    private readonly FileEffects _effects;
    private readonly ImmutableArray<string> _tags;

    private TailnetReading(TailnetFile file)
    {
        _file = file;
        _selectors = new Selectors(file);
        TailnetChecks.Check(file, _selectors, null);
        _formulas = new SourceFormulas(file, _selectors);
        var rules = new List<IndexedRule>(file.Rules.Count);
        foreach (var rule in file.Rules)
        {
            rules.Add(new IndexedRule(rule, _formulas.Of(rule), KubernetesGrant.Read(file, rule)));
        }

        _index = new DestinationIndex(rules, _selectors);
        _effects = new FileEffects(file, _selectors, rules);
        var tags = new SortedSet<string>(file.TagOwners.Keys, StringComparer.Ordinal);
        tags.UnionWith(_selectors.Tags);
        _tags = [.. tags];
        Problems = [.. file.Problems.OrderBy(p => p.Place, Comparer<ArtefactPlace>.Create(ArtefactPlace.Compare))];
        OtherEffects = _effects.Always;
    }

    /// <inheritdoc/>
    public ImmutableArray<ReadingProblem> Problems { get; }

    /// <summary>
    /// What the file does beyond Kubernetes access, whatever the endpoints are: rules for anything but tags, other capabilities, SSH, node attributes, approvals, owners of tags,
    /// settings of the tailnet. What rules open at tags depends on the endpoints: <see cref="EffectsBeyond"/>.
    /// </summary>
    public ImmutableArray<OtherEffect> OtherEffects { get; }

    /// <summary>Reads a policy file. Anything at all may stand in it.</summary>
    /// <param name="policyFile">The file, in HuJSON.</param>
    public static TailnetReading Read(Artefact policyFile) => new(TailnetFileReader.Read(policyFile));

    /// <inheritdoc/>
    public ReadGate GateTo(TailnetEndpoint endpoint)
    {
        if (!_file.HasRules && !_file.IsUnclear)
        {
            // Whether the default posture holds for the default rule is not documented.
            return new ReadGate(_file.DefaultPostures.IsEmpty ? Formula.Always : Formula.Undecided, [_file.Text.Whole]);
        }

        var who = new List<Formula>();
        var places = ImmutableArray.CreateBuilder<ArtefactPlace>();
        foreach (var rule in _index.RulesFor(endpoint))
        {
            var truth = _index.Opens(rule.Rule, endpoint);
            if (truth != Truth.False && !ReferenceEquals(rule.Who, Formula.Never))
            {
                who.Add(truth == Truth.True ? rule.Who : rule.Who.And(Formula.Undecided));
                places.Add(_file.Text.Place(rule.Rule.Offset));
            }
        }

        if (_file.IsUnclear)
        {
            who.Add(Formula.Undecided);
            places.Insert(0, _file.Text.Whole);
        }

        var sorted = places.DrainToImmutable();
        return new ReadGate(SourceFormulas.Sum(who), sorted) { Openings = _file.IsUnclear ? null : who.Zip(sorted) };
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Everybody speaks under the own name: the login of a person, the full name of a tagged device. Groups come from <c>tailscale.com/cap/kubernetes</c> of every grant that reaches
    /// the device, with or without packets; a tagged device that gets none has its tags as groups instead. Who holds a value that the proxy cannot decode, or would have to be
    /// recorded by nobody, is served nothing.
    /// </remarks>
    public ImmutableArray<ReadIdentity> IdentitiesAt(TailnetEndpoint endpoint)
    {
        var granted = new List<(IndexedRule Rule, Formula Who)>();
        var rules = _index.RulesFor(endpoint);
        foreach (var rule in rules)
        {
            if (rule.Kubernetes is null || ReferenceEquals(rule.Who, Formula.Never))
            {
                continue;
            }

            var truth = _index.Grants(rule.Rule, endpoint);
            if (truth != Truth.False)
            {
                granted.Add((rule, truth == Truth.True ? rule.Who : rule.Who.And(Formula.Undecided)));
            }
        }

        var served = Served(granted);
        var own = new ReadUser(null);
        var person = Formula.Of(new Atom(AtomKind.AnyPerson, "", ""));
        var machine = Formula.Of(new Atom(AtomKind.AnyMachine, "", ""));
        var identities = ImmutableArray.CreateBuilder<ReadIdentity>(granted.Count + 2);
        identities.Add(new ReadIdentity(And(person, served), own, [], _file.Text.Whole));
        identities.Add(new ReadIdentity(And(machine, served), own, [], _file.Text.Whole));
        foreach (var (rule, who) in granted)
        {
            if (!rule.Kubernetes!.Groups.IsEmpty)
            {
                identities.Add(new ReadIdentity(And(who, served), null, rule.Kubernetes.Groups, _file.Text.Place(rule.Rule.Offset)));
            }
        }

        AddTagsAsGroups(rules.Where(rule => _index.Opens(rule.Rule, endpoint) != Truth.False), granted, served, identities);
        return identities.DrainToImmutable();
    }

    /// <summary>The statements behind the gate and the identities of an endpoint.</summary>
    public ReadStatements StatementsAt(TailnetEndpoint endpoint) => new EndpointStatements(_file, _selectors, _formulas, _index).At(endpoint, IdentitiesAt(endpoint));

    /// <summary>What the file does beyond Kubernetes access at some endpoints: <see cref="OtherEffects"/>, and what rules open at other tags or at other ports.</summary>
    /// <param name="endpoints">The endpoints that are meant to be reached.</param>
    /// <param name="isDeclaredOwner">Whether an owner of a tag, as the file writes both, is known and wanted. All are reported where it is not given.</param>
    public ImmutableArray<OtherEffect> EffectsBeyond(IEnumerable<TailnetEndpoint> endpoints, Func<string, string, bool>? isDeclaredOwner = null)
        => _effects.Beyond(endpoints, isDeclaredOwner);

    // Not joined by the formula's own means, which look at every part of what may be a large group.
    private static Formula And(Formula who, Formula condition) => ReferenceEquals(condition, Formula.Always) ? who
        : who is ConstantFormula || condition is ConstantFormula ? who.And(condition)
        : new AllFormula([who, condition]);

    private static Formula Served(List<(IndexedRule Rule, Formula Who)> granted)
    {
        var broken = SourceFormulas.Sum(granted.Where(g => g.Rule.Kubernetes!.IsMalformed).Select(g => g.Who));
        var enforced = SourceFormulas.Sum(granted.Where(g => g.Rule.Kubernetes!.EnforcesRecorder).Select(g => g.Who));
        if (!ReferenceEquals(enforced, Formula.Never))
        {
            var recorded = SourceFormulas.Sum(granted.Where(g => g.Rule.Kubernetes!.HasRecorder).Select(g => g.Who));
            broken = broken.Or(enforced.And(recorded.Not()));
        }

        return ReferenceEquals(broken, Formula.Never) ? Formula.Always : broken.Not();
    }

    // A device that comes by several tags has all of them; so if some machine may come without a group, every tag that is known may be a group.
    private void AddTagsAsGroups(IEnumerable<IndexedRule> opening, List<(IndexedRule Rule, Formula Who)> granted, Formula served, ImmutableArray<ReadIdentity>.Builder identities)
    {
        granted = [.. granted.Where(g => !g.Rule.Kubernetes!.Groups.IsEmpty)];
        var surely = granted.Where(g => ReferenceEquals(g.Who, g.Rule.Who)).Select(g => g.Rule).ToHashSet<IndexedRule>(ReferenceEqualityComparer.Instance);
        var sources = surely.Where(rule => rule.Rule.Postures is null && _file.DefaultPostures.IsEmpty).SelectMany(rule => rule.Rule.Sources).Select(src => src.Text).ToHashSet(StringComparer.Ordinal);
        if (!_file.IsUnclear && _file.HasRules && opening.All(rule => !rule.Rule.IsUnclear && (surely.Contains(rule) || rule.Rule.Sources.All(src => sources.Contains(src.Text) || IsPeople(src.Text)))))
        {
            return;
        }

        var without = SourceFormulas.Sum(granted.Select(g => g.Who)).Not();
        foreach (var tag in _tags)
        {
            var who = And(And(Formula.Of(new Atom(AtomKind.Machine, "tag", tag)), without), served);
            identities.Add(new ReadIdentity(who, null, [tag], _file.Text.Whole));
        }
    }

    private bool IsPeople(string source)
        => _selectors[source].Kind is SelectorKind.User or SelectorKind.UserDomain or SelectorKind.Group or SelectorKind.Member or SelectorKind.Role or SelectorKind.Shared;
}
