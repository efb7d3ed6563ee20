using System.Globalization;
using PolicyLang.Diagnostics;

namespace PolicyLang.Reading;

/// <summary>A file of another system, whoever wrote it.</summary>
/// <param name="Path">The path shown to people, with forward slashes.</param>
/// <param name="Content">The bytes.</param>
public sealed record Artefact(string Path, ReadOnlyMemory<byte> Content);

/// <summary>A place in an artefact.</summary>
/// <param name="Path">The artefact's path.</param>
/// <param name="Line">The line, from one; zero stands for the file as a whole.</param>
/// <param name="Column">The column, from one.</param>
public readonly record struct ArtefactPlace(string Path, int Line, int Column)
{
    /// <summary>The path, line and column as people write them.</summary>
    public override string ToString() => Line == 0 ? Path : string.Create(CultureInfo.InvariantCulture, $"{Path}:{Line}:{Column}");

    /// <summary>The rest of the line at the place, for a message that shows it; empty for a file as a whole.</summary>
    /// <param name="text">The artefact's text.</param>
    public SourceLocation RestOfLine(SourceText text)
    {
        if (Line < 1 || Line > text.LineCount)
        {
            return new SourceLocation(text, new TextSpan(0, 0));
        }

        var line = text.GetLine(Line - 1);
        var column = Math.Clamp(Column - 1, 0, line.Length);
        return new SourceLocation(text, new TextSpan(text.GetOffset(Line - 1, column), line.Length - column));
    }

    /// <summary>Compares by path (ordinally), line and column.</summary>
    public static int Compare(ArtefactPlace a, ArtefactPlace b)
    {
        var result = string.CompareOrdinal(a.Path, b.Path);
        result = result != 0 ? result : a.Line.CompareTo(b.Line);
        return result != 0 ? result : a.Column.CompareTo(b.Column);
    }
}
