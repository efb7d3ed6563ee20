using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Linting;
using PolicyLang.Semantics;
using PolicyLang.Targets;

namespace PolicyLang.Projects;

/// <summary>What <c>policyc.yaml</c> takes. The reader, the JSON Schema and the documentation all come from here.</summary>
internal static class ProjectFileDefinitions
{
    public const string FileName = "policyc.yaml";
    public const string DefaultSource = "**/*.policy";
    public const string DefaultOutputRoot = "out";
    public const string KubernetesSection = "kubernetes";
    public const string ClustersSection = "clusters";
    public const string BaseSetting = "base";
    public const string ExceptionsSection = "exceptions";
    public const string LintSection = "lint";

    /// <summary>The identity providers that every project has, each of the kind with its own name.</summary>
    public static ImmutableArray<string> BuiltInProviders { get; } = ["email", "entra", "github", "google", "okta"];

    public static ImmutableArray<string> ProviderKinds { get; } = ["github", "okta", "entra", "google", "saml", "oidc", "certificate", "email"];

    public static SettingSchema Output { get; } = new(
    [
        new("root", SettingKind.Text, "the folder that all output paths are relative to, relative to the project") { Default = DefaultOutputRoot },
        new("outside_project", SettingKind.Flag, "whether outputs may stand outside the project, such as in a neighbouring GitOps repository") { Default = "false" },
    ]);

    public static SettingSchema IdentityProvider { get; } = new(
    [
        new("kind", SettingKind.Text, "the kind of identity provider") { IsRequired = true, Choices = ProviderKinds },
    ]);

    public static SettingSchema CustomResource { get; } = new(
    [
        new("name", SettingKind.Text, "the name of the CustomResourceDefinition, such as `certificates.cert-manager.io`") { IsRequired = true },
        new("namespaced", SettingKind.Flag, "whether its objects stand in namespaces") { Default = "true" },
        new("subresources", SettingKind.TextList, "its subresources, such as `status`"),
    ]);

    public static SettingSchema Excuse { get; } = new(
    [
        new("name", SettingKind.Text, "the name by which findings and assumptions call it") { IsRequired = true },
        new("path", SettingKind.Text, "the path whose `base` gives the access") { IsRequired = true },
        new("clusters", SettingKind.TextList, "the clusters, as names or patterns such as `\"prod-*\"`; each must match a cluster that the path leads to") { IsRequired = true },
        new("who", SettingKind.TextList, "who has the access, in the words of the path's system, as the finding shows them") { IsRequired = true },
        new("because", SettingKind.Text, "why that is meant") { IsRequired = true },
        new("until", SettingKind.Text, "the last day on which it is meant, such as `2027-03-01`"),
    ]);

    public static SettingSchema Lint { get; } = new(
    [
        new("fail_on", SettingKind.Text, "the least level of findings that make `policyc lint` fail") { Choices = ["error", "warning", "never"], Default = "error" },
        LintLevels,
        new("files", SettingKind.BlockList, "levels for some files; of two entries that match the same file the later one counts") { Children = LintFiles },
        new("exclude", SettingKind.TextList, "files in which `policyc lint` looks for nothing, also where they are named, such as `vendor/**`"),
        new("artefacts", SettingKind.TextList, "files of other systems that `policyc lint` reads when it is given none, such as `tailnet/*.hujson`"),
        new("baseline", SettingKind.Text, "a file of findings that are known and left alone, written by `policyc lint --update-baseline`"),
        new("preview", SettingKind.Flag, "whether rules that are not settled yet are checked too") { Default = "false" },
    ]);

    public static SettingSchema LintFiles => new(
    [
        new("match", SettingKind.TextList, "which files, as patterns relative to the project") { IsRequired = true },
        LintLevels with { IsRequired = true },
    ]);

    private static SettingDefinition LintLevels => new("levels", SettingKind.TextMap, "how loud rules are: `off`, `info`, `warning` or `error`, by the name of a rule or of a category; a rule's own name counts more")
    {
        Keys = LintLevelNames.All,
        Choices = LintLevelNames.Levels,
    };

    private static ImmutableArray<SettingDefinition> Kubernetes { get; } =
    [
        new("version", SettingKind.Text, "the version of clusters that do not say otherwise, such as `\"1.33\"`") { Choices = KubernetesVersions.Texts, Default = KubernetesVersions.Texts[^1] },
        new("custom_resources", SettingKind.BlockList, "the custom resources that roles may name") { Children = CustomResource },
        new(BaseSetting, SettingKind.TextList, "manifests of what is in the clusters already, such as `exports/{cluster}/*.yaml`; read, never written"),
    ];

    /// <summary>The whole file. Paths are there by name alone, because what one takes depends on its kind; see <see cref="PathSchema"/>.</summary>
    public static SettingSchema File(ImmutableArray<ITarget> targets) => new(
    [
        new("language", SettingKind.Integer, "the version of the policy language; this policyc reads version 1") { Range = (1, 1), Default = "1" },
        new("policyc", SettingKind.Text, "the versions of policyc that may build the project, such as `\">=0.1 <1\"`"),
        new("sources", SettingKind.TextList, "the patterns of policy files; each must match a file") { Default = DefaultSource },
        new("output", SettingKind.Block, "where outputs go") { Children = Output },
        new("identity_providers", SettingKind.BlockMap, "who knows people and their groups, by name; `github`, `okta`, `entra`, `google` and `email` are there without it") { Children = IdentityProvider },
        new("paths", SettingKind.BlockMap, "the ways to clusters, by the name that `via` uses; without it each kind of path has one instance with the kind's name") { Children = CommonPath(targets) },
        new(ClustersSection, SettingKind.TextMap, "which clusters are managed and which only watched: `manage` or `observe` by a name or a pattern such as `\"legacy-*\"`, and `default` for the others") { Default = "manage" },
        new(LintSection, SettingKind.Block, "what `policyc lint` checks") { Children = Lint },
        new(ExceptionsSection, SettingKind.BlockList, "what files of `base` give beyond the policy, and is meant; see below") { Children = Excuse },
        .. Sections(targets),
    ]);

    /// <summary>What a path of one kind takes.</summary>
    public static SettingSchema PathSchema(PathKind kind, ImmutableArray<ITarget> targets)
    {
        var common = CommonPath(targets).Settings;
        return new([.. common.Select(s => s.Name == "people" && kind.DefaultPeople is { } people ? s with { Default = people } : s), .. kind.PathSettings.Settings]);
    }

    /// <summary>The kinds of path, by name.</summary>
    public static ImmutableSortedDictionary<string, PathKind> PathKinds(ImmutableArray<ITarget> targets)
        => targets.Select(t => t.PathKind).OfType<PathKind>().ToImmutableSortedDictionary(k => k.Name, k => k, StringComparer.Ordinal);

    /// <summary>The targets' own sections, by name.</summary>
    public static IEnumerable<SettingDefinition> Sections(ImmutableArray<ITarget> targets)
    {
        var kubernetes = targets.FirstOrDefault(t => string.Equals(t.Name, KubernetesSection, StringComparison.Ordinal));
        var own = (kubernetes?.ProjectSettings.Settings ?? []).Where(s => !Kubernetes.Any(k => string.Equals(k.Name, s.Name, StringComparison.Ordinal)));
        yield return new(KubernetesSection, SettingKind.Block, "Kubernetes itself: versions, custom resources and the manifests") { Children = new([.. Kubernetes, .. own]) };
        foreach (var target in targets.OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            if (!ReferenceEquals(target, kubernetes) && (target.PathKind is null || !target.ProjectSettings.Settings.IsEmpty))
            {
                yield return new(target.Name, SettingKind.Block, $"the outputs of `{target.Name}`") { Children = target.ProjectSettings };
            }
        }
    }

    private static SettingSchema CommonPath(ImmutableArray<ITarget> targets) => new(
    [
        new("kind", SettingKind.Text, "the kind of path") { IsRequired = true, Choices = [.. PathKinds(targets).Keys] },
        new("people", SettingKind.Text, "the identity provider whose people the path sees"),
        new(BaseSetting, SettingKind.TextList, "files of what the path's system holds already, as patterns; read, never written"),
    ]);
}
