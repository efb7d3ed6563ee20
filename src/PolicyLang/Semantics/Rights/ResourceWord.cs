using PolicyLang.Diagnostics;
using PolicyLang.Syntax;

namespace PolicyLang.Semantics.Rights;

/// <summary>Reads a word such as <c>deployments.apps/scale</c>: the resource up to the first dot, then the API group, after the slash the subresource.</summary>
internal static class ResourceWord
{
    /// <summary>The pattern that a word stands for, or nothing after an error.</summary>
    public static ResourcePattern? Bind(WordSyntax word, ResourceTable table, DiagnosticBag diagnostics)
    {
        var text = word.Text;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var head = slash < 0 ? text : text[..slash];
        var subresource = slash < 0 ? "" : text[(slash + 1)..];
        var dot = head.IndexOf('.', StringComparison.Ordinal);
        var resource = dot < 0 ? head : head[..dot];
        var group = dot < 0 ? "" : head[(dot + 1)..];

        if (!IsPattern(word, resource, group, subresource, slash >= 0, dot >= 0, diagnostics))
        {
            return null;
        }

        if (resource == "*")
        {
            return BindAny(word, dot < 0 ? "*" : group == ResourcePattern.CoreGroupWord ? "" : group, subresource, table, diagnostics);
        }

        var pattern = new ResourcePattern(group, resource, subresource);
        return BindNamed(word, pattern, table, diagnostics) && BindSubresource(word, pattern, table, diagnostics) ? pattern : null;
    }

    private static bool IsPattern(WordSyntax word, string resource, string group, string subresource, bool hasSlash, bool hasDot, DiagnosticBag diagnostics)
    {
        void Report(string message, string help) => diagnostics.Report(RightsDiagnostics.NoSuchPattern, word.Location, message, help);

        if (hasSlash && subresource == "*")
        {
            Report(
                $"`{word.Text}` is no pattern: RBAC has no `*` for subresources",
                resource == "*" ? "write `*`: it reaches every resource with its subresources" : $"name the subresources, such as `{(resource == "pods" ? "pods/exec" : resource + "/status")}`");
        }
        else if (resource == "*" && group == "*")
        {
            Report($"`{word.Text}` says twice that any API group will do", subresource.Length == 0 ? "write `*`" : $"write `*/{subresource}`");
        }
        else if ((resource != "*" && resource.Contains('*', StringComparison.Ordinal)) || (group != "*" && group.Contains('*', StringComparison.Ordinal))
            || subresource.Contains('*', StringComparison.Ordinal))
        {
            Report($"`{word.Text}` is no pattern: `*` stands for a whole resource or a whole API group, never for a part of a name", "name the resources, or write `*` alone");
        }
        else if (resource.Length == 0 || (hasDot && group.Length == 0) || (hasSlash && subresource.Length == 0) || subresource.Contains('/', StringComparison.Ordinal))
        {
            diagnostics.Report(RightsDiagnostics.UnknownResource, word.Location, $"`{word.Text}` is no resource", "write `resource`, `resource.group` or `resource.group/subresource`");
        }
        else
        {
            return true;
        }

        return false;
    }

    private static ResourcePattern? BindAny(WordSyntax word, string group, string subresource, ResourceTable table, DiagnosticBag diagnostics)
    {
        var pattern = new ResourcePattern(group, "*", subresource);
        if (group != "*" && !table.HasGroup(group))
        {
            ReportUnknownGroup(word, group, table, diagnostics);
            return null;
        }

        if (subresource.Length > 0 && !pattern.In(table).Any())
        {
            var candidates = table.Resources.Where(r => r.Subresource is not ("" or "*")).Select(r => r.Subresource).Distinct(StringComparer.Ordinal);
            diagnostics.Report(RightsDiagnostics.UnknownSubresource, word.Location, $"no resource has a subresource `{subresource}`", Suggestions.DidYouMean(subresource, candidates));
            return null;
        }

        return pattern;
    }

    private static bool BindNamed(WordSyntax word, ResourcePattern pattern, ResourceTable table, DiagnosticBag diagnostics)
    {
        var (group, resource, subresource) = pattern;
        var named = table.Named(resource);
        if (named.Any(r => group == "*" || r.ApiGroup == group))
        {
            return true;
        }

        if (group == ResourcePattern.CoreGroupWord && named.Any(r => r.ApiGroup.Length == 0))
        {
            diagnostics.Report(RightsDiagnostics.UnknownApiGroup, word.Location, $"`{word.Text}` names the core group, which has no name", $"write `{ResourcePattern.Format("", resource, subresource)}`");
        }
        else if (Meant(resource, group, table) is { Count: > 0 } meant)
        {
            diagnostics.Report(RightsDiagnostics.NotThePlural, word.Location, $"`{word.Text}` is not the name of a resource: Kubernetes wants the lower-case plural", Write(meant, subresource));
        }
        else if (group.Length > 0 && group != "*" && !table.HasGroup(group))
        {
            ReportUnknownGroup(word, group, table, diagnostics);
        }
        else if (named.Count > 0)
        {
            ReportOtherGroup(word, pattern, named, diagnostics);
        }
        else
        {
            var candidates = table.Resources.Where(r => r.Subresource.Length == 0 && (group.Length == 0 || group == "*" || r.ApiGroup == group));
            var nearest = Suggestions.Nearest(resource, candidates.Select(r => r.Resource).Distinct(StringComparer.Ordinal));
            var where = group.Length is 0 || group == "*" ? "" : $" in API group `{group}`";
            diagnostics.Report(
                RightsDiagnostics.UnknownResource,
                word.Location,
                $"there is no resource `{resource}`{where}",
                nearest is null ? "name a resource of Kubernetes, or declare the custom resource under `kubernetes.custom_resources` in policyc.yaml"
                    : $"did you mean {Choice(Distinct(candidates.Where(r => r.Resource == nearest)), subresource)}?");
        }

        return false;
    }

    private static bool BindSubresource(WordSyntax word, ResourcePattern pattern, ResourceTable table, DiagnosticBag diagnostics)
    {
        if (pattern.In(table).Any())
        {
            return true;
        }

        var siblings = table.Named(pattern.Resource).Where(r => (pattern.ApiGroup == "*" || r.ApiGroup == pattern.ApiGroup) && r.Subresource.Length > 0).ToArray();
        var name = ResourcePattern.Format(pattern.ApiGroup, pattern.Resource, "");
        if (pattern.Subresource.Length == 0)
        {
            diagnostics.Report(RightsDiagnostics.UnknownSubresource, word.Location, $"`{name}` is used with a subresource only", $"write `{name}/…`");
            return false;
        }

        var suggestion = Suggestions.Nearest(pattern.Subresource, siblings.Select(r => r.Subresource).Distinct(StringComparer.Ordinal));
        diagnostics.Report(
            RightsDiagnostics.UnknownSubresource,
            word.Location,
            $"`{name}` has no subresource `{pattern.Subresource}`",
            suggestion is null ? $"if `{pattern.Subresource}` is one object, write `{name} named \"{pattern.Subresource}\"`" : $"did you mean `{name}/{suggestion}`?");
        return false;
    }

    // What people write for kubectl, and what they write by habit of the kind's name.
    private static List<ApiResource> Meant(string resource, string group, ResourceTable table)
    {
        // API names are ASCII.
        var lower = resource.ToLowerInvariant();
        var candidates = lower == resource ? table.Abbreviated(lower) : [.. table.Abbreviated(lower), .. table.Named(lower).Where(r => r.Subresource.Length == 0)];
        var inGroup = candidates.Where(r => group == "*" || r.ApiGroup == group).ToList();
        return inGroup.Count > 0 ? inGroup : group.Length == 0 ? [.. candidates] : [];
    }

    private static void ReportOtherGroup(WordSyntax word, ResourcePattern pattern, IReadOnlyList<ApiResource> named, DiagnosticBag diagnostics)
    {
        var current = named.Where(r => r.Until == ResourceTable.NewestMinorVersion).ToList();
        var others = Distinct(current.Count > 0 ? current : named);
        if (pattern.ApiGroup.Length > 0)
        {
            diagnostics.Report(RightsDiagnostics.UnknownResource, word.Location, $"API group `{pattern.ApiGroup}` has no `{pattern.Resource}`", Write(others, pattern.Subresource));
            return;
        }

        var groups = Choice(others.Select(r => r.ApiGroup), "and");
        diagnostics.Report(
            RightsDiagnostics.MissingApiGroup,
            word.Location,
            $"`{pattern.Resource}` is in API group{(others.Count == 1 ? "" : "s")} {groups}",
            Write(others, pattern.Subresource));
    }

    private static void ReportUnknownGroup(WordSyntax word, string group, ResourceTable table, DiagnosticBag diagnostics)
        => diagnostics.Report(
            RightsDiagnostics.UnknownApiGroup,
            word.Location,
            $"there is no API group `{group}`",
            Suggestions.DidYouMean(group, table.ApiGroups.Where(g => g.Length > 0)) ?? "name an API group of Kubernetes, or declare the custom resource under `kubernetes.custom_resources` in policyc.yaml");

    private static string Write(IEnumerable<ApiResource> resources, string subresource) => $"write {Choice(Distinct(resources), subresource)}";

    // Those of today's Kubernetes first.
    private static List<ApiResource> Distinct(IEnumerable<ApiResource> resources)
        => [.. resources.DistinctBy(r => (r.ApiGroup, r.Resource)).OrderByDescending(r => r.Until).ThenBy(r => r.ApiGroup, StringComparer.Ordinal)];

    private static string Choice(List<ApiResource> resources, string subresource)
        => Choice(resources.Select(r => ResourcePattern.Format(r.ApiGroup, r.Resource, subresource)), "or");

    private static string Choice(IEnumerable<string> names, string conjunction) => string.Join($" {conjunction} ", names.Select(n => $"`{n}`"));
}
