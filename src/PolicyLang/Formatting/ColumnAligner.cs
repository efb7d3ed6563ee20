namespace PolicyLang.Formatting;

/// <summary>A line made of cells.</summary>
/// <param name="Indent">The indentation.</param>
/// <param name="Cells">The cells; joined by a space they are the line.</param>
/// <param name="Comment">The comment behind it, or nothing.</param>
internal sealed record Row(int Indent, List<string> Cells, string? Comment);

/// <summary>
/// Lines up the cells of lines that stand together. A line far longer than the others does not move them: cells share a column only when no step between one width and the next is
/// greater than <see cref="LayoutRules.GreatestStep"/>.
/// </summary>
internal static class ColumnAligner
{
    /// <summary>The text of the lines.</summary>
    public static IEnumerable<string> Align(IReadOnlyList<Row> rows)
    {
        var padded = rows.Select(row => new List<string>(row.Cells)).ToArray();
        Pad(padded, [.. Enumerable.Range(0, rows.Count)], 0);
        var texts = new string[rows.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            var text = Join(rows[i].Indent, padded[i]);

            // Better out of line than too long.
            texts[i] = text.Length <= LayoutRules.Width ? text : Join(rows[i].Indent, rows[i].Cells);
        }

        foreach (var group in Groups(Enumerable.Range(0, texts.Length).Where(i => rows[i].Comment is not null), i => texts[i].Length))
        {
            var width = group.Max(i => texts[i].Length);
            foreach (var i in group)
            {
                texts[i] = texts[i].PadRight(width) + LayoutRules.Gap + rows[i].Comment;
            }
        }

        return texts;
    }

    // Lines that part in one column have nothing to share in the next.
    private static void Pad(List<string>[] rows, List<int> members, int column)
    {
        foreach (var group in Groups(members.Where(i => rows[i].Count > column + 1), i => rows[i][column].Length))
        {
            var width = group.Max(i => rows[i][column].Length);
            foreach (var i in group)
            {
                rows[i][column] = rows[i][column].PadRight(width);
            }

            Pad(rows, group, column + 1);
        }
    }

    private static IEnumerable<List<int>> Groups(IEnumerable<int> members, Func<int, int> width)
    {
        var group = new List<int>();
        foreach (var member in members.OrderBy(width))
        {
            if (group.Count > 0 && width(member) - width(group[^1]) > LayoutRules.GreatestStep)
            {
                yield return group;
                group = [];
            }

            group.Add(member);
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }

    private static string Join(int indent, List<string> cells) => new string(' ', indent) + string.Join(' ', cells);
}
