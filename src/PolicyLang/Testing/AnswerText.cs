using PolicyLang.Access;
using PolicyLang.Diagnostics;

namespace PolicyLang.Testing;

/// <summary>Words answers.</summary>
public static class AnswerText
{
    /// <summary>Where a rule stands and what its head says, on one line.</summary>
    public static string RuleOf(AllowRule rule) => $"{rule.Location}: {OneLine(rule.Location)}";

    /// <summary>What gives an entitlement: a rule, or the binding among artefacts.</summary>
    public static string RuleOf(Entitlement entitlement)
        => entitlement.Evidence is [.., var last] ? $"{last.Place}: {last.Text}" : RuleOf(entitlement.Rule);

    /// <summary>The text at a place on one line.</summary>
    public static string OneLine(SourceLocation location) => string.Join(' ', location.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Where, of an answer: <c>on cluster `prod` in `payments`</c>.</summary>
    public static string PlaceOf(PlaceAnswer place) => $"on cluster `{place.Cluster.Name}`{(place.Namespace is { } ns ? $" in `{ns}`" : "")}";

    /// <summary>What keeps a place from having all that was asked for, path by path.</summary>
    public static IEnumerable<string> Shortfalls(PlaceAnswer place)
    {
        if (place.Extent == Extent.None && place.Paths.All(p => p.Limits.IsEmpty))
        {
            yield return $"{PlaceOf(place)}: no";
            yield break;
        }

        foreach (var path in place.Paths.Where(p => p.Extent != Extent.Full))
        {
            yield return $"{PlaceOf(place)} via `{path.Path.Name}`: {(path.Limits.IsEmpty ? "no" : string.Join("; ", path.Limits))}";
        }
    }
}
