using PolicyLang.Diagnostics;
using PolicyLang.Syntax;

namespace PolicyLang.Semantics.Rights;

/// <summary>Reads a quoted word as the path of a request without a resource: <c>"/metrics"</c>, <c>"/healthz/*"</c>, <c>"*"</c>.</summary>
internal static class UrlWord
{
    private static readonly string[] HttpMethods = ["delete", "get", "head", "options", "patch", "post", "put"];

    /// <summary>Whether a verb stands for an HTTP method on a URL.</summary>
    public static bool IsMethod(string verb) => HttpMethods.Contains(verb, StringComparer.Ordinal);

    /// <summary>What a verb of the phrase means on a URL, or nothing.</summary>
    public static string? MethodOf(string verb) => verb == VerbClass.Read ? "get" : verb == "*" || IsMethod(verb) ? verb : null;

    /// <summary>Reports what is wrong with a URL and says whether it is fine.</summary>
    public static bool Bind(WordSyntax word, DiagnosticBag diagnostics)
    {
        var url = word.Text;
        if (url == "*")
        {
            return true;
        }

        var (message, help) = url switch
        {
            "" => ("a URL is empty", "write a path such as `\"/metrics\"`, or leave the quotes away to name a resource"),
            _ when url[0] != '/' => ($"`{url}` is no URL path: a quoted resource is a URL and starts with `/`", "leave the quotes away to name a resource"),
            _ when url.IndexOf('*', StringComparison.Ordinal) is >= 0 and var star && star < url.Length - 1
                => ($"`{url}` is no pattern: `*` stands at the end of a URL only", "RBAC reads any other `*` literally"),
            _ when url.AsSpan().IndexOfAnyInRange('\0', ' ') >= 0 || url.AsSpan().IndexOfAny('?', '#') >= 0
                => ($"`{url}` is no URL path", "a request is checked by its path, without query and fragment"),
            _ when IsResourceRequest(url) => ($"`{url}` is the path of a resource, and a right on a URL does not reach it", "name the resource instead, such as `get pods`"),
            _ => ("", ""),
        };
        if (message.Length == 0)
        {
            return true;
        }

        diagnostics.Report(RightsDiagnostics.BadUrl, word.Location, message, help);
        return false;
    }

    // /api/v1/… and /apis/GROUP/VERSION/… are requests for resources; the prefixes alone are discovery.
    private static bool IsResourceRequest(string url)
    {
        var segments = url.Split('/');
        var prefix = segments[1] switch { "api" => 3, "apis" => 4, _ => int.MaxValue };
        return segments.Length > prefix && segments[prefix].Length > 0 && segments[prefix] != "*";
    }
}
