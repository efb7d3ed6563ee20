using System.Collections.Immutable;
using System.Text;
using PolicyLang.Access;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Targets;
using PolicyLang.Targets.Teleport;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Targets.Teleport;

/// <summary>Builds models for the Teleport target and runs it.</summary>
internal sealed class TeleportScenario
{
    private static readonly TeleportPathKind s_kind = new();
    private readonly SortedDictionary<string, (Cluster Cluster, List<IdentityLink> Links)> _clusters = new(StringComparer.Ordinal);
    private readonly List<(Subject, Subject)> _disjoint = [];

    public TeleportScenario(params (string Key, object Value)[] settings) => Path = TestModels.Path(s_kind, settings: settings);

    public TeleportScenario(string name, string people, params (string Key, object Value)[] settings) => Path = TestModels.Path(s_kind, name, people, settings);

    public AccessPath Path { get; }

    public static Posture Managed { get; } = PostureOf("managed", "device-trust");

    public static Posture PostureOf(string name, params string[] texts)
        => new(
            name,
            ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("teleport", texts.Select(t => new SettingText(t, TestModels.Here(t))).ToImmutableArray())]),
            TestModels.Here(name));

    public TeleportScenario Cluster(string name, bool isRetired = false, params (string Key, object Value)[] settings)
    {
        (string, object)[] all = settings.Any(s => s.Key == "label") ? settings : [("label", $"policyc-cluster={name}"), .. settings];
        var cluster = TestModels.Cluster(name, (Path.Name, TestModels.Block(s_kind.ClusterSettings, all))) with { IsRetired = isRetired };
        _clusters.Add(name, (cluster, []));
        return this;
    }

    public TeleportScenario UnlabelledCluster(string name)
    {
        _clusters.Add(name, (TestModels.Cluster(name, (Path.Name, TestModels.Block(s_kind.ClusterSettings))), []));
        return this;
    }

    public TeleportScenario Link(string cluster, Subject subject, string team, string[] groups, params Posture[] postures)
    {
        var (declared, links) = _clusters[cluster];
        var isMachine = subject.Kind == SubjectKind.Machine;
        var principals = team.Length == 0 ? [] : team.Split(' ').Select(t => TestModels.Principal(isMachine ? PrincipalKind.Machine : PrincipalKind.Group, isMachine ? Path.Name : Path.People ?? "", t, subject)).ToArray();
        links.Add(TestModels.Identity(declared, Path, subject, groups, Condition.AllOf(postures), principals));
        return this;
    }

    public TeleportScenario Link(string cluster, Subject subject, string team, params Posture[] postures)
        => Link(cluster, subject, team, [$"policyc:{cluster}:{subject.Name}" + (postures.Length == 0 ? "" : ":when-" + Condition.AllOf(postures).Key)], postures);

    public TeleportScenario RawLink(string cluster, Func<Cluster, AccessPath, IdentityLink> make)
    {
        var (declared, links) = _clusters[cluster];
        links.Add(make(declared, Path));
        return this;
    }

    public TeleportScenario Disjoint(Subject first, Subject second)
    {
        _disjoint.Add((first, second));
        return this;
    }

    public AccessModel Model() => TestModels.Model([Path], _clusters.Values.Select(c => TestModels.Access(c.Cluster, c.Links)), [.. _disjoint]);

    public (ImmutableSortedDictionary<string, string> Files, ImmutableArray<Assumption> Assumptions, ImmutableArray<Diagnostic> Diagnostics) Run()
        => Run(Model());

    public static (ImmutableSortedDictionary<string, string> Files, ImmutableArray<Assumption> Assumptions, ImmutableArray<Diagnostic> Diagnostics) Run(AccessModel model)
    {
        var diagnostics = new DiagnosticBag();
        var output = new TeleportTarget().Write(new TargetContext(model, SettingBlock.Empty, diagnostics), CancellationToken.None);
        var files = output.Files.ToImmutableSortedDictionary(f => f.Path, f => Encoding.UTF8.GetString(f.Content.Span), StringComparer.Ordinal);
        return (files, output.Assumptions, diagnostics.ToSortedArray());
    }

    /// <summary>The files of a policy without mistakes.</summary>
    public ImmutableSortedDictionary<string, string> Write()
    {
        var (files, _, diagnostics) = Run();
        Assert.DoesNotContain(diagnostics, d => d.Severity == DiagnosticSeverity.Error);
        return files;
    }

    /// <summary>The only error of a policy; nothing may be written then.</summary>
    public Diagnostic Error()
    {
        var (files, _, diagnostics) = Run();
        Assert.Empty(files);
        return Assert.Single(diagnostics, d => d.Severity == DiagnosticSeverity.Error);
    }

    /// <summary>The policy of most tests: two clusters, two teams and, where the version knows them, a bot and a device posture.</summary>
    public static TeleportScenario Usual(bool withBot, bool withPosture, params (string Key, object Value)[] settings)
    {
        var sre = TestModels.Group("sre", ("github", "acme/sre"));
        var payments = TestModels.Group("payments", ("github", "acme/payments"));
        var contractors = TestModels.Group("contractors", ("github", "acme/contractors"));
        var deployer = TestModels.Machine("deployer", ("teleport", "bot-deployer"));
        var scenario = new TeleportScenario(settings).Cluster("dev").Cluster("prod")
            .Link("dev", sre, "acme/sre")
            .Link("prod", sre, "acme/sre")
            .Link("dev", payments, "acme/payments");
        if (withPosture)
        {
            scenario.Disjoint(sre, contractors).Link("prod", contractors, "acme/contractors", Managed);
        }

        return withBot ? scenario.Link("prod", deployer, "bot-deployer") : scenario;
    }
}
