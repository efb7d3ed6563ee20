using System.Collections.Immutable;

namespace PolicyLang.Diagnostics;

/// <summary>The text of one source file (policy, project or inventory) with its line index.</summary>
public sealed class SourceText
{
    private readonly Lazy<ImmutableArray<int>> _lineStarts;

    /// <summary>Creates a source text.</summary>
    /// <param name="path">The path shown to people, with forward slashes, relative to the project where possible.</param>
    /// <param name="text">The decoded text.</param>
    public SourceText(string path, string text)
    {
        Path = path;
        Text = text;
        _lineStarts = new Lazy<ImmutableArray<int>>(() => FindLineStarts(text));
    }

    /// <summary>The path shown to people.</summary>
    public string Path { get; }

    /// <summary>The decoded text.</summary>
    public string Text { get; }

    /// <summary>The number of lines; a text without a line break has one.</summary>
    public int LineCount => _lineStarts.Value.Length;

    /// <summary>The zero-based line and zero-based column (in UTF-16 units) of an offset.</summary>
    public (int Line, int Column) GetLineAndColumn(int offset)
    {
        var starts = _lineStarts.Value;
        var clamped = Math.Clamp(offset, 0, Text.Length);
        var index = starts.BinarySearch(clamped);
        var line = index >= 0 ? index : ~index - 1;
        return (line, clamped - starts[line]);
    }

    /// <summary>The offset of a zero-based line and column, clamped to the text.</summary>
    public int GetOffset(int line, int column)
    {
        var starts = _lineStarts.Value;
        var clampedLine = Math.Clamp(line, 0, starts.Length - 1);
        return Math.Clamp(starts[clampedLine] + column, 0, Text.Length);
    }

    /// <summary>The text of a zero-based line without its line break.</summary>
    public string GetLine(int line)
    {
        var starts = _lineStarts.Value;
        var start = starts[line];
        var end = line + 1 < starts.Length ? starts[line + 1] : Text.Length;
        return Text[start..end].TrimEnd('\n', '\r');
    }

    private static ImmutableArray<int> FindLineStarts(string text)
    {
        var starts = ImmutableArray.CreateBuilder<int>();
        starts.Add(0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                starts.Add(i + 1);
            }
        }

        return starts.ToImmutable();
    }
}

/// <summary>A range of UTF-16 units in a source text.</summary>
/// <param name="Start">The offset of the first unit.</param>
/// <param name="Length">The number of units; zero marks a place between two characters.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>The offset behind the last unit.</summary>
    public int End => Start + Length;

    /// <summary>The span from the start of the first to the end of the last.</summary>
    public static TextSpan Between(TextSpan first, TextSpan last) => new(first.Start, Math.Max(0, last.End - first.Start));
}

/// <summary>A place in a source text.</summary>
/// <param name="Source">The file.</param>
/// <param name="Span">The range in it.</param>
public sealed record SourceLocation(SourceText Source, TextSpan Span)
{
    /// <summary>The text at the place.</summary>
    public string Text => Source.Text.Substring(Span.Start, Span.Length);

    /// <summary>The path, line and column as people write them, counted from one: <c>team.policy:3:7</c>.</summary>
    public override string ToString()
    {
        var (line, column) = Source.GetLineAndColumn(Span.Start);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Source.Path}:{line + 1}:{column + 1}");
    }
}
