using PolicyLang.Semantics.Rights;

namespace PolicyLang.Testing;

/// <summary>One right in the smallest terms: a verb on a resource, or on a URL.</summary>
/// <param name="Verb">The verb, or <c>*</c>.</param>
/// <param name="ApiGroup">The API group; empty for the core group, <c>*</c> for all.</param>
/// <param name="Resource">The resource as RBAC writes it, such as <c>pods/exec</c>; empty for a URL.</param>
/// <param name="Name">The only object's name; absent for all objects.</param>
/// <param name="Url">The URL; absent for a resource.</param>
public sealed record HeldRight(string Verb, string ApiGroup, string Resource, string? Name, string? Url)
{
    /// <summary>The right as the language writes it: <c>get deployments.apps/scale</c>.</summary>
    public override string ToString()
    {
        if (Url is { } url)
        {
            return $"{Verb} \"{url}\"";
        }

        var slash = Resource.IndexOf('/', StringComparison.Ordinal);
        var (resource, subresource) = slash < 0 ? (Resource, "") : (Resource[..slash], Resource[(slash + 1)..]);
        return $"{Verb} {ResourcePattern.Format(ApiGroup, resource, subresource)}{(Name is null ? "" : $" named \"{Name}\"")}";
    }

    /// <summary>Whether the right has an effect where a role is bound in a namespace.</summary>
    internal bool WorksInNamespace
    {
        get
        {
            if (Url is not null)
            {
                return false;
            }

            var slash = Resource.IndexOf('/', StringComparison.Ordinal);
            var (resource, subresource) = slash < 0 ? (Resource, "") : (Resource[..slash], Resource[(slash + 1)..]);

            // Binding a ClusterRole in a namespace is asked for in that namespace. What the table does not know may stand in namespaces.
            return resource == "*"
                || Verb == "bind"
                || (ApiGroup.Length == 0 && resource == "namespaces" ? Verb is "get" or "update" or "patch" or "delete" or "*"
                    : ResourceTable.BuiltIn.Find(ApiGroup, resource, subresource) is not { IsNamespaced: false });
        }
    }
}
