using PolicyLang.Syntax;

namespace PolicyLang.Tests.Naive;

/// <summary>What roles hold: existing ClusterRoles by name, own ones as every single right in them.</summary>
internal sealed class NaiveRoles(StatementSyntax[] statements)
{
    private static readonly string[] s_ordinaryVerbs = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];

    /// <summary>The ClusterRoles that a role consists of under a version of Kubernetes, those of included roles too.</summary>
    public IEnumerable<string> ClusterRolesOf(string role, int minorVersion)
    {
        var declaration = statements.OfType<RoleSyntax>().Single(r => r.Name.Text == role);
        var own = declaration.Items.OfType<CanSyntax>().SelectMany(can => RightsOf(can.Rights, minorVersion)).ToList();
        return declaration.Items.OfType<ExistingClusterRoleSyntax>().Select(item => item.ClusterRole.Text)
            .Concat(declaration.Items.OfType<IncludeSyntax>().SelectMany(item => item.Roles).SelectMany(word => ClusterRolesOf(word.Text, minorVersion)))
            .Concat(own.Count == 0 ? [] : [Own($"policyc:{role}", own)])
            .Distinct();
    }

    /// <summary>An own ClusterRole as one text.</summary>
    public static string Own(string name, IEnumerable<string> rights) => $"{name} {{{string.Join("; ", rights.Distinct().Order(StringComparer.Ordinal))}}}";

    /// <summary>One right as a text.</summary>
    public static string Right(string verb, string apiGroup, string resource, string objectName) => $"{verb} {resource}.{apiGroup}{(objectName.Length == 0 ? "" : $" named {objectName}")}";

    /// <summary>A right on a URL as a text.</summary>
    public static string UrlRight(string verb, string url) => $"{verb} {url}";

    private static IEnumerable<string> RightsOf(RightsSyntax rights, int minorVersion)
        => rights.Verbs.SelectMany(verb => rights.Resources.SelectMany(resource => RightsOf(verb.Text, resource, [.. rights.Names.Select(word => word.Text)], minorVersion)));

    private static IEnumerable<string> RightsOf(string verb, WordSyntax resource, string[] names, int minorVersion)
    {
        if (resource.IsQuoted)
        {
            return [UrlRight(verb == "read" ? "get" : verb, resource.Text)];
        }

        if (verb is "exec" or "port-forward")
        {
            // From these versions on kubectl opens the stream by WebSocket, which is a GET.
            var (stream, webSocketSince) = verb == "exec" ? ("pods/exec", 30) : ("pods/portforward", 31);
            string[] verbs = minorVersion >= webSocketSince ? ["create", "get"] : ["create"];
            return [Right("get", "", "pods", ""), .. verbs.Select(v => Right(v, "", stream, ""))];
        }

        // Other than classes on what takes all ordinary verbs, only what the policies here say is known.
        if (names.Length > 0 && verb is "write" or "delete" or "create" or "deletecollection")
        {
            throw new NotSupportedException($"`{verb}` on named objects");
        }

        var slash = resource.Text.IndexOf('/', StringComparison.Ordinal);
        var (plural, subresource) = slash < 0 ? (resource.Text, "") : (resource.Text[..slash], resource.Text[slash..]);
        var dot = plural.IndexOf('.', StringComparison.Ordinal);
        var (name, apiGroup) = dot < 0 ? (plural, "") : (plural[..dot], plural[(dot + 1)..]);
        string[] takes = subresource switch
        {
            "" => s_ordinaryVerbs,
            "/log" => ["get"],
            "/scale" or "/status" => ["get", "update", "patch"],
            _ => throw new NotSupportedException($"the subresource `{subresource}`"),
        };
        string[] meant = verb switch
        {
            "read" => ["get", "list", "watch"],
            "write" => ["create", "update", "patch"],
            "delete" => ["delete", "deletecollection"],
            _ => [verb],
        };
        return meant.Where(takes.Contains).SelectMany(v => (names.Length == 0 ? [""] : names).Select(n => Right(v, apiGroup, name + subresource, n)));
    }
}
