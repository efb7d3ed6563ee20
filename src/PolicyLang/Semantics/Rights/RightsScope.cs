namespace PolicyLang.Semantics.Rights;

/// <summary>What a phrase is expanded for.</summary>
public enum RightsPurpose
{
    /// <summary>What somebody gets, or must have: everything that is needed, nothing else. For roles, <c>expect … can</c> and questions.</summary>
    Role,

    /// <summary>What somebody must not have: any one of the rules breaks the sentence. For <c>never</c>, <c>only</c> and <c>expect … cannot</c>.</summary>
    Guard,
}

/// <summary>Where a rule has an effect. A rule over wildcards may have several.</summary>
[Flags]
public enum RightsScope
{
    /// <summary>Nowhere: there are no rules.</summary>
    None = 0,

    /// <summary>On objects in namespaces: works in a RoleBinding and in a ClusterRoleBinding.</summary>
    Namespaced = 1,

    /// <summary>On objects outside namespaces: a RoleBinding does not give it.</summary>
    Cluster = 2,

    /// <summary>On the object of the binding's own namespace: a request for <c>namespaces/web</c> counts as one in <c>web</c>, so a RoleBinding gives get, update, patch and delete on it, and nothing on other namespaces.</summary>
    OwnNamespace = 4,

    /// <summary>On URLs: a RoleBinding does not give it.</summary>
    Url = 8,
}
