using PolicyLang.Reading;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>Reads any YAML, with the types that Go's parser gives to values without quotes.</summary>
internal static class YamlDocuments
{
    private const string TextTag = "tag:yaml.org,2002:str";

    /// <summary>Hands over a document that is complete; an empty one is none.</summary>
    public static void Deliver(DocumentTree tree, IDocumentSink sink)
    {
        if (!tree.Broken.IsMissing || tree.Depth > 0)
        {
            var place = tree.Broken.IsMissing ? tree.Root.Place : tree.Broken.Place;
            sink.Unreadable(new ReadingProblem(ReadingProblemKind.NotModelled, "keys and values do not alternate here", place));
        }
        else if (!tree.RepeatedKey.IsMissing)
        {
            sink.Unreadable(new ReadingProblem(ReadingProblemKind.NotModelled, $"the key `{tree.RepeatedKey.Text}` stands here a second time", tree.RepeatedKey.Place));
        }
        else if (!tree.Root.IsNothing)
        {
            sink.Accept(tree.Root);
        }
    }

    /// <summary>Reads documents.</summary>
    /// <param name="tree">Holds each document while it is read.</param>
    /// <param name="text">The documents.</param>
    /// <param name="sink">Receives them.</param>
    public static void Read(DocumentTree tree, string text, IDocumentSink sink)
    {
        var hidden = text.AsSpan().IndexOfAnyInRange('\0', '\b');
        if (hidden >= 0)
        {
            sink.Unreadable(Refused(tree.Path, "a control character stands in the file", 0, 0));
            return;
        }

        var reached = new Mark();
        try
        {
            var parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
            ReadingProblem? problem = null;
            while (parser.MoveNext())
            {
                // The parser says no place for some values, such as a pair that stands in a list in brackets.
                var current = parser.Current!;
                reached = current.Start.Index > reached.Index ? current.Start : reached;
                switch (current)
                {
                    case DocumentStart:
                        tree.Clear();
                        problem = null;
                        break;
                    case DocumentEnd when problem is not null:
                        sink.Unreadable(problem);
                        break;
                    case DocumentEnd:
                        Deliver(tree, sink);
                        break;
                    default:
                        if (tree.Depth > DocumentReader.GreatestDepth)
                        {
                            sink.Unreadable(Refused(tree.Path, "the file holds too many values inside each other", Line(reached), Column(reached)));
                            return;
                        }

                        problem ??= Add(current);
                        break;
                }
            }
        }
        catch (YamlException exception)
        {
            // For a tab in an indentation the parser says no place.
            var at = exception.Start.Index > reached.Index ? exception.Start : reached;
            sink.Unreadable(Refused(tree.Path, "the file is not YAML from here on", Line(at), Column(at)));
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException or IndexOutOfRangeException or OverflowException)
        {
            // The parser throws these for some malformed texts, such as a tag that is no URI or text behind a document's end.
            sink.Unreadable(Refused(tree.Path, "the file is not YAML from here on", Line(reached), Column(reached)));
        }

        static int Line(Mark mark) => (int)Math.Max(1, mark.Line);

        static int Column(Mark mark) => (int)Math.Max(1, mark.Column);

        ReadingProblem? Add(ParsingEvent current)
        {
            var (line, column) = (Line(reached), Column(reached));
            switch (current)
            {
                case AnchorAlias:
                    return new ReadingProblem(ReadingProblemKind.NotModelled, "an alias (`*name`) stands for a value written elsewhere", new ArtefactPlace(tree.Path, line, column));
                case NodeEvent { Tag.IsEmpty: false } node when node.Tag.Value != TextTag && node is not Scalar { IsQuotedImplicit: true, Tag.IsNonSpecific: true }:
                    return new ReadingProblem(ReadingProblemKind.NotModelled, "a tag (`!name`) says what the value is", new ArtefactPlace(tree.Path, line, column));
                case MappingStart:
                    tree.Open(NodeKind.Map, line, column);
                    return null;
                case SequenceStart:
                    tree.Open(NodeKind.List, line, column);
                    return null;
                case MappingEnd or SequenceEnd:
                    tree.Close();
                    return null;
                case Scalar scalar:
                    var (kind, flag) = scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty ? PlainScalar.Classify(scalar.Value) : (NodeKind.Text, false);
                    tree.Add(kind, scalar.Value, line, column, flag);
                    return scalar.IsKey && kind != NodeKind.Text
                        ? new ReadingProblem(ReadingProblemKind.NotModelled, $"the key `{scalar.Value}` is not a text", new ArtefactPlace(tree.Path, line, column))
                        : null;
                default:
                    return null;
            }
        }
    }

    private static ReadingProblem Refused(string path, string message, int line, int column) => new(ReadingProblemKind.Refused, message, new ArtefactPlace(path, line, column));
}
