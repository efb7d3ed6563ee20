namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>Turns an HTTP request into what authorizers are asked (Kubernetes 1.36, apiserver/pkg/endpoints/request/requestinfo.go).</summary>
internal static class RequestUrls
{
    /// <summary>The request behind a method and a URL; nothing where the API server cannot tell.</summary>
    public static RbacRequest? Parse(string method, string url)
    {
        var mark = url.IndexOf('?', StringComparison.Ordinal);
        var path = Unescape(mark < 0 ? url : url[..mark], isQuery: false);
        var nonResource = RbacRequest.ForUrl(method.ToLowerInvariant(), path);
        var trimmed = path.Trim('/');
        var parts = (trimmed.Length == 0 ? [] : trimmed.Split('/')).AsSpan();
        if (parts.Length < 3 || parts[0] is not ("api" or "apis"))
        {
            return nonResource;
        }

        var apiGroup = "";
        if (parts[0] == "apis")
        {
            if (parts.Length < 4)
            {
                return nonResource;
            }

            apiGroup = parts[1];
            parts = parts[1..];
        }

        // The prefix (or group) and the version.
        parts = parts[2..];
        string verb;
        if (parts[0] is "watch" or "proxy")
        {
            if (parts.Length < 2)
            {
                return null;
            }

            verb = parts[0];
            parts = parts[1..];
        }
        else
        {
            verb = method switch { "POST" => "create", "GET" or "HEAD" => "get", "PUT" => "update", "PATCH" => "patch", "DELETE" => "delete", _ => "" };
        }

        var ns = "";
        if (parts[0] == "namespaces" && parts.Length > 1)
        {
            ns = parts[1];
            if (parts.Length > 2 && parts[2] is not ("status" or "finalize"))
            {
                parts = parts[2..];
            }
        }

        var subresource = parts.Length >= 3 && verb != "proxy" ? parts[2] : "";
        var name = parts.Length >= 2 ? parts[1] : "";
        if (name.Length == 0 && verb == "get")
        {
            (verb, name) = ReadListOptions(mark < 0 ? "" : url[(mark + 1)..]);
        }
        else if (name.Length == 0 && verb == "delete")
        {
            verb = "deletecollection";
        }

        return new RbacRequest(verb, apiGroup, parts[0], subresource, name, ns, null);
    }

    private static (string Verb, string Name) ReadListOptions(string query)
    {
        string? watch = null;
        string? selector = null;
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var sign = pair.IndexOf('=', StringComparison.Ordinal);
            var key = Unescape(sign < 0 ? pair : pair[..sign], isQuery: true);
            var value = sign < 0 ? "" : Unescape(pair[(sign + 1)..], isQuery: true);
            watch = key == "watch" ? watch ?? value : watch;
            selector = key == "fieldSelector" ? selector ?? value : selector;
        }

        // Anything but these two watches, an empty value too.
        var verb = watch is null || watch.ToLowerInvariant() is "false" or "0" ? "list" : "watch";
        return (verb, NameIn(selector ?? ""));
    }

    // The name that a field selector asks for exactly; empty where it does not.
    private static string NameIn(string selector)
    {
        var name = "";
        foreach (var term in selector.Split(','))
        {
            if (term.StartsWith("metadata.name=", StringComparison.Ordinal))
            {
                name = term["metadata.name=".Length..].TrimStart('=');
            }
        }

        return NameRules.PathSegment(name).Count == 0 ? name : "";
    }

    private static string Unescape(string text, bool isQuery) => Uri.UnescapeDataString(isQuery ? text.Replace('+', ' ') : text);
}
