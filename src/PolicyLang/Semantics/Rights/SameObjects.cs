namespace PolicyLang.Semantics.Rights;

/// <summary>Resources that the API server serves under two API groups: the objects are the same, the rights are not.</summary>
internal static class SameObjects
{
    /// <summary>The other API group in which the objects of a resource can be reached, or nothing. A guard on one group must not overlook it.</summary>
    public static string? OtherGroupOf(ResourcePattern pattern) => (pattern.ApiGroup, pattern.Resource) switch
    {
        ("", "events") => "events.k8s.io",
        ("events.k8s.io", "events") => "",
        ("extensions", "ingresses") => "networking.k8s.io",
        ("networking.k8s.io", "ingresses") => "extensions",
        _ => null,
    };
}
