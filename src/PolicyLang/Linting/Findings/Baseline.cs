using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Linting;

/// <summary>
/// Findings that are known and left alone, so that a team can begin to lint old files and look at what is new. A finding belongs to it by rule, file and
/// the text of its line, whatever its line's number. Findings without a place never belong to one.
/// </summary>
/// <param name="Entries">How many findings are known, by rule, file and line.</param>
public sealed record Baseline(ImmutableSortedDictionary<BaselineKey, int> Entries)
{
    /// <summary>The baseline that knows some findings.</summary>
    public static Baseline Of(ImmutableArray<Diagnostic> findings)
    {
        var entries = ImmutableSortedDictionary.CreateBuilder<BaselineKey, int>(BaselineKey.Order);
        foreach (var finding in findings)
        {
            if (BaselineKey.Of(finding) is { } key)
            {
                entries[key] = entries.GetValueOrDefault(key) + 1;
            }
        }

        return new Baseline(entries.ToImmutable());
    }

    /// <summary>The findings that are not known, and how many known ones are no more.</summary>
    /// <param name="findings">The findings of a run.</param>
    /// <param name="wasLinted">Whether a file was looked at in the run; of others nothing is known.</param>
    public (ImmutableArray<Diagnostic> New, int Gone) Apply(ImmutableArray<Diagnostic> findings, Func<string, bool> wasLinted)
    {
        var left = Entries.ToDictionary(entry => entry.Key, entry => entry.Value);
        var fresh = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var finding in findings)
        {
            if (BaselineKey.Of(finding) is { } key && left.GetValueOrDefault(key) > 0)
            {
                left[key]--;
            }
            else
            {
                fresh.Add(finding);
            }
        }

        return (fresh.ToImmutable(), left.Where(entry => wasLinted(entry.Key.File)).Sum(entry => entry.Value));
    }

    /// <summary>The baseline after a run: what it found, and what is known of files that it did not look at.</summary>
    /// <param name="findings">The findings of the run.</param>
    /// <param name="isKept">Whether what is known of a file stays.</param>
    public Baseline After(ImmutableArray<Diagnostic> findings, Func<string, bool> isKept)
    {
        var entries = Of(findings).Entries.ToBuilder();
        foreach (var (key, count) in Entries.Where(entry => isKept(entry.Key.File)))
        {
            entries.TryAdd(key, count);
        }

        return new Baseline(entries.ToImmutable());
    }

    /// <summary>Reads a baseline. Never throws for any text.</summary>
    /// <param name="source">The file.</param>
    /// <param name="diagnostics">Receives what is wrong with it.</param>
    /// <returns>The baseline; nothing when it cannot be read.</returns>
    public static Baseline? Read(SourceText source, DiagnosticBag diagnostics)
    {
        var findings = new DiagnosticBag();
        var data = JsonDataReader.Read(source, findings);
        diagnostics.AddRange(findings.ToSortedArray());
        if (findings.HasErrors || data is not DataMap file)
        {
            return findings.HasErrors ? null : Invalid(data?.Location);
        }

        var entries = ImmutableSortedDictionary.CreateBuilder<BaselineKey, int>(BaselineKey.Order);
        if (file.Find("baseline")?.Value is not DataScalar { Text: "1" } || file.Find("findings")?.Value is not DataList list)
        {
            return Invalid(file.Location);
        }

        foreach (var item in list.Items)
        {
            if (item is not DataMap map
                || map.Find("rule")?.Value is not DataScalar rule
                || map.Find("file")?.Value is not DataScalar path
                || map.Find("line")?.Value is not DataScalar line
                || map.Find("count")?.Value is not DataScalar count
                || !int.TryParse(count.Text, out var number)
                || number < 1)
            {
                return Invalid(item.Location);
            }

            entries[new BaselineKey(path.Text, rule.Text, line.Text)] = number;
        }

        return new Baseline(entries.ToImmutable());

        Baseline? Invalid(SourceLocation? location)
        {
            diagnostics.Report(LintDiagnostics.InvalidBaseline, location ?? new SourceLocation(source, default), "this is no baseline of policyc", "write it anew with `policyc lint --update-baseline`");
            return null;
        }
    }

    /// <summary>The text of the file: one line an entry, sorted, so that changes are easy to review and to merge.</summary>
    public string ToJson()
    {
        var text = new StringBuilder("{\n  \"baseline\": 1,\n  \"findings\": [");
        var separator = "\n    ";
        foreach (var (key, count) in Entries)
        {
            text.Append(separator).Append(Line(key, count));
            separator = ",\n    ";
        }

        return text.Append(Entries.IsEmpty ? "]\n}\n" : "\n  ]\n}\n").ToString();
    }

    private static string Line(BaselineKey key, int count)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("rule", key.Rule);
            json.WriteString("file", key.File);
            json.WriteString("line", key.Line);
            json.WriteNumber("count", count);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

/// <summary>What a baseline knows a finding by.</summary>
/// <param name="File">The file.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Line">The text of the line, without blanks at its ends.</param>
public sealed record BaselineKey(string File, string Rule, string Line)
{
    /// <summary>The key of a finding; nothing for one without a place.</summary>
    public static BaselineKey? Of(Diagnostic finding)
        => finding.Location is { } location
            ? new BaselineKey(location.Source.Path, finding.Code, location.Source.GetLine(location.Source.GetLineAndColumn(location.Span.Start).Line).Trim())
            : null;

    /// <summary>By file, rule and line, ordinally.</summary>
    internal static Comparer<BaselineKey> Order { get; } = Comparer<BaselineKey>.Create((a, b) =>
    {
        var result = string.CompareOrdinal(a.File, b.File);
        result = result != 0 ? result : string.CompareOrdinal(a.Rule, b.Rule);
        return result != 0 ? result : string.CompareOrdinal(a.Line, b.Line);
    });
}
