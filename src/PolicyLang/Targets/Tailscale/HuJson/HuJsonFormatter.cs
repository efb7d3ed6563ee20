using System.Text;
using Place = PolicyLang.Targets.Tailscale.HuJson.HuJsonTrivia.Place;

namespace PolicyLang.Targets.Tailscale.HuJson;

/// <summary>
/// Writes HuJSON in the one canonical layout that Tailscale's own tools write, byte for byte (<c>Format</c> in github.com/tailscale/hujson).
/// The control plane's entity tag is the SHA-256 of that layout, and diffs of a policy file in another layout show every line.
/// </summary>
public sealed class HuJsonFormatter
{
    private const int GreatestLineBytes = 80;

    private readonly StringBuilder _text;
    private readonly bool _isStandard;

    private HuJsonFormatter(StringBuilder text, bool isStandard)
    {
        _text = text;
        _isStandard = isStandard;
    }

    /// <summary>The canonical text of a value: UTF-8 compatible, line feeds, a final line feed. Formatting it again changes nothing.</summary>
    /// <param name="value">The value.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static string Format(HuJsonValue value, CancellationToken cancellation = default)
    {
        var formatter = new HuJsonFormatter(new StringBuilder(), IsStandard(value));
        if (value.Body is HuJsonComposite composite)
        {
            Measure(composite, cancellation);
        }

        formatter._text.Append(HuJsonTrivia.Format(value.Before, 0, Place.None).TrimStart(' ', '\t', '\n'));
        formatter.Write(value.Body, 0, cancellation);
        var after = HuJsonTrivia.Format(value.After, 0, Place.None).TrimEnd();
        return formatter._text.Append(after).Append('\n').ToString();
    }

    /// <summary>
    /// Appends one item of a list, or one member's value, as it stands in the canonical text of a whole that holds comments or trailing commas. A whole can so be
    /// written piece by piece, without a tree of all of it.
    /// </summary>
    /// <param name="text">Receives the text, without line break or comma around it.</param>
    /// <param name="value">The value; what stands before and after it is left out.</param>
    /// <param name="depth">How many brackets of the whole are open around it, each with a line for each member.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static void AppendPiece(StringBuilder text, HuJsonValue value, int depth, CancellationToken cancellation = default)
        => new HuJsonFormatter(text, isStandard: false).Write(value.Body, depth, cancellation);

    /// <summary>Whether a value is JSON already: no comment, no trailing comma.</summary>
    public static bool IsStandard(HuJsonValue value)
        => !HuJsonTrivia.HasComment(value.Before) && !HuJsonTrivia.HasComment(value.After) && value.Body switch
        {
            HuJsonComposite composite when composite.HasTrailingComma || HuJsonTrivia.HasComment(composite.Closing) => false,
            HuJsonObject @object => @object.Members.All(member => IsStandard(member.Name) && IsStandard(member.Value)),
            HuJsonArray array => array.Items.All(IsStandard),
            _ => true,
        };

    // White space without a comment before a comma or a colon goes.
    private static string After(HuJsonValue value) => HuJsonTrivia.HasComment(value.After) ? value.After : "";

    private static string Closing(HuJsonComposite composite)
        => composite.Count == 0 && !HuJsonTrivia.HasComment(composite.Closing) ? "" : composite.Closing;

    private static string Literal(HuJsonLiteral literal)
        => literal.IsText && literal.Raw.Contains('\\', StringComparison.Ordinal) ? HuJsonString.Quote(literal.Value) : literal.Raw;

    // An object or array stands on one line or has a line for each member. It gets lines when it has a line break at one of the places where
    // lines would start, or when a line of it would be too long.
    private static HuJsonShape Measure(HuJsonComposite composite, CancellationToken cancellation)
    {
        if (composite.Shape is { } known)
        {
            return known;
        }

        cancellation.ThrowIfCancellationRequested();
        var lines = new LineLengths(1);
        var expands = false;
        var hasInnerBreak = false;
        var firstBefore = composite.Closing;
        switch (composite)
        {
            case HuJsonObject @object:
                firstBefore = @object.Members.IsEmpty ? firstBefore : @object.Members[0].Name.Before;
                foreach (var (name, value) in @object.Members)
                {
                    expands |= HuJsonTrivia.HasLineBreak(name.Before);
                    lines.Add(HuJsonTrivia.Measure(name.Before));
                    lines.Add(Encoding.UTF8.GetByteCount(Literal((HuJsonLiteral)name.Body)));
                    lines.Add(HuJsonTrivia.Measure(After(name)));
                    lines.Add(2);
                    lines.Add(HuJsonTrivia.Measure(value.Before));
                    hasInnerBreak |= HuJsonTrivia.HasLineBreak(After(name)) || HuJsonTrivia.HasLineBreak(value.Before);
                    AddValue(value);
                }

                break;
            case HuJsonArray array:
                firstBefore = array.Items.IsEmpty ? firstBefore : array.Items[0].Before;
                foreach (var item in array.Items)
                {
                    expands |= HuJsonTrivia.HasLineBreak(item.Before);
                    lines.Add(HuJsonTrivia.Measure(item.Before));
                    AddValue(item);
                }

                break;
        }

        lines.Add(1);
        expands |= composite.Last is { } last && HuJsonTrivia.HasLineBreak(After(last));
        expands |= HuJsonTrivia.HasLineBreak(Closing(composite)) || lines.Longest > GreatestLineBytes;
        var shape = expands
            ? new HuJsonShape(1 + HuJsonTrivia.Measure(firstBefore).First, 1, true, true, true)
            : new HuJsonShape(lines.First, lines.Current, lines.IsMultiline, false, hasInnerBreak);
        composite.Shape = shape;
        return shape;

        void AddValue(HuJsonValue value)
        {
            if (value.Body is HuJsonComposite inner)
            {
                var innerShape = Measure(inner, cancellation);
                lines.Add((innerShape.First, innerShape.Last, innerShape.IsMultiline));
                hasInnerBreak |= innerShape.HasBreak;
            }
            else
            {
                lines.Add(Encoding.UTF8.GetByteCount(Literal((HuJsonLiteral)value.Body)));
            }

            lines.Add(HuJsonTrivia.Measure(After(value)));
            lines.Add(2);
            hasInnerBreak |= HuJsonTrivia.HasLineBreak(After(value));
        }
    }

    private void Write(HuJsonBody body, int depth, CancellationToken cancellation)
    {
        switch (body)
        {
            case HuJsonLiteral literal:
                _text.Append(Literal(literal));
                return;
            case HuJsonObject @object:
                _text.Append('{');
                WriteMembers(@object, depth, cancellation);
                _text.Append('}');
                return;
            case HuJsonArray array:
                _text.Append('[');
                WriteItems(array, depth, cancellation);
                _text.Append(']');
                return;
        }
    }

    private void WriteMembers(HuJsonObject @object, int depth, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var expands = Measure(@object, cancellation).Expands;
        var rows = new Row[@object.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            var (name, value) = @object.Members[i];
            var afterName = HuJsonTrivia.Format(After(name), depth + 2, Place.NoBlankAtStart | Place.NoBlankAtEnd);
            var beforeValue = HuJsonTrivia.Format(value.Before, depth + 2, Place.NoBlankAtStart | Place.NoBlankAtEnd | Place.AtLeastSpace);
            rows[i] = new Row(
                HuJsonTrivia.Format(name.Before, depth + 1, Before(i, expands)),
                Literal((HuJsonLiteral)name.Body),
                afterName,
                beforeValue,
                HuJsonTrivia.Format(After(value), depth + 2, Place.NoBlankAtStart | Place.NoBlankAtEnd),
                HuJsonTrivia.HasLineBreak(afterName) || HuJsonTrivia.HasLineBreak(beforeValue));
        }

        var paddings = Align(@object, rows);
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            _text.Append(row.BeforeName).Append(row.Name).Append(row.AfterName).Append(':').Append(row.BeforeValue).Append(' ', paddings[i]);
            Write(@object.Members[i].Value.Body, depth + (expands ? 1 : 0) + (row.BreaksBeforeValue ? 1 : 0), cancellation);
            if (i < rows.Length - 1)
            {
                _text.Append(row.AfterValue).Append(',');
            }
        }

        WriteEnd(@object, rows.Length > 0 ? rows[^1].AfterValue : "", expands, depth);
    }

    private void WriteItems(HuJsonArray array, int depth, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var expands = Measure(array, cancellation).Expands;
        var after = "";
        for (var i = 0; i < array.Count; i++)
        {
            var item = array.Items[i];
            _text.Append(HuJsonTrivia.Format(item.Before, depth + 1, Before(i, expands)));
            Write(item.Body, depth + (expands ? 1 : 0), cancellation);
            after = HuJsonTrivia.Format(After(item), depth + 2, Place.NoBlankAtStart | Place.NoBlankAtEnd);
            if (i < array.Count - 1)
            {
                _text.Append(after).Append(',');
            }
        }

        WriteEnd(array, after, expands, depth);
    }

    private static Place Before(int index, bool expands)
        => (expands ? Place.StartsLine : Place.None) | (index == 0 ? Place.NoBlankAtStart : Place.AtLeastSpace);

    // A trailing comma stands only where members have lines of their own and the text was not plain JSON, or between two comments.
    private void WriteEnd(HuJsonComposite composite, string afterLast, bool expands, int depth)
    {
        var place = (expands ? Place.EndsLine : Place.None) | (composite.Count == 0 ? Place.NoBlankAtStart : Place.None) | Place.NoBlankAtEnd | Place.BeforeBracket;
        var closing = HuJsonTrivia.Format(Closing(composite), depth + 1, place);
        var hasComma = composite.HasTrailingComma && afterLast.Length > 0;
        if (!expands && (afterLast.Length == 0 || closing.Length == 0))
        {
            hasComma = false;
        }
        else if (expands && !_isStandard)
        {
            hasComma = composite.Count > 0;
        }

        _text.Append(afterLast).Append(hasComma ? "," : "").Append(closing);
    }

    // Values of consecutive one-line members start in one column; a blank line or a longer member starts anew.
    private static int[] Align(HuJsonObject @object, Row[] rows)
    {
        var paddings = new int[rows.Length];
        var start = 0;
        var widest = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            var isOneLine = HuJsonTrivia.HasLineBreak(row.BeforeName) && !row.BreaksBeforeValue && !HuJsonTrivia.HasLineBreak(row.AfterValue)
                && !(@object.Members[i].Value.Body is HuJsonComposite composite && Measure(composite, CancellationToken.None).HasBreak);
            if (!isOneLine)
            {
                Close(i);
                start = i + 1;
                continue;
            }

            if (row.BeforeName.AsSpan().Count('\n') > 1)
            {
                Close(i);
                start = i;
            }

            paddings[i] = Encoding.UTF8.GetByteCount(row.Name) + Encoding.UTF8.GetByteCount(row.AfterName) + Encoding.UTF8.GetByteCount(row.BeforeValue);
            widest = Math.Max(widest, paddings[i]);
        }

        Close(rows.Length);
        return paddings;

        void Close(int end)
        {
            for (var i = start; i < end; i++)
            {
                paddings[i] = widest - paddings[i];
            }

            widest = 0;
        }
    }

    private readonly record struct Row(string BeforeName, string Name, string AfterName, string BeforeValue, string AfterValue, bool BreaksBeforeValue);

    // Only the first, the current and the longest line matter.
    private struct LineLengths(int length)
    {
        private int _longest;

        public int First { get; private set; } = length;

        public int Current { get; private set; } = length;

        public bool IsMultiline { get; private set; }

        public readonly int Longest => Math.Max(_longest, Current);

        public void Add(int bytes)
        {
            Current += bytes;
            First = IsMultiline ? First : Current;
        }

        public void Add((int First, int Last, bool IsMultiline) piece)
        {
            Add(piece.First);
            if (piece.IsMultiline)
            {
                _longest = Math.Max(_longest, Current);
                IsMultiline = true;
                Current = piece.Last;
            }
        }
    }
}
