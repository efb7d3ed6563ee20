using System.Collections.Immutable;
using PolicyLang.Diagnostics;
using PolicyLang.Syntax;

namespace PolicyLang.Semantics.Rights;

/// <summary>Reads the names behind <c>named</c>, which become <c>resourceNames</c>.</summary>
internal static class ObjectNames
{
    /// <summary>The names, sorted; reports names and verbs that RBAC would read otherwise.</summary>
    public static ImmutableArray<string> Bind(
        ImmutableArray<WordSyntax> names,
        IEnumerable<ResourcePattern> patterns,
        IReadOnlyList<WordSyntax> verbs,
        RightsPurpose purpose,
        DiagnosticBag diagnostics)
    {
        if (names.IsEmpty)
        {
            return [];
        }

        var resources = patterns.ToArray();
        foreach (var name in names)
        {
            CheckName(name, resources, diagnostics);
        }

        // A guard speaks of what happens to the object, and an unlimited `create` can make it.
        if (purpose == RightsPurpose.Role && resources.Any(r => r.MayLackName))
        {
            foreach (var verb in verbs)
            {
                CheckVerb(verb, names, diagnostics);
            }
        }

        return [.. names.Select(n => n.Text).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether a verb of a class is left out for a phrase with names: it cannot be limited by them.</summary>
    public static bool IsLeftOut(string verb, ResourcePattern pattern, RightsPurpose purpose)
        => purpose == RightsPurpose.Role && pattern.MayLackName && verb is ("create" or "deletecollection");

    private static void CheckName(WordSyntax name, ResourcePattern[] patterns, DiagnosticBag diagnostics)
    {
        if (name.Text.Length == 0)
        {
            diagnostics.Report(RightsDiagnostics.BadObjectName, name.Location, "an object name is empty: RBAC would read it as every request without a name", "write the name, or leave `named` away for all objects");
        }
        else if (name.Text.Contains('*', StringComparison.Ordinal) && !(patterns.Length > 0 && Array.TrueForAll(patterns, IsSigners) && IsSignerDomain(name.Text)))
        {
            diagnostics.Report(RightsDiagnostics.BadObjectName, name.Location, $"`{name.Text}` is no pattern: RBAC reads names literally", "write out the names, or leave `named` away for all objects");
        }
    }

    // The one place where Kubernetes itself asks for a wildcard name: signers of a domain, `example.com/*`.
    private static bool IsSigners(ResourcePattern pattern) => pattern is { ApiGroup: "certificates.k8s.io", Resource: "signers" };

    private static bool IsSignerDomain(string name)
        => name.EndsWith("/*", StringComparison.Ordinal) && name.Length > 2 && name.AsSpan(0, name.Length - 2).IndexOfAny('*', '/') < 0;

    private static void CheckVerb(WordSyntax verb, ImmutableArray<WordSyntax> names, DiagnosticBag diagnostics)
    {
        if (verb.Text is "create" or "deletecollection")
        {
            diagnostics.Report(
                RightsDiagnostics.VerbWithoutName,
                verb.Location,
                $"`{verb.Text}` cannot be limited by name: the API server does not know the name when it decides",
                $"write `{verb.Text}` in a phrase of its own, without `named`");
        }
        else if (verb.Text == VerbClass.Write)
        {
            diagnostics.Report(
                RightsDiagnostics.CreateLeftOut,
                verb.Location,
                $"`write` on `{names[0].Text}` gives `update` and `patch`, but no `create`, which cannot be limited by name",
                "write `[update, patch]` to say so, and `create` in a phrase of its own where it is wanted");
        }
    }
}
