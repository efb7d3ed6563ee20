using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Linting;
using PolicyLang.Semantics;

namespace PolicyLang.Projects;

/// <summary>What <c>policyc.yaml</c> says, checked, with defaults filled in.</summary>
/// <param name="Sources">The glob patterns of policy files.</param>
/// <param name="OutputRoot">The folder that all outputs are relative to, relative to the project; <c>..</c> only when <paramref name="AllowsOutputOutside"/>.</param>
/// <param name="AllowsOutputOutside">Whether outputs may stand outside the project.</param>
/// <param name="IdentityProviders">The identity providers, by name.</param>
/// <param name="Paths">The path instances that the file declares. A kind without an instance has an implicit one with the kind's name and no settings, unless <paramref name="HasPathSection"/>.</param>
/// <param name="HasPathSection">Whether the file declares its paths; then there are no others.</param>
/// <param name="KubernetesMinorVersion">The minor version of clusters that do not say otherwise.</param>
/// <param name="CustomResources">Custom resources beyond the built-in table.</param>
/// <param name="TargetSettings">The sections of targets that are no path, by target name.</param>
public sealed record ProjectSettings(
    ImmutableArray<string> Sources,
    string OutputRoot,
    bool AllowsOutputOutside,
    ImmutableSortedDictionary<string, IdentityProvider> IdentityProviders,
    ImmutableSortedDictionary<string, AccessPath> Paths,
    bool HasPathSection,
    int KubernetesMinorVersion,
    ImmutableArray<CustomResource> CustomResources,
    ImmutableSortedDictionary<string, SettingBlock> TargetSettings)
{
    /// <summary>Which clusters policyc writes for, and which it only watches.</summary>
    public ClusterModes ClusterModes { get; init; } = ClusterModes.ManageAll;

    /// <summary>What <c>policyc lint</c> checks.</summary>
    public LintSettings Lint { get; init; } = LintSettings.Default;

    /// <summary>What files of <c>base</c> give beyond the policy, and is meant.</summary>
    public ImmutableArray<BaseExcuse> Exceptions { get; init; } = [];
}

/// <summary>Who knows people and their groups.</summary>
/// <param name="Name">The name that subjects, paths and authenticators use.</param>
/// <param name="Kind"><c>github</c>, <c>okta</c>, <c>entra</c>, <c>google</c>, <c>saml</c>, <c>oidc</c>, <c>certificate</c> or <c>email</c>.</param>
/// <param name="Location">Where it is declared; absent for a built-in one.</param>
public sealed record IdentityProvider(string Name, string Kind, SourceLocation? Location)
{
    /// <summary>Whether the provider knows a person by e-mail when the subject gives no name for it.</summary>
    public bool KnowsPeopleByEmail => Kind is not ("github" or "certificate");
}

/// <summary>A resource that a CustomResourceDefinition adds.</summary>
/// <param name="Resource">The plural name, such as <c>certificates</c>.</param>
/// <param name="ApiGroup">The API group, such as <c>cert-manager.io</c>.</param>
/// <param name="IsNamespaced">Whether objects stand in namespaces.</param>
/// <param name="Subresources">Its subresources, such as <c>status</c>.</param>
/// <param name="Location">Where it is declared.</param>
public sealed record CustomResource(string Resource, string ApiGroup, bool IsNamespaced, ImmutableArray<string> Subresources, SourceLocation Location);
