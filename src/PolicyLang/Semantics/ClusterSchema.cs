using System.Collections.Immutable;
using PolicyLang.Data;

namespace PolicyLang.Semantics;

/// <summary>What a cluster block takes.</summary>
public static class ClusterSchema
{
    private static readonly SettingSchema Kubernetes = new(
    [
        new SettingDefinition("version", SettingKind.Text, "the Kubernetes version of the cluster, such as `1.33`") { Default = "`kubernetes.version` of policyc.yaml" },
    ]);

    private static readonly SettingSchema Oidc = new(
    [
        new SettingDefinition("people", SettingKind.Text, "the identity provider whose tokens the API server accepts") { IsRequired = true },
        new SettingDefinition("groups_prefix", SettingKind.Text, "what the API server puts before a group (`--oidc-groups-prefix`)") { IsRequired = true },
        new SettingDefinition("users_prefix", SettingKind.Text, "what the API server puts before a person (`--oidc-username-prefix`); without it no person can be bound, only groups"),
    ]);

    private static readonly SettingSchema Certificate = new(
    [
        new SettingDefinition("people", SettingKind.Text, "the identity provider whose names stand in the certificates: groups as organisation, people as common name") { IsRequired = true },
    ]);

    private static readonly SettingSchema Authentication = new(
    [
        new SettingDefinition("oidc", SettingKind.Block, "OpenID Connect tokens") { Children = Oidc },
        new SettingDefinition("certificate", SettingKind.Block, "client certificates") { Children = Certificate },
    ]);

    /// <summary>The keys that every cluster takes; a path instance may not have one of them as its name.</summary>
    public static ImmutableArray<SettingDefinition> CommonSettings { get; } =
    [
        new SettingDefinition("labels", SettingKind.TextMap, "the labels that selectors compare"),
        new SettingDefinition("kubernetes", SettingKind.Block, "facts about the cluster's Kubernetes") { Children = Kubernetes },
        new SettingDefinition("authentication", SettingKind.Block, "how the API server itself tells people apart, for paths that carry only reach") { Children = Authentication },
        new SettingDefinition("retired", SettingKind.Flag, "the cluster is on its way out: it keeps empty outputs, and no rule reaches it") { Default = "false" },
    ];

    /// <summary>The schema of a cluster block in a project with some path instances.</summary>
    public static SettingSchema For(IEnumerable<AccessPath> paths)
        => new([.. CommonSettings, .. paths.OrderBy(p => p.Name, StringComparer.Ordinal)
            .Select(p => new SettingDefinition(p.Name, SettingKind.Block, $"the cluster on path {p.Name}") { Children = p.Kind.ClusterSettings })]);
}
