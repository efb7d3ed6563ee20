using System.Collections.Immutable;
using PolicyLang.Cli.Commands;
using PolicyLang.Semantics;
using PolicyLang.Testing;

namespace PolicyLang.Cli.Rendering;

/// <summary>Writes answers for people.</summary>
/// <param name="style">Colours.</param>
/// <param name="output">Where to write.</param>
internal sealed class AnswerReport(TextStyle style, TextWriter output)
{
    /// <summary>Writes the answers of <c>policyc can</c>.</summary>
    public void Write(ImmutableArray<SubjectAnswer> answers, bool isRefused)
    {
        foreach (var answer in answers)
        {
            WriteHead(answer, isRefused, answers.Length > 1);
            foreach (var place in answer.Answer.Places)
            {
                if (place.Extent == Extent.Full)
                {
                    WriteRules(place);
                }
                else
                {
                    foreach (var shortfall in AnswerText.Shortfalls(place))
                    {
                        Line($"  {shortfall}");
                    }
                }
            }

            WriteAssumptions(answer.Assumptions);
        }
    }

    /// <summary>Writes the answers of <c>policyc why</c>.</summary>
    public void Write(ImmutableArray<WhyAnswer> answers, bool isRefused)
    {
        foreach (var (answer, ways, missing, others) in answers)
        {
            WriteHead(answer, isRefused, answers.Length > 1);
            foreach (var way in ways)
            {
                Line($"  {AnswerText.PlaceOf(way.Place)} via `{way.Path}`");
                foreach (var link in way.Links)
                {
                    Line($"    {link.Kind,-8} {link.Text}{(link.Place is { } place ? $"  ({place})" : "")}");
                }
            }

            foreach (var sentence in missing)
            {
                Line($"  missing  {sentence}");
            }

            foreach (var rule in others)
            {
                Line($"  others have it by {rule}");
            }

            WriteAssumptions(answer.Assumptions);
        }
    }

    /// <summary>Writes the answer of <c>policyc who</c>.</summary>
    public void Write(ImmutableArray<WhoRow> rows, ImmutableArray<string> assumptions, bool isRefused)
    {
        if (isRefused)
        {
            Line("unknown: the answer rests on assumptions");
        }
        else if (rows.IsEmpty)
        {
            Line("nobody");
        }

        foreach (var holder in isRefused ? [] : rows.GroupBy(r => r.Entitlement.Holder))
        {
            output.WriteLine(style.Strong(TerminalText.Escape(holder.Key.Name)) + TerminalText.Escape(MembersOf(holder.Key)));
            foreach (var group in holder.GroupBy(r => (Lead(r), Scope: Scope(r), Rule: r.Entitlement.Rule)))
            {
                var clusters = string.Join(", ", group.Select(r => r.Entitlement.Cluster.Name).Distinct());
                Line($"  {group.Key.Item1} on {clusters} {group.Key.Scope}");
                Line($"    {AnswerText.RuleOf(group.First().Entitlement)}");
            }
        }

        WriteAssumptions(assumptions);
    }

    /// <summary>Who is in a holder, as far as the policy says.</summary>
    internal static string MembersOf(Subject holder) => holder switch
    {
        { Kind: SubjectKind.Group, Members: { } members } => $" ({string.Join(", ", members.Select(m => m.Name))})",
        { Kind: SubjectKind.Group } => $" (whoever is in {string.Join(" or ", holder.Identities.OrderBy(i => i.Key, StringComparer.Ordinal).SelectMany(i => i.Value.Select(v => $"{i.Key} `{v.Text}`")))})",
        { Kind: SubjectKind.Machine } => " (a machine)",
        _ => "",
    };

    private static string Lead(WhoRow row) => row.Kind switch
    {
        WayKind.UnknownContent => $"may, by ClusterRole {row.Entitlement.Component.ClusterRoleName} of unknown content,",
        WayKind.Undecided => $"perhaps, since the artefacts do not say it for sure, {row.Right?.ToString() ?? $"as {row.Entitlement.RoleName}"}",
        WayKind.Implied => $"indirectly, by {row.Right},",
        WayKind.RunsCode => $"perhaps as a service account, by {row.Right},",
        _ => row.Right?.ToString() ?? $"as {row.Entitlement.RoleName}",
    };

    private static string Scope(WhoRow row)
        => $"{(row.Namespaces is { } names ? "in " + string.Join(", ", names) : "cluster-wide")} via {string.Join(", ", row.Paths.Select(p => p.Name))}{(row.Entitlement.Condition.IsAlways ? "" : " when " + string.Join(" and ", row.Entitlement.Condition.Postures.Select(p => p.Name)))}";

    private void WriteHead(SubjectAnswer answer, bool isRefused, bool isOneOfSeveral)
    {
        var word = isRefused && !answer.Assumptions.IsEmpty ? "unknown: the answer rests on assumptions" : TestJson.Word(answer.Answer.Extent);
        var painted = answer.Answer.Extent == Extent.Full && !isRefused ? style.Added(word) : style.Error(word);
        output.WriteLine(isOneOfSeveral ? $"{TerminalText.Escape(answer.Question.Who.Name)}: {painted}" : painted);
    }

    private void WriteRules(PlaceAnswer place)
    {
        foreach (var path in place.Paths.Where(p => p.Extent == Extent.Full))
        {
            Line($"  {AnswerText.PlaceOf(place)} via `{path.Path.Name}`");
            foreach (var entitlement in path.By.DistinctBy(e => (e.Rule, e.RoleName)))
            {
                Line($"    {AnswerText.RuleOf(entitlement)}");
            }
        }
    }

    private void WriteAssumptions(ImmutableArray<string> assumptions)
    {
        foreach (var assumption in assumptions)
        {
            output.WriteLine(style.Note("assuming") + " " + TerminalText.Escape(assumption));
        }
    }

    private void Line(string text) => output.WriteLine(TerminalText.Escape(text));
}
