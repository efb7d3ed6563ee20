using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PolicyLang.Diagnostics;

namespace PolicyLang.Linting;

/// <summary>
/// What a finding is known by when lines around it come and go: its rule, its file, and the text of its line without blanks. Of several that are alike
/// the second has a number behind it.
/// </summary>
public static class FindingFingerprint
{
    /// <summary>The fingerprints of sorted findings, one each, no two alike: 16 hexadecimal digits.</summary>
    public static ImmutableArray<string> Of(ImmutableArray<Diagnostic> findings)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var result = ImmutableArray.CreateBuilder<string>(findings.Length);
        foreach (var finding in findings)
        {
            var key = KeyOf(finding);
            var number = seen.GetValueOrDefault(key);
            seen[key] = number + 1;
            result.Add(Hash(number == 0 ? key : string.Create(CultureInfo.InvariantCulture, $"{key}\n{number}")));
        }

        return result.MoveToImmutable();
    }

    private static string KeyOf(Diagnostic finding)
    {
        if (finding.Location is not { } location)
        {
            return $"{finding.Code}\n\n{finding.Message}";
        }

        var line = location.Source.GetLine(location.Source.GetLineAndColumn(location.Span.Start).Line);
        return $"{finding.Code}\n{location.Source.Path}\n{string.Concat(line.Where(c => !char.IsWhiteSpace(c)))}";
    }

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 8));
}
