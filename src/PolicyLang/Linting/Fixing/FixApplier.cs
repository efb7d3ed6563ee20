using System.Collections.Immutable;
using System.Text;
using PolicyLang.Diagnostics;

namespace PolicyLang.Linting;

/// <summary>A file after fixes.</summary>
/// <param name="Old">The file before.</param>
/// <param name="Text">The text after.</param>
public sealed record FixedFile(SourceText Old, string Text);

/// <summary>Makes the edits that findings suggest.</summary>
public static class FixApplier
{
    /// <summary>Applies fixes. Of two that touch each other the first counts; linting again finds what is left.</summary>
    /// <param name="findings">The findings, in their order.</param>
    /// <param name="withUnsafe">Whether fixes that may change access are made too.</param>
    /// <returns>The files that change, in ordinal order of their paths, and how many fixes were made.</returns>
    public static (ImmutableArray<FixedFile> Files, int Fixes) Apply(ImmutableArray<Diagnostic> findings, bool withUnsafe)
    {
        var accepted = new Dictionary<SourceText, List<TextEdit>>(ReferenceEqualityComparer.Instance);
        var count = 0;
        foreach (var (fix, finding) in findings.Where(finding => finding.Fix is not null).Select(finding => (finding.Fix!, finding)).Where(pair => (pair.Item1.IsSafe || withUnsafe) && !pair.Item1.Edits.IsEmpty))
        {
            // What is removed must not take the trace of another mistake with it: a rule may be redundant because a word in it is misspelt.
            if (fix.Edits.Any(edit => edit.Text.Length == 0 && findings.Any(other => other.Code != finding.Code && other.Fix is null && other.Severity != DiagnosticSeverity.Info && IsIn(other, edit))))
            {
                continue;
            }

            if (fix.Edits.Any(edit => accepted.TryGetValue(edit.Location.Source, out var edits) && edits.Exists(other => Touch(edit.Location.Span, other.Location.Span))))
            {
                continue;
            }

            count++;
            foreach (var edit in fix.Edits)
            {
                if (!accepted.TryGetValue(edit.Location.Source, out var edits))
                {
                    accepted.Add(edit.Location.Source, edits = []);
                }

                edits.Add(edit);
            }
        }

        return ([.. accepted.Select(file => new FixedFile(file.Key, Edit(file.Key.Text, file.Value))).OrderBy(file => file.Old.Path, StringComparer.Ordinal)], count);
    }

    private static bool IsIn(Diagnostic finding, TextEdit edit)
        => finding.Location is { } location && ReferenceEquals(location.Source, edit.Location.Source)
            && edit.Location.Span.Start <= location.Span.Start && location.Span.End <= edit.Location.Span.End;

    private static bool Touch(TextSpan a, TextSpan b) => a.Start <= b.End && b.Start <= a.End;

    private static string Edit(string text, List<TextEdit> edits)
    {
        var result = new StringBuilder(text.Length);
        var position = 0;
        foreach (var edit in edits.OrderBy(edit => edit.Location.Span.Start))
        {
            result.Append(text, position, edit.Location.Span.Start - position).Append(edit.Text);
            position = edit.Location.Span.End;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }
}
