namespace PolicyLang.Projects.Outputs;

/// <summary>What a line is in a comparison.</summary>
internal enum LineEditKind
{
    /// <summary>On both sides.</summary>
    Keep,

    /// <summary>Only on the old side.</summary>
    Delete,

    /// <summary>Only on the new side.</summary>
    Insert,
}

/// <summary>A line of a comparison, by its index on the side that has it (the old side for kept lines).</summary>
/// <param name="Kind">What it is.</param>
/// <param name="OldIndex">The index of the line, or of the next line, on the old side.</param>
/// <param name="NewIndex">The index of the line, or of the next line, on the new side.</param>
internal readonly record struct LineEdit(LineEditKind Kind, int OldIndex, int NewIndex);

/// <summary>
/// Compares two lists of lines: the greedy algorithm of Eugene W. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986). Where the lists differ too
/// much, the differing middle is replaced as a whole, which is still a correct comparison, only not the shortest.
/// </summary>
internal static class LineDiff
{
    // The traces need about the square of this many integers: 4 MB.
    private const int MostEdits = 1000;

    /// <summary>The edits that turn the old lines into the new ones, in order, deletions before insertions.</summary>
    public static List<LineEdit> Compare(IReadOnlyList<string> oldLines, IReadOnlyList<string> newLines)
    {
        var prefix = 0;
        var shortest = Math.Min(oldLines.Count, newLines.Count);
        while (prefix < shortest && Same(oldLines, prefix, newLines, prefix))
        {
            prefix++;
        }

        var suffix = 0;
        while (suffix < shortest - prefix && Same(oldLines, oldLines.Count - 1 - suffix, newLines, newLines.Count - 1 - suffix))
        {
            suffix++;
        }

        var edits = new List<LineEdit>();
        for (var i = 0; i < prefix; i++)
        {
            edits.Add(new LineEdit(LineEditKind.Keep, i, i));
        }

        AddMiddle(edits, oldLines, newLines, prefix, oldLines.Count - suffix, newLines.Count - suffix);
        for (var i = suffix; i > 0; i--)
        {
            edits.Add(new LineEdit(LineEditKind.Keep, oldLines.Count - i, newLines.Count - i));
        }

        return edits;
    }

    private static void AddMiddle(List<LineEdit> edits, IReadOnlyList<string> oldLines, IReadOnlyList<string> newLines, int start, int oldEnd, int newEnd)
    {
        if (FindTraces(oldLines, newLines, start, oldEnd - start, newEnd - start) is not { } traces)
        {
            for (var i = start; i < oldEnd; i++)
            {
                edits.Add(new LineEdit(LineEditKind.Delete, i, start));
            }

            for (var i = start; i < newEnd; i++)
            {
                edits.Add(new LineEdit(LineEditKind.Insert, oldEnd, i));
            }

            return;
        }

        var first = edits.Count;
        var x = oldEnd - start;
        var y = newEnd - start;
        for (var d = traces.Count - 1; d >= 0 && (x > 0 || y > 0); d--)
        {
            var k = x - y;
            var (previousX, previousY) = d == 0 ? (0, 0) : Previous(traces[d - 1], d, k);
            while (x > previousX && y > previousY)
            {
                edits.Add(new LineEdit(LineEditKind.Keep, start + --x, start + --y));
            }

            if (x > previousX)
            {
                edits.Add(new LineEdit(LineEditKind.Delete, start + --x, start + y));
            }
            else if (y > previousY)
            {
                edits.Add(new LineEdit(LineEditKind.Insert, start + x, start + --y));
            }
        }

        edits.Reverse(first, edits.Count - first);
    }

    // Trace d holds the furthest x on the diagonals -d … d after d edits.
    private static List<int[]>? FindTraces(IReadOnlyList<string> oldLines, IReadOnlyList<string> newLines, int start, int oldCount, int newCount)
    {
        var traces = new List<int[]>();
        for (var d = 0; d <= Math.Min(MostEdits, oldCount + newCount); d++)
        {
            var trace = new int[(2 * d) + 1];
            traces.Add(trace);
            for (var k = -d; k <= d; k += 2)
            {
                var x = 0;
                if (d > 0)
                {
                    var before = traces[d - 1];
                    x = GoesDown(before, d, k) ? At(before, d - 1, k + 1) : At(before, d - 1, k - 1) + 1;
                }

                var y = x - k;
                while (x < oldCount && y < newCount && Same(oldLines, start + x, newLines, start + y))
                {
                    x++;
                    y++;
                }

                trace[k + d] = x;
                if (x >= oldCount && y >= newCount)
                {
                    return traces;
                }
            }
        }

        return null;
    }

    private static (int X, int Y) Previous(int[] before, int d, int k)
    {
        var previousK = GoesDown(before, d, k) ? k + 1 : k - 1;
        var x = At(before, d - 1, previousK);
        return (x, x - previousK);
    }

    private static bool GoesDown(int[] before, int d, int k) => k == -d || (k != d && At(before, d - 1, k - 1) < At(before, d - 1, k + 1));

    private static int At(int[] trace, int d, int k) => Math.Abs(k) <= d ? trace[k + d] : -1;

    private static bool Same(IReadOnlyList<string> oldLines, int oldIndex, IReadOnlyList<string> newLines, int newIndex)
        => string.Equals(oldLines[oldIndex], newLines[newIndex], StringComparison.Ordinal);
}
