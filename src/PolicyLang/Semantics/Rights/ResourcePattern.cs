namespace PolicyLang.Semantics.Rights;

/// <summary>What one word for resources stands for, in RBAC's terms.</summary>
/// <param name="ApiGroup">The API group, empty for the core group, or <c>*</c>.</param>
/// <param name="Resource">The plural name or <c>*</c>.</param>
/// <param name="Subresource">The subresource; empty for the resource itself.</param>
internal sealed record ResourcePattern(string ApiGroup, string Resource, string Subresource)
{
    /// <summary>The word that stands for the core group in <c>*.core</c>.</summary>
    public const string CoreGroupWord = "core";

    /// <summary>The name as RBAC writes it.</summary>
    public string RbacName => Subresource.Length == 0 ? Resource : Resource + "/" + Subresource;

    /// <summary>Whether it is the resource <c>pods</c> itself.</summary>
    public bool IsPods => ApiGroup.Length == 0 && Resource == "pods" && Subresource.Length == 0;

    /// <summary>Whether requests for it may lack an object name: those for a resource itself may, those for a subresource never do.</summary>
    public bool MayLackName => Subresource.Length == 0;

    /// <summary>The name as the language writes it.</summary>
    public override string ToString() => Format(ApiGroup, Resource, Subresource);

    /// <summary>A resource as the language writes it.</summary>
    public static string Format(string apiGroup, string resource, string subresource)
    {
        var group = resource == "*"
            ? apiGroup switch { "*" => "", "" => "." + CoreGroupWord, _ => "." + apiGroup }
            : apiGroup.Length == 0 ? "" : "." + apiGroup;
        return resource + group + (subresource.Length == 0 ? "" : "/" + subresource);
    }

    /// <summary>The resources that a rule with this pattern reaches. As in RBAC, a <c>*</c> without subresource reaches subresources too.</summary>
    public IEnumerable<ApiResource> In(ResourceTable table)
    {
        if (Resource == "*")
        {
            return table.Resources.Where(r => HasGroup(r) && (Subresource.Length == 0 || r.Subresource == Subresource));
        }

        if (ApiGroup == "*")
        {
            return table.Named(Resource).Where(r => r.Subresource == Subresource);
        }

        return table.Find(ApiGroup, Resource, Subresource) is { } found ? [found] : [];
    }

    private bool HasGroup(ApiResource resource) => ApiGroup == "*" || resource.ApiGroup == ApiGroup;
}
