namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>What the API server asks its authorizers about one request.</summary>
/// <param name="Verb">The verb; for a URL the HTTP method in lower case.</param>
/// <param name="ApiGroup">The API group; empty for the core group.</param>
/// <param name="Resource">The resource, without its subresource.</param>
/// <param name="Subresource">The subresource; empty for the resource itself.</param>
/// <param name="Name">The object's name; empty for requests that name none, such as most lists.</param>
/// <param name="Namespace">The namespace; empty for the whole cluster.</param>
/// <param name="Url">The path of a request that is for no resource; absent otherwise.</param>
public sealed record RbacRequest(string Verb, string ApiGroup, string Resource, string Subresource, string Name, string Namespace, string? Url)
{
    /// <summary>
    /// A request for a resource. A Namespace object is asked for with its own name as the namespace, as its URL has it, so that a RoleBinding reaches it.
    /// </summary>
    public static RbacRequest ForResource(string verb, string apiGroup, string resource, string subresource = "", string name = "", string ns = "")
        => new(verb, apiGroup, resource, subresource, name, apiGroup.Length == 0 && resource == "namespaces" ? name : ns, null);

    /// <summary>What an HTTP request asks for; nothing where the API server cannot tell.</summary>
    /// <param name="method">The method in upper case.</param>
    /// <param name="url">The path, and the query where there is one.</param>
    public static RbacRequest? FromHttp(string method, string url) => RequestUrls.Parse(method, url);

    /// <summary>A request for a URL that is no resource.</summary>
    public static RbacRequest ForUrl(string verb, string url) => new(verb, "", "", "", "", "", url);
}
