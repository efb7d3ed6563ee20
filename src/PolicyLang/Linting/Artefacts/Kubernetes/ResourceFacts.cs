using PolicyLang.Data;
using PolicyLang.Semantics.Rights;

namespace PolicyLang.Linting.Artefacts.Kubernetes;

/// <summary>Where a rule of a role speaks of Kubernetes' own resources, which are all known. What other API groups hold is not.</summary>
internal static class ResourceFacts
{
    // Rules are compared list by list; what is longer than any rule that people write is left alone.
    private const int MostGroups = 50;
    private const int MostEntries = 1_000;

    /// <summary>Whether a rule is short enough to compare its lists with each other.</summary>
    public static bool IsShort(KubernetesRule rule) => rule.ApiGroups.Length <= MostGroups && rule.Resources.Length + rule.Verbs.Length <= MostEntries;

    /// <summary>Whether all API groups of a rule are Kubernetes' own, so that everything in it can be judged.</summary>
    public static bool IsAllBuiltIn(KubernetesRule rule)
        => IsShort(rule) && !rule.IsPartlyKnown && !rule.ApiGroups.IsEmpty && rule.ApiGroups.All(group => ResourceTable.BuiltIn.HasGroup(group.Text));

    /// <summary>The API group that somebody means who writes a text that is none: <c>apps/v1</c>, <c>core</c>, <c>networking</c>; nothing where it may be one.</summary>
    public static string? GroupMeantBy(string text)
    {
        if (text is "core" or "v1" or "core/v1" or "/v1")
        {
            return "";
        }

        var head = text.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? text[..slash] : text;
        return head != text ? head
            : !ResourceTable.BuiltIn.HasGroup(text) && !text.Contains('.', StringComparison.Ordinal) && ResourceTable.BuiltIn.HasGroup(text + ".k8s.io") ? text + ".k8s.io"
            : text == "rbac" ? "rbac.authorization.k8s.io"
            : null;
    }

    /// <summary>The API group that has a resource, the one that people mean where several have; nothing where none has.</summary>
    public static string? GroupOf(string resource)
    {
        string? best = null;
        foreach (var found in ResourceTable.BuiltIn.Named(resource))
        {
            // These repeat names of others for purposes of their own.
            if (best is null || best is "extensions" or "metrics.k8s.io" or "authentication.k8s.io" || found.ApiGroup.Length == 0)
            {
                best = found.ApiGroup;
            }
        }

        return best;
    }

    /// <summary>Whether one of the rule's API groups has a resource.</summary>
    public static bool IsServed(KubernetesRule rule, string resource) => rule.ApiGroups.Any(group => ResourceTable.BuiltIn.Find(group.Text, resource) is not null || HasSubresources(group.Text, resource));

    /// <summary>The name of a resource and that of its subresource, which may be empty.</summary>
    public static (string Resource, string Subresource) Cut(string text)
        => text.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? (text[..slash], text[(slash + 1)..]) : (text, "");

    /// <summary>Whether a value is a name of something, and neither a pattern nor left to be filled in.</summary>
    public static bool IsName(DataScalar scalar) => scalar.Text.Length > 0 && !scalar.Text.Contains('*', StringComparison.Ordinal) && !scalar.IsTemplate();

    private static bool HasSubresources(string group, string resource) => ResourceTable.BuiltIn.Named(resource).Any(found => found.ApiGroup == group);
}
