using System.Globalization;
using System.Text;

namespace PolicyLang.Projects.Outputs;

/// <summary>Writes changes of output files as a unified diff, as <c>git diff</c> and <c>patch</c> know it.</summary>
public static class UnifiedDiff
{
    private const int ContextLines = 3;
    private const int LargestFile = 4 * 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The lines of the diff of one change, without line breaks. Control characters of old files are part of them: escape them before a terminal sees them.</summary>
    public static IReadOnlyList<string> Write(OutputChange change)
    {
        var lines = new List<string>
        {
            change.Kind == OutputChangeKind.Create ? "--- /dev/null" : $"--- a/{change.Path}",
            change.Kind == OutputChangeKind.Remove ? "+++ /dev/null" : $"+++ b/{change.Path}",
        };
        if (change.Previous.Length > LargestFile || change.Content.Length > LargestFile)
        {
            lines.Add("(too large to compare)");
        }
        else if (Decode(change.Previous) is { } oldLines && Decode(change.Content) is { } newLines)
        {
            AddHunks(lines, oldLines, newLines);
        }
        else
        {
            lines.Add("(binary content differs)");
        }

        return lines;
    }

    private static void AddHunks(List<string> lines, List<string> oldLines, List<string> newLines)
    {
        var edits = LineDiff.Compare(oldLines, newLines);
        var position = 0;
        while (position < edits.Count)
        {
            if (edits[position].Kind == LineEditKind.Keep)
            {
                position++;
                continue;
            }

            var start = Math.Max(0, position - ContextLines);
            var end = FindHunkEnd(edits, position);
            AddHunk(lines, edits, start, end, oldLines, newLines);
            position = end;
        }
    }

    // A hunk ends where more unchanged lines follow than two contexts hold.
    private static int FindHunkEnd(List<LineEdit> edits, int position)
    {
        var lastChange = position;
        for (var i = position; i < edits.Count && i - lastChange <= 2 * ContextLines; i++)
        {
            if (edits[i].Kind != LineEditKind.Keep)
            {
                lastChange = i;
            }
        }

        return Math.Min(edits.Count, lastChange + ContextLines + 1);
    }

    private static void AddHunk(List<string> lines, List<LineEdit> edits, int start, int end, List<string> oldLines, List<string> newLines)
    {
        var header = lines.Count;
        lines.Add("");
        var oldCount = 0;
        var newCount = 0;
        for (var i = start; i < end; i++)
        {
            var edit = edits[i];
            var (sign, text) = edit.Kind switch
            {
                LineEditKind.Keep => (' ', oldLines[edit.OldIndex]),
                LineEditKind.Delete => ('-', oldLines[edit.OldIndex]),
                _ => ('+', newLines[edit.NewIndex]),
            };
            oldCount += edit.Kind == LineEditKind.Insert ? 0 : 1;
            newCount += edit.Kind == LineEditKind.Delete ? 0 : 1;
            if (text.EndsWith('\n'))
            {
                lines.Add(sign + text[..^1]);
            }
            else
            {
                lines.Add(sign + text);
                lines.Add("\\ No newline at end of file");
            }
        }

        lines[header] = $"@@ -{Range(edits[start].OldIndex, oldCount)} +{Range(edits[start].NewIndex, newCount)} @@";
    }

    // An empty side is named by the line before it, which is line zero at the start of a file.
    private static string Range(int index, int count)
        => string.Create(CultureInfo.InvariantCulture, $"{(count == 0 ? index : index + 1)}{(count == 1 ? "" : $",{count}")}");

    // Lines keep their line feed, so that a missing one at the end is a difference.
    private static List<string>? Decode(ReadOnlyMemory<byte> bytes)
    {
        string text;
        try
        {
            text = StrictUtf8.GetString(bytes.Span);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            var next = end < 0 ? text.Length : end + 1;
            lines.Add(text[start..next]);
            start = next;
        }

        return lines;
    }
}
