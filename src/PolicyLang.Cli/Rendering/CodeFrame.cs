using System.Globalization;
using System.Text;
using PolicyLang.Diagnostics;

namespace PolicyLang.Cli.Rendering;

/// <summary>Draws the source lines of a place with a line of carets under it.</summary>
/// <param name="style">Colours.</param>
/// <param name="width">The columns that a source line may take.</param>
internal sealed class CodeFrame(TextStyle style, int width)
{
    private const int NarrowestWidth = 40;
    private const int ColumnsBeforeSpan = 20;
    private const string Ellipsis = "…";

    private readonly int _width = Math.Max(NarrowestWidth, width);

    /// <summary>Writes <c>  --&gt; path:line:column</c> and the first line of the place, and the last one where it spans several.</summary>
    /// <param name="location">The place.</param>
    /// <param name="paint">Colours the carets.</param>
    /// <param name="output">Where to write.</param>
    public void Write(SourceLocation location, Func<string, string> paint, TextWriter output)
    {
        var source = location.Source;
        var (firstLine, firstColumn) = source.GetLineAndColumn(location.Span.Start);
        var (lastLine, lastColumn) = LastPlace(location);
        var gutter = Number(lastLine + 1).Length;
        output.WriteLine($"{new string(' ', gutter)}{style.Faint("-->")} {TerminalText.Escape(source.Path)}:{Number(firstLine + 1)}:{Number(firstColumn + 1)}");
        if (source.Text.Length == 0)
        {
            return;
        }

        WriteGutter("", gutter, output);
        output.WriteLine();
        if (firstLine == lastLine)
        {
            WriteLine(source, firstLine, firstColumn, lastColumn, gutter, paint, output);
            return;
        }

        WriteLine(source, firstLine, firstColumn, source.GetLine(firstLine).Length, gutter, paint, output);
        if (lastLine > firstLine + 1)
        {
            output.WriteLine(style.Faint(new string(' ', gutter) + "..."));
        }

        var last = source.GetLine(lastLine);
        WriteLine(source, lastLine, last.Length - last.TrimStart().Length, lastColumn, gutter, paint, output);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    // A span that ends right behind a line break ends on the line before it.
    private static (int Line, int Column) LastPlace(SourceLocation location)
    {
        var source = location.Source;
        var end = location.Span.End;
        while (end > location.Span.Start && end <= source.Text.Length && source.Text[end - 1] is '\n' or '\r')
        {
            end--;
        }

        return source.GetLineAndColumn(end);
    }

    private void WriteGutter(string number, int gutter, TextWriter output) => output.Write(style.Faint(number.PadLeft(gutter) + " |"));

    private void WriteLine(SourceText source, int line, int startColumn, int endColumn, int gutter, Func<string, string> paint, TextWriter output)
    {
        var (text, before, marked) = Window(source.GetLine(line), startColumn, endColumn);
        WriteGutter(Number(line + 1), gutter, output);
        output.WriteLine(text.Length == 0 ? "" : " " + text);
        WriteGutter("", gutter, output);
        output.WriteLine(" " + new string(' ', before) + paint(new string('^', marked)));
    }

    /// <summary>The part of a line to show, the columns before the carets and their number. A long line is cut around the place.</summary>
    private (string Text, int Before, int Marked) Window(string line, int startColumn, int endColumn)
    {
        var cells = TerminalText.Measure(line, expandTabs: true).ToList();
        var start = 0;
        var end = 0;
        var total = 0;
        foreach (var cell in cells)
        {
            start += cell.Index < startColumn ? cell.Width : 0;
            end += cell.Index < endColumn ? cell.Width : 0;
            total += cell.Width;
        }

        var from = total > _width && start > _width - ColumnsBeforeSpan ? start - ColumnsBeforeSpan : 0;
        var to = Math.Min(total, from + _width);
        var text = new StringBuilder(from > 0 ? Ellipsis : "");
        var column = 0;
        var shownFrom = -1;
        var shownTo = 0;
        foreach (var cell in cells)
        {
            if (column >= from && column + cell.Width <= to)
            {
                shownFrom = shownFrom < 0 ? column : shownFrom;
                shownTo = column + cell.Width;
                text.Append(cell.Text);
            }

            column += cell.Width;
        }

        text.Append(shownTo < total ? Ellipsis : "");
        var before = start - Math.Max(0, shownFrom) + (from > 0 ? Ellipsis.Length : 0);
        return (text.ToString().TrimEnd(), before, Math.Max(1, Math.Min(end, Math.Max(shownTo, start + 1)) - start));
    }
}
