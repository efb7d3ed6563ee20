using System.Collections.Immutable;

namespace PolicyLang.Semantics.Rights;

/// <summary>A resource or subresource that Kubernetes authorizes requests for.</summary>
/// <param name="ApiGroup">The API group; empty for the core group.</param>
/// <param name="Resource">The plural name, such as <c>pods</c>.</param>
/// <param name="Subresource">The subresource, such as <c>exec</c>; empty for the resource itself, <c>*</c> where any name may stand.</param>
/// <param name="IsNamespaced">Whether requests for it name a namespace.</param>
/// <param name="Since">The first minor version that has it; no earlier than <see cref="ResourceTable.OldestMinorVersion"/>.</param>
/// <param name="Until">The last minor version that has it; no later than <see cref="ResourceTable.NewestMinorVersion"/>.</param>
/// <param name="Verbs">The verbs that it takes, by name.</param>
/// <param name="ShortNames">What kubectl lets people write instead.</param>
public sealed record ApiResource(
    string ApiGroup,
    string Resource,
    string Subresource,
    bool IsNamespaced,
    int Since,
    int Until,
    ImmutableArray<ApiVerb> Verbs,
    ImmutableArray<string> ShortNames)
{
    /// <summary>The name as the language writes it: <c>deployments.apps/scale</c>.</summary>
    public string Name => ResourcePattern.Format(ApiGroup, Resource, Subresource);

    /// <summary>The name as RBAC writes it: <c>deployments/scale</c>.</summary>
    public string RbacName => Subresource.Length == 0 ? Resource : Resource + "/" + Subresource;

    /// <summary>Whether a minor version of Kubernetes has it.</summary>
    public bool IsIn(int minorVersion) => minorVersion >= Since && minorVersion <= Until;

    /// <summary>Whether a request with the verb makes sense in any version.</summary>
    public bool Takes(string verb) => SinceOf(verb) is not null;

    /// <summary>Whether a request with the verb makes sense in a minor version.</summary>
    public bool Takes(string verb, int minorVersion) => IsIn(minorVersion) && SinceOf(verb) <= minorVersion;

    /// <summary>The first minor version in which it takes the verb, or nothing when it never does.</summary>
    public int? SinceOf(string verb)
    {
        foreach (var candidate in Verbs)
        {
            if (string.Equals(candidate.Name, verb, StringComparison.Ordinal))
            {
                return candidate.Since;
            }
        }

        // Constrained impersonation asks once more for every request made on behalf of somebody: `impersonate-on:<mode>:<verb>`.
        return ConstrainedImpersonation.RequestVerbOf(verb) is { } request && SinceOf(request) is { } since
            ? Math.Max(since, ConstrainedImpersonation.Since)
            : null;
    }
}

/// <summary>A verb that a resource takes.</summary>
/// <param name="Name">The verb.</param>
/// <param name="Since">The first minor version in which the resource takes it.</param>
public readonly record struct ApiVerb(string Name, int Since);

/// <summary>Constrained impersonation (KEP-5284): verbs that say on whose behalf a request is made.</summary>
internal static class ConstrainedImpersonation
{
    /// <summary>The first minor version that knows it.</summary>
    public const int Since = 35;

    private static readonly ImmutableArray<string> Prefixes =
    [
        "impersonate-on:arbitrary-node:",
        "impersonate-on:associated-node:",
        "impersonate-on:serviceaccount:",
        "impersonate-on:user-info:",
    ];

    /// <summary>The verb of the request itself, or nothing when the verb is an ordinary one.</summary>
    public static string? RequestVerbOf(string verb)
    {
        foreach (var prefix in Prefixes)
        {
            if (verb.StartsWith(prefix, StringComparison.Ordinal))
            {
                return verb[prefix.Length..];
            }
        }

        return null;
    }
}
