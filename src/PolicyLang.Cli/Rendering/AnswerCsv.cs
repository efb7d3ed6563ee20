using System.Collections.Immutable;
using PolicyLang.Cli.Commands;
using PolicyLang.Testing;

namespace PolicyLang.Cli.Rendering;

/// <summary>Writes answers as CSV (RFC 4180, with line feeds): one line a cell of the answer, names in full and lists separated by spaces.</summary>
internal static class AnswerCsv
{
    /// <summary>Writes the answers of <c>policyc can</c>.</summary>
    public static void Write(ImmutableArray<SubjectAnswer> answers, TextWriter output)
    {
        Line(output, "who", "cluster", "namespace", "answer", "path", "by_path", "limits", "rules");
        foreach (var answer in answers)
        {
            foreach (var place in answer.Answer.Places)
            {
                foreach (var path in place.Paths.IsEmpty ? [null] : place.Paths.AsEnumerable<PathAnswer?>())
                {
                    Line(
                        output,
                        answer.Question.Who.Name,
                        place.Cluster.Name,
                        place.Namespace ?? "",
                        TestJson.Word(place.Extent),
                        path?.Path.Name ?? "",
                        path is null ? "" : TestJson.Word(path.Extent),
                        string.Join("; ", path?.Limits ?? []),
                        string.Join(' ', (path?.By ?? []).Select(e => e.Rule.Location.ToString()).Distinct()));
                }
            }
        }
    }

    /// <summary>Writes the answer of <c>policyc who</c>.</summary>
    public static void Write(ImmutableArray<WhoRow> rows, TextWriter output)
    {
        Line(output, "who", "kind", "cluster", "namespaces", "paths", "when", "how", "right", "role", "clusterrole", "rule", "place");
        foreach (var row in rows)
        {
            var entitlement = row.Entitlement;
            Line(
                output,
                entitlement.Holder.Name,
                entitlement.Holder.Kind.ToString().ToLowerInvariant(),
                entitlement.Cluster.Name,
                row.Namespaces is { } names ? string.Join(' ', names) : "*",
                string.Join(' ', row.Paths.Select(p => p.Name)),
                string.Join(' ', entitlement.Condition.Postures.Select(p => p.Name)),
                AnswerJson.Word(row.Kind),
                row.Right?.ToString() ?? "",
                entitlement.RoleName,
                entitlement.Component.ClusterRoleName,
                AnswerText.OneLine(entitlement.Rule.Location),
                entitlement.Rule.Location.ToString());
        }
    }

    private static void Line(TextWriter output, params string[] fields) => output.WriteLine(string.Join(',', fields.Select(Field)));

    private static string Field(string text)
        => text.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
