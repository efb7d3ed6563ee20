using System.Collections.Immutable;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Syntax;

namespace PolicyLang.Semantics.Rights;

/// <summary>
/// Gives the phrase <c>VERBS RESOURCES [named NAMES]</c> its meaning, in two steps: <see cref="Bind(RightsSyntax, RightsPurpose)"/> once for each phrase,
/// <see cref="BoundRights.Expand"/> once for each Kubernetes version. Immutable and safe for concurrent use.
/// </summary>
public sealed class RightsResolver
{
    private readonly ResourceTable _table;

    /// <summary>Creates a resolver for a project.</summary>
    /// <param name="customResources">The custom resources that the project declares.</param>
    public RightsResolver(ImmutableArray<CustomResource> customResources) => _table = ResourceTable.With(customResources);

    /// <summary>Reads a phrase: reports everything that is wrong in whatever version.</summary>
    /// <param name="rights">The phrase.</param>
    /// <param name="purpose">What for.</param>
    public BoundRights Bind(RightsSyntax rights, RightsPurpose purpose) => Bind(rights.Verbs, rights.Resources, rights.Names, purpose);

    /// <summary>Reads a phrase: reports everything that is wrong in whatever version.</summary>
    /// <param name="verbs">Kubernetes verbs, HTTP methods for URLs, <c>*</c> or verb classes.</param>
    /// <param name="resources">Resources; quoted ones are URLs.</param>
    /// <param name="names">The object names behind <c>named</c>; empty for all objects.</param>
    /// <param name="purpose">What for.</param>
    public BoundRights Bind(ImmutableArray<WordSyntax> verbs, ImmutableArray<WordSyntax> resources, ImmutableArray<WordSyntax> names, RightsPurpose purpose)
    {
        var diagnostics = new DiagnosticBag();
        var urls = resources.Where(r => r.IsQuoted).ToArray();
        var boundVerbs = verbs.Where(v => IsKnown(v, urls.Length > 0, diagnostics)).ToArray();
        var boundUrls = BindUrls(urls, boundVerbs, names, diagnostics);
        var patterns = ImmutableArray.CreateBuilder<(WordSyntax Word, ResourcePattern Pattern)>();
        foreach (var word in resources.Where(r => !r.IsQuoted))
        {
            if (ResourceWord.Bind(word, _table, diagnostics) is { } pattern && CheckVerbs(word, pattern, boundVerbs, diagnostics))
            {
                patterns.Add((word, pattern));
            }
        }

        var boundNames = ObjectNames.Bind(names, patterns.Select(p => p.Pattern), boundVerbs, purpose, diagnostics);
        return diagnostics.HasErrors
            ? new BoundRights(_table, [], [], [], [], purpose, diagnostics.ToSortedArray())
            : new BoundRights(_table, [.. boundVerbs], patterns.ToImmutable(), boundUrls, boundNames, purpose, diagnostics.ToSortedArray());
    }

    private bool IsKnown(WordSyntax verb, bool hasUrls, DiagnosticBag diagnostics)
    {
        var text = verb.Text;
        var plain = ConstrainedImpersonation.RequestVerbOf(text) ?? text;
        if (text == "*" || VerbClass.All.Contains(text, StringComparer.Ordinal) || _table.Verbs.Contains(plain, StringComparer.Ordinal) || UrlWord.IsMethod(text))
        {
            return true;
        }

        IEnumerable<string> candidates = VerbClass.All.Concat(_table.Verbs);
        candidates = hasUrls ? candidates.Concat(["post", "put", "head", "options"]) : candidates;
        diagnostics.Report(
            RightsDiagnostics.UnknownVerb,
            verb.Location,
            $"there is no verb `{text}`",
            Suggestions.DidYouMean(text, candidates) ?? "use a verb of Kubernetes such as `get`, or a class: `read`, `write`, `delete`, `exec`, `port-forward`");
        return false;
    }

    private static ImmutableArray<string> BindUrls(WordSyntax[] urls, WordSyntax[] verbs, ImmutableArray<WordSyntax> names, DiagnosticBag diagnostics)
    {
        if (urls.Length == 0)
        {
            return [];
        }

        if (!names.IsEmpty)
        {
            diagnostics.Report(RightsDiagnostics.NamesWithUrl, names[0].Location, $"`named` cannot limit the URL `{urls[0].Text}`", "write the URL in a phrase of its own");
        }

        foreach (var verb in verbs.Where(v => UrlWord.MethodOf(v.Text) is null))
        {
            diagnostics.Report(
                RightsDiagnostics.NoHttpMethod,
                verb.Location,
                $"`{verb.Text}` means nothing on the URL `{urls[0].Text}`",
                "a URL takes the HTTP methods `get`, `post`, `put`, `patch`, `delete`, `head` and `options`, or `read` for `get`");
        }

        return [.. urls.Where(u => UrlWord.Bind(u, diagnostics)).Select(u => u.Text)];
    }

    private bool CheckVerbs(WordSyntax word, ResourcePattern pattern, WordSyntax[] verbs, DiagnosticBag diagnostics)
    {
        var resources = pattern.In(_table).ToArray();
        var useless = new List<WordSyntax>();
        foreach (var verb in verbs)
        {
            if (VerbClass.NeedsPods(verb.Text))
            {
                if (!pattern.IsPods)
                {
                    diagnostics.Report(
                        RightsDiagnostics.ClassNeedsPods,
                        word.Location,
                        $"`{verb.Text}` goes with `pods`, not with `{word.Text}`",
                        pattern.ApiGroup.Length == 0 && pattern.Resource == "pods" ? $"write `{verb.Text} pods`: it includes the subresources" : $"write `{verb.Text} pods` in a phrase of its own");
                    return false;
                }
            }
            else if (verb.Text != "*" && !Meaning(verb.Text).Any(v => resources.Any(r => r.Takes(v))))
            {
                useless.Add(verb);
            }
        }

        if (useless.Count == 0)
        {
            return true;
        }

        var taken = resources.SelectMany(r => r.Verbs).Select(v => v.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        diagnostics.Report(
            RightsDiagnostics.VerbMeansNothing,
            word.Location,
            $"{string.Join(" and ", useless.Select(v => $"`{v.Text}`"))} mean{(useless.Count == 1 ? "s" : "")} nothing on `{word.Text}`",
            HelpForUseless(useless[0].Text, taken),
            [.. useless.Select(v => new RelatedLocation(v.Location, "this verb"))]);
        return false;
    }

    private static string HelpForUseless(string verb, string[] taken)
    {
        var meant = verb switch
        {
            "post" => "create",
            "put" => "update",
            "head" => "get",
            _ => Suggestions.Nearest(verb, taken),
        };
        return meant is not null && taken.Contains(meant, StringComparer.Ordinal) ? $"did you mean `{meant}`?" : $"it takes {string.Join(", ", taken.Select(v => $"`{v}`"))}";
    }

    // A class stands for the verbs that the resource takes; a verb for itself.
    internal static ImmutableArray<string> Meaning(string verb) => VerbClass.VerbsOf(verb) is { IsEmpty: false } verbs ? verbs : [verb];
}
