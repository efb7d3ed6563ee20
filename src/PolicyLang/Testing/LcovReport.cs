using System.Globalization;
using System.Text;

namespace PolicyLang.Testing;

/// <summary>Writes coverage in the format of LCOV, which code hosts and editors show beside the lines: a rule is the line on which it begins.</summary>
public static class LcovReport
{
    /// <summary>The report.</summary>
    public static string Write(RuleCoverage coverage)
    {
        var text = new StringBuilder();
        foreach (var file in coverage.Rules.GroupBy(r => r.Rule.Location.Source.Path, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            // Two rules on one line: the line is as covered as the less covered one.
            var lines = file.GroupBy(r => r.Rule.Location.Source.GetLineAndColumn(r.Rule.Location.Span.Start).Line + 1, r => r.Count).OrderBy(g => g.Key).Select(g => (Line: g.Key, Count: g.Min())).ToArray();
            text.Append("TN:\nSF:").Append(file.Key).Append('\n');
            foreach (var (line, count) in lines)
            {
                text.Append(CultureInfo.InvariantCulture, $"DA:{line},{count}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"LF:{lines.Length}\nLH:{lines.Count(l => l.Count > 0)}\nend_of_record\n");
        }

        return text.ToString();
    }
}
