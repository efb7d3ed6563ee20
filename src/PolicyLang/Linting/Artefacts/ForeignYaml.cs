using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PolicyLang.Linting.Artefacts;

/// <summary>
/// Reads YAML of other systems into data with places: several documents, anchors, aliases, merge keys and tags as their readers take them. Values
/// stay texts; whether one stood in quotes is kept.
/// </summary>
internal static class ForeignYaml
{
    // Helm and Jinja; the last one is Terraform's `templatefile`.
    private static readonly SearchValues<string> TemplateSigns = SearchValues.Create(["{{", "{%", "%{"], StringComparison.Ordinal);

    /// <summary>Reads a text. Never throws for any text.</summary>
    /// <param name="source">The text.</param>
    /// <param name="diagnostics">Receives why it is no YAML.</param>
    /// <returns>The documents; nothing when the text cannot be read.</returns>
    public static ImmutableArray<DataNode> Read(SourceText source, DiagnosticBag diagnostics)
    {
        var reader = new Reader(source);
        var reached = 0;
        try
        {
            var parser = new Parser(new Scanner(new StringReader(source.Text), skipComments: true));
            while (parser.MoveNext())
            {
                if (parser.Current is { } current)
                {
                    reached = (int)current.End.Index;
                    if (!reader.Take(current, diagnostics))
                    {
                        return [];
                    }
                }
            }

            return reader.Documents.ToImmutable();
        }
        catch (YamlException exception)
        {
            ReportSyntax(exception.Message, (int)exception.Start.Index);
            return [];
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException or IndexOutOfRangeException or OverflowException)
        {
            // The parser throws these for some malformed texts, such as a tag that is no URI.
            ReportSyntax(exception.Message, reached);
            return [];
        }

        void ReportSyntax(string message, int position)
        {
            if (TemplateAt(source.Text, position) is { } template)
            {
                diagnostics.Report(LintDiagnostics.TemplateNotRead, new SourceLocation(source, new TextSpan(template, 2)), "this file is a template and no YAML, so it is not linted", "lint what it renders to: `helm template … > rendered.yaml`");
            }
            else
            {
                YamlSyntaxErrors.Report(message, position, source, reached, diagnostics);
            }
        }
    }

    // The first place up to a mistake where a template engine, and no text in quotes, has the word: a line or a value that begins with its sign, or a name to
    // be filled in at the mistake itself.
    private static int? TemplateAt(string text, int mistake)
    {
        if (mistake < text.Length && Placeholders.BeginsName(text.AsSpan(mistake)))
        {
            return mistake;
        }

        var end = text.AsSpan(Math.Min(mistake, text.Length)).IndexOf('\n') is >= 0 and var rest ? mistake + rest : text.Length;
        for (var sign = text.AsSpan(0, end).IndexOfSign(); sign is { } at;)
        {
            var before = text.AsSpan(0, at).TrimEnd(" \t");
            if (before.IsEmpty || before[^1] is '\n' or '\r' or ':' or '-' or '|' || before.EndsWith("}}"))
            {
                return at;
            }

            sign = text.AsSpan(at + 2, end - at - 2).IndexOfSign() is { } next ? at + 2 + next : null;
        }

        return null;
    }

    private static int? IndexOfSign(this ReadOnlySpan<char> text) => text.IndexOfAny(TemplateSigns) is >= 0 and var at ? at : null;

    private sealed class Reader(SourceText source)
    {
        private readonly Stack<Frame> _frames = new();
        private readonly Dictionary<string, Anchored> _anchors = new(StringComparer.Ordinal);
        private int _count;

        public ImmutableArray<DataNode>.Builder Documents { get; } = ImmutableArray.CreateBuilder<DataNode>();

        public bool Take(ParsingEvent current, DiagnosticBag diagnostics)
        {
            var start = Math.Min((int)current.Start.Index, source.Text.Length);
            var length = Math.Clamp((int)current.End.Index - start, 0, source.Text.Length - start);
            switch (current)
            {
                case DocumentStart:
                    _anchors.Clear();
                    return true;
                case AnchorAlias alias when _anchors.TryGetValue(alias.Value.Value, out var anchored):
                    // An alias counts for all it stands for, or a short file could mean more than memory holds.
                    _count += anchored.Size;
                    Add(anchored.Node, anchored.Size, default);
                    break;
                case AnchorAlias alias:
                    diagnostics.Report(DataDiagnostics.InvalidYaml, At(start, length), $"nothing in this document is called `&{alias.Value.Value}`");
                    return false;
                case MappingStart or SequenceStart:
                    _frames.Push(new Frame(current is MappingStart, start, ((NodeEvent)current).Anchor));
                    break;
                case MappingEnd or SequenceEnd:
                    End(start, current is MappingEnd ? '}' : ']');
                    break;
                case Scalar scalar:
                    var isPlain = scalar.Style == ScalarStyle.Plain;
                    var written = isPlain ? length : source.Text.AsSpan(start, length).TrimEnd("\r\n \t").Length;
                    Add(new DataScalar(scalar.Value, !isPlain, At(start, written)), 1, scalar.Anchor);
                    break;
                default:
                    return true;
            }

            var limits = DataLimits.Default;
            if (++_count > limits.Nodes || _frames.Count > limits.Depth)
            {
                var isDeep = _frames.Count > limits.Depth;
                diagnostics.Report(
                    isDeep ? DataDiagnostics.NestedTooDeeply : DataDiagnostics.TooManyValues,
                    At(start, 1),
                    isDeep ? string.Create(CultureInfo.InvariantCulture, $"data is nested more than {limits.Depth} levels deep here") : string.Create(CultureInfo.InvariantCulture, $"the file holds more than {limits.Nodes} values"));
                return false;
            }

            return true;
        }

        private SourceLocation At(int start, int length) => new(source, new TextSpan(start, length));

        private void End(int position, char bracket)
        {
            var frame = _frames.Pop();
            var isFlow = position < source.Text.Length && source.Text[position] == bracket;
            var start = !isFlow && frame is { IsMap: true, Entries.Count: > 0 } ? frame.Entries[0].KeyLocation.Span.Start : frame.Start;
            var end = isFlow ? position + 1 : Math.Max(start, frame.LastEnd);
            DataNode node = frame.IsMap ? new DataMap(Merge(frame.Entries), At(start, end - start)) : new DataList([.. frame.Items], At(start, end - start));
            Add(node, frame.Size, frame.Anchor);
        }

        private void Add(DataNode node, int size, AnchorName anchor)
        {
            if (!anchor.IsEmpty)
            {
                _anchors[anchor.Value] = new Anchored(node, size);
            }

            if (!_frames.TryPeek(out var frame))
            {
                Documents.Add(node);
                return;
            }

            frame.Size += size;
            frame.LastEnd = Math.Max(frame.LastEnd, node.Location.Span.End);
            if (!frame.IsMap)
            {
                frame.Items.Add(node);
            }
            else if (frame.Key is null)
            {
                frame.Key = node;
            }
            else
            {
                frame.Entries.Add(new DataEntry(frame.Key is DataScalar key ? key.Text : "", frame.Key.Location, node));
                frame.Key = null;
            }
        }

        private static ImmutableArray<DataEntry> Merge(List<DataEntry> entries)
        {
            if (!entries.Exists(entry => entry.Key == "<<"))
            {
                return [.. entries];
            }

            var own = entries.Where(entry => entry.Key != "<<").ToList();
            var known = own.Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);
            var merged = entries.Where(entry => entry.Key == "<<").SelectMany(entry => entry.Value is DataList list ? list.Items : [entry.Value]).OfType<DataMap>();
            foreach (var entry in merged.SelectMany(map => map.Entries))
            {
                if (known.Add(entry.Key))
                {
                    own.Add(entry);
                }
            }

            return [.. own];
        }

        private sealed record Anchored(DataNode Node, int Size);

        private sealed class Frame(bool isMap, int start, AnchorName anchor)
        {
            public bool IsMap { get; } = isMap;

            public int Start { get; } = start;

            public AnchorName Anchor { get; } = anchor;

            public int LastEnd { get; set; }

            public int Size { get; set; } = 1;

            public DataNode? Key { get; set; }

            public List<DataEntry> Entries { get; } = [];

            public List<DataNode> Items { get; } = [];
        }
    }
}
