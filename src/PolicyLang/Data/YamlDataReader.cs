using System.Buffers;
using PolicyLang.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PolicyLang.Data;

/// <summary>
/// Reads YAML into data with exact positions. Only what is plain to see is taken: no aliases, tags, merge keys, directives or further
/// documents, no key twice, no value that YAML readers take for different things.
/// </summary>
public static class YamlDataReader
{
    private static readonly SearchValues<char> TagEnds = SearchValues.Create(" \t\r\n,]}");

    /// <summary>Reads a file; one whose path ends in <c>.json</c> is read as strict JSON. Never throws for any text.</summary>
    /// <param name="source">The file.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    /// <returns>The data; nothing when anything is wrong with it.</returns>
    public static DataNode? Read(SourceText source, DiagnosticBag diagnostics)
        => source.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? JsonDataReader.Read(source, diagnostics)
            : Read(source, DataLimits.Default, diagnostics);

    /// <summary>Reads a file of another system, in which values without quotes mean what that system takes them for.</summary>
    /// <param name="source">The file.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    /// <returns>The data, with such values as they are written; nothing when anything is wrong with it.</returns>
    internal static DataNode? ReadForeign(SourceText source, DiagnosticBag diagnostics) => Read(source, DataLimits.Default, diagnostics, DataDiagnostics.AmbiguousValue);

    internal static DataNode? Read(SourceText source, DataLimits limits, DiagnosticBag diagnostics, DiagnosticDescriptor? passedOver = null)
    {
        var findings = new DiagnosticBag();
        var builder = new DataTreeBuilder(source, limits, findings);
        var hidden = HiddenCharacters.IndexIn(source.Text);
        if (hidden >= 0)
        {
            findings.Report(DataDiagnostics.HiddenCharacter, builder.At(hidden, 1), $"the character {HiddenCharacters.Describe(source.Text[hidden])}, which nobody sees, stands here", "remove it");
        }
        else if (ReadEvents(source, builder, findings) && builder.Root is null)
        {
            findings.Report(DataDiagnostics.EmptyData, builder.At(0, 0), $"`{source.Path}` holds no data");
        }

        var kept = findings.ToSortedArray().Where(finding => finding.Descriptor != passedOver).ToArray();
        diagnostics.AddRange(kept);
        return Array.Exists(kept, finding => finding.Severity == DiagnosticSeverity.Error) ? null : builder.Root;
    }

    private static bool ReadEvents(SourceText source, DataTreeBuilder builder, DiagnosticBag diagnostics)
    {
        var reached = 0;
        try
        {
            var parser = new Parser(new Scanner(new StringReader(source.Text), skipComments: true));
            while (parser.MoveNext())
            {
                if (parser.Current is { } current)
                {
                    reached = (int)current.End.Index;
                    if (!ReadEvent(current, source, builder, diagnostics))
                    {
                        return false;
                    }
                }
            }

            return true;
        }
        catch (YamlException exception)
        {
            YamlSyntaxErrors.Report(exception.Message, (int)exception.Start.Index, source, reached, diagnostics);
            return false;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException or IndexOutOfRangeException or OverflowException)
        {
            // The parser throws these for some malformed texts, such as a tag that is no URI or text behind a document's end.
            YamlSyntaxErrors.Report(exception.Message, reached, source, reached, diagnostics);
            return false;
        }
    }

    private static bool ReadEvent(ParsingEvent current, SourceText source, DataTreeBuilder builder, DiagnosticBag diagnostics)
    {
        // An unfinished text at the end of the file is reported behind it.
        var start = Math.Min((int)current.Start.Index, source.Text.Length);
        var length = Math.Clamp((int)current.End.Index - start, 0, source.Text.Length - start);
        switch (current)
        {
            case AnchorAlias alias:
                return Refuse(length, $"the alias `*{alias.Value.Value}` stands for data written elsewhere", "write the data out in each place");
            case NodeEvent { Anchor.IsEmpty: false } node:
                return Refuse(node.Anchor.Value.Length + 1, $"anchors (`&{node.Anchor.Value}`) are not taken", "remove the anchor and write the data out in each place");
            case NodeEvent { Tag.IsEmpty: false }:
                return Refuse(TagLength(source.Text, start), "tags (`!…`) are not taken", "remove the tag; put a text in quotes");
            case DocumentStart { Version: not null }:
            case DocumentStart when source.Text.AsSpan(start).StartsWith("%"):
                return Refuse(length, "YAML directives (`%…`) are not taken", "remove the line");
            case DocumentStart when builder.Root is not null:
                return Refuse(length, "a second document begins here", "keep one document to a file");
            case MappingStart:
                return builder.Start(isMap: true, start);
            case SequenceStart:
                return builder.Start(isMap: false, start);
            case Scalar scalar:
                var isPlain = scalar.Style == ScalarStyle.Plain;
                var text = source.Text.AsSpan(start, length);
                var written = isPlain ? text.Length : text.TrimEnd("\r\n \t").Length;
                return builder.Scalar(scalar.Value, !isPlain, !isPlain, start, written);
            case MappingEnd:
                builder.End(EndOfBracket(source.Text, start, '}'));
                return true;
            case SequenceEnd:
                builder.End(EndOfBracket(source.Text, start, ']'));
                return true;
            default:
                return true;
        }

        bool Refuse(int shown, string message, string help)
        {
            diagnostics.Report(DataDiagnostics.UnsupportedYaml, builder.At(start, shown), message, help);
            return false;
        }
    }

    // The end of a flow collection is reported in front of its bracket; a block collection has none.
    private static int? EndOfBracket(string text, int position, char bracket)
        => position < text.Length && text[position] == bracket ? position + 1 : null;

    private static int TagLength(string text, int start)
    {
        var length = text.AsSpan(start).IndexOfAny(TagEnds);
        return length < 0 ? text.Length - start : length;
    }
}
