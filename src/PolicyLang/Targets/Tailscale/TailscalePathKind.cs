using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Tailscale;

/// <summary>The way to a cluster through the API server proxy of Tailscale's Kubernetes operator.</summary>
public sealed class TailscalePathKind : PathKind
{
    private const string Autogroup = "autogroup:";

    private static readonly SettingDefinition Tag = new("tag", SettingKind.Text, "The tag of the API server proxy, carried by no other device; needed unless there are `endpoint` blocks")
    {
        IsUniqueAcrossClusters = true,
    };

    private static readonly ImmutableArray<SettingDefinition> EndpointSettings =
    [
        Tag,
        new("ip", SettingKind.TextList, "The TCP ports of the proxy, such as `tcp:443`; without them no packet passes") { Default = "[\"tcp:443\"], for a ProxyGroup [\"tcp:80\", \"tcp:443\"]" },
        new("proxy", SettingKind.Text, "Whether the proxy is the operator itself or a ProxyGroup of it") { Choices = ["operator", "group"], Default = "operator" },
        new("service_account", SettingKind.Text, "The service account of the proxy as namespace/name") { Default = "tailscale/operator, for a ProxyGroup tailscale/kube-apiserver-auth-proxy" },
        new("tag_owners", SettingKind.TextList, "Who may apply the tag; nobody listed means the tailnet's administrators") { Default = "[]" },
        new("recorder", SettingKind.Text, "The tag of the recorder that keeps sessions"),
        new("enforce_recorder", SettingKind.Flag, "Whether a session that cannot be recorded is refused") { Default = "false" },
        new("enable_events", SettingKind.Flag, "Whether every API request is recorded, not only sessions") { Default = "false" },
    ];

    private static readonly SettingSchema Endpoint = new([new("name", SettingKind.Text, "The name of the proxy, unique in the cluster") { IsRequired = true }, .. EndpointSettings]);

    /// <inheritdoc/>
    public override string Name => "tailscale";

    /// <inheritdoc/>
    public override PathCarries Carries => PathCarries.Identity;

    /// <inheritdoc/>
    public override SettingSchema PathSettings { get; } = new(
    [
        new("output", SettingKind.Text, "Where the policy file goes, relative to the output root") { Default = "<name>/policy.hujson" },
        new("tests", SettingKind.Flag, "Whether the policy file holds reachability tests") { Default = "true" },
        new("tags", SettingKind.BlockMap, "The tags besides those of clusters, with their owners")
        {
            Children = new SettingSchema([new("owners", SettingKind.TextList, "Who may apply the tag; nobody listed means the tailnet's administrators") { Default = "[]" }]),
        },
    ]);

    /// <inheritdoc/>
    public override SettingSchema ClusterSettings { get; } = new(
        [.. EndpointSettings, new("endpoint", SettingKind.BlockList, "A further proxy of the cluster; every rule holds for all of them") { Children = Endpoint }]);

    /// <inheritdoc/>
    public override ImmutableArray<PrincipalKind> Accepts { get; } = [PrincipalKind.Person, PrincipalKind.Group, PrincipalKind.Machine];

    /// <inheritdoc/>
    public override string? DefaultPeople => "email";

    /// <summary>Where the policy file of a path goes.</summary>
    internal static string OutputOf(AccessPath path) => path.Settings.GetText("output", $"{path.Name}/policy.hujson");

    /// <inheritdoc/>
    public override void CheckPath(AccessPath path, DiagnosticBag diagnostics)
    {
        var output = OutputOf(path);
        var isInside = output.Split('/').All(part => part is not ("" or "." or "..")) && output.AsSpan().IndexOfAny('\\', ':') < 0 && !output.Any(char.IsControl);
        if (!isInside)
        {
            diagnostics.Report(
                TailscaleDiagnostics.InvalidOutput,
                path.Settings.LocationOf("output") ?? path.Location,
                $"path `{path.Name}` cannot write `{output}`",
                "give a path inside the output root with forward slashes, such as `tailscale/policy.hujson`");
        }

        foreach (var (tag, block) in path.Settings.GetBlocks("tags"))
        {
            if (!TailscaleNames.IsTag(tag.Text))
            {
                diagnostics.Report(TailscaleDiagnostics.InvalidTag, tag.Location, $"`{tag.Text}` in `tags` of path `{path.Name}` is no tag", "a tag is `tag:` and a letter, followed by letters, digits and dashes");
            }

            TailscaleEndpoint.CheckOwners(block.GetList("owners"), diagnostics);
        }
    }

    /// <inheritdoc/>
    public override void CheckCluster(AccessPath path, Cluster cluster, SettingBlock block, DiagnosticBag diagnostics)
    {
        foreach (var endpoint in TailscaleEndpoint.ReadAll(path, cluster, block, diagnostics))
        {
            if (endpoint.Tag is "tag:k8s" or "tag:k8s-operator")
            {
                diagnostics.Report(
                    TailscaleDiagnostics.DefaultTag,
                    endpoint.TagLocation,
                    endpoint.Tag == "tag:k8s"
                        ? $"`tag:k8s` is what the operator gives to all its devices, so it does not stand for the API server proxy of cluster `{cluster.Name}` alone"
                        : $"`tag:k8s-operator` is what every operator carries by default, so it does not stand for cluster `{cluster.Name}` alone",
                    $"give the proxy a tag of its own, such as `tag:k8s-{cluster.Name}`");
            }
        }
    }

    /// <inheritdoc/>
    public override void CheckIdentity(AccessPath path, Subject subject, SettingText identity, DiagnosticBag diagnostics)
    {
        var text = identity.Text;
        switch (subject.Kind)
        {
            case SubjectKind.User when TailscaleNames.Login(text) is null:
                Report("a person is the login that Tailscale shows, such as `alice@acme.com` or `alice@github`");
                break;
            case SubjectKind.Machine when !TailscaleNames.IsTag(text):
                Report("a machine is the tag that its devices carry, such as `tag:ci`");
                break;
            case SubjectKind.Group when !IsGroup(text):
                Report(text switch
                {
                    "*" or "autogroup:danger-all" or "autogroup:shared" or "autogroup:tagged" => "it would let in more than the people of the tailnet",
                    _ when text.StartsWith(Autogroup, StringComparison.Ordinal) => NearestAutogroup(text),
                    _ when text.StartsWith("group:", StringComparison.Ordinal) && !text.Contains('@', StringComparison.Ordinal) => "the file that policyc writes is the whole policy file, so no other place can define this group: list its members, or give the synced group as `group:name@domain`",
                    _ => "a group is one that an identity provider syncs, `group:name@domain`, or one such as `autogroup:member`",
                });
                break;
        }

        void Report(string help)
            => diagnostics.Report(TailscaleDiagnostics.InvalidIdentity, identity.Location, $"`{text}` cannot stand for {Describe(subject)} on path `{path.Name}`", help);
    }

    /// <inheritdoc/>
    public override void CheckPosture(AccessPath path, Posture posture, ImmutableArray<SettingText> assertions, DiagnosticBag diagnostics)
    {
        if (assertions.IsEmpty)
        {
            diagnostics.Report(TailscaleDiagnostics.MissingPosture, posture.Location, $"posture `{posture.Name}` says nothing about path `{path.Name}`", "list at least one expression, such as `\"node:tsReleaseTrack == 'stable'\"`");
        }

        foreach (var assertion in assertions)
        {
            if (PostureExpression.Canonical(assertion.Text, out var reason) is null)
            {
                diagnostics.Report(TailscaleDiagnostics.InvalidPosture, assertion.Location, $"`{assertion.Text}` in posture `{posture.Name}` is no posture expression that Tailscale documents", reason);
            }
        }
    }

    /// <inheritdoc/>
    public override ImmutableArray<ImpersonatingProxy> ProxiesOf(AccessPath path, Cluster cluster)
        => cluster.Paths.TryGetValue(path.Name, out var block)
            ? [.. TailscaleEndpoint.ReadAll(path, cluster, block, new DiagnosticBag()).Select(e => new ImpersonatingProxy(e.Name, e.Namespace, e.ServiceAccount, null))]
            : [];

    /// <summary>Whether a text is a group of people that exists without the policy file.</summary>
    internal static bool IsGroup(string text) => TailscaleNames.IsSyncedGroup(text) || TailscaleNames.PeopleAutogroups.Contains(text, StringComparer.Ordinal);

    // Compared without the prefix, which would make every one of them near to every other.
    private static string NearestAutogroup(string text)
        => Suggestions.Nearest(text[Autogroup.Length..], TailscaleNames.PeopleAutogroups.Select(group => group[Autogroup.Length..])) is { } nearest
            ? $"did you mean `{Autogroup}{nearest}`?"
            : $"the groups of people are {string.Join(", ", TailscaleNames.PeopleAutogroups.Select(group => $"`{group}`"))}";

    private static string Describe(Subject subject) => subject.Kind switch
    {
        SubjectKind.User => $"user `{subject.Name}`",
        SubjectKind.Machine => $"machine `{subject.Name}`",
        _ => $"group `{subject.Name}`",
    };
}
