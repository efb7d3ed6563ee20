using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>
/// Reads a stream of YAML documents as kubectl does. What its line splitter and its YAML library, kustomize and the API server do not all read alike
/// (directives, tags, merge keys, a document that begins on the line of its marker) is read as it stands, and doubted.
/// </summary>
internal static class ManifestYaml
{
    /// <summary>Reads a text. Never throws for any text.</summary>
    public static ManifestStream Read(string text, CancellationToken cancellationToken)
    {
        var tree = new ManifestTree();
        var reader = new EventReader(text, tree);
        try
        {
            var parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
            while (parser.MoveNext())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (parser.Current is { } current && !reader.Read(current))
                {
                    break;
                }
            }
        }
        catch (YamlException exception)
        {
            tree.Fail("this is not YAML: " + Lower(exception.Message), (int)exception.Start.Line, (int)exception.Start.Column);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException or IndexOutOfRangeException or OverflowException)
        {
            // The parser throws these for some malformed texts.
            tree.Fail("this is not YAML", reader.Line, reader.Column);
        }

        return tree.ToStream();
    }

    private static string Lower(string message)
    {
        var text = message.TrimEnd('.');
        return text.Length > 0 ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }

    private sealed class EventReader(string text, ManifestTree tree)
    {
        private const string SplitDoubt = "tools split the stream here in different ways";

        private readonly Dictionary<string, ManifestNode> _anchors = new(StringComparer.Ordinal);
        private readonly Stack<string?> _openAnchors = new();
        private readonly HashSet<string> _unfinished = new(StringComparer.Ordinal);
        private int _markerLine;

        public int Line { get; private set; } = 1;

        public int Column { get; private set; } = 1;

        public bool Read(ParsingEvent current)
        {
            (Line, Column) = ((int)current.Start.Line, (int)current.Start.Column);
            if (current is NodeEvent node)
            {
                if (Line == _markerLine)
                {
                    tree.Doubt(SplitDoubt, Line, Column);
                }

                _markerLine = 0;
                if (!node.Tag.IsEmpty)
                {
                    tree.Doubt("a tag (`!…`) changes what the value is", Line, Column);
                }
            }

            switch (current)
            {
                case DocumentStart start:
                    _anchors.Clear();
                    _markerLine = start.IsImplicit ? 0 : Line;
                    if (start.Version is not null || start.Tags is { Count: > 0 } && !start.IsImplicit && start.Tags.Any(t => t.Handle is not ("!" or "!!")))
                    {
                        tree.Doubt("a directive (`%…`) changes how the document is read", Line, Column);
                    }

                    return true;
                case DocumentEnd end:
                    if (!end.IsImplicit)
                    {
                        tree.Doubt(SplitDoubt, Line, Column);
                    }

                    tree.EndDocument();
                    return true;
                case AnchorAlias alias:
                    return ReadAlias(alias.Value.Value);
                case MappingStart map:
                    return Open(map.Anchor) && tree.StartMap(Line, Column);
                case SequenceStart list:
                    return Open(list.Anchor) && tree.StartList(Line, Column);
                case MappingEnd or SequenceEnd:
                    Close(tree.End());
                    return true;
                case Scalar scalar:
                    return ReadScalar(scalar);
                default:
                    return true;
            }
        }

        private bool ReadScalar(Scalar scalar)
        {
            var isPlain = scalar.Style == ScalarStyle.Plain;
            var start = (int)scalar.Start.Index;
            if (isPlain && scalar.Value.Length > 0 && (scalar.Value[0] == '?' || (start > 0 && start <= text.Length && text[start - 1] == ':')))
            {
                // YAML 1.1 and 1.2 part such texts differently inside brackets, and so do parsers.
                tree.Doubt("a text without quotes that begins with `?` or `:` is read in different ways", Line, Column);
            }

            if (!tree.ExpectsKey)
            {
                var node = new ManifestScalar(isPlain ? YamlScalars.KindOf(scalar.Value) : ManifestScalarKind.Text, scalar.Value, Line, Column);
                if (!scalar.Anchor.IsEmpty)
                {
                    _anchors[scalar.Anchor.Value] = node;
                }

                return tree.Add(node);
            }

            if (!scalar.Anchor.IsEmpty)
            {
                _anchors[scalar.Anchor.Value] = new ManifestScalar(isPlain ? YamlScalars.KindOf(scalar.Value) : ManifestScalarKind.Text, scalar.Value, Line, Column);
            }

            if (isPlain && scalar.Value == "<<")
            {
                tree.Doubt("a merge key (`<<`) is not modelled", Line, Column);
            }

            if ((isPlain ? YamlScalars.KeyText(scalar.Value) : scalar.Value) is not { } key)
            {
                return tree.Fail("a key without text is refused", Line, Column);
            }

            tree.Key(key, Line, Column);
            return true;
        }

        private bool ReadAlias(string name)
        {
            if (_unfinished.Contains(name) || !_anchors.TryGetValue(name, out var node))
            {
                return tree.Fail($"the alias `*{name}` names nothing in front of it", Line, Column);
            }

            if (!tree.ExpectsKey)
            {
                return tree.Add(node);
            }

            if (node is not ManifestScalar { Kind: ManifestScalarKind.Text } scalar)
            {
                return tree.Fail("a key must be a text", Line, Column);
            }

            tree.Key(scalar.Text, Line, Column);
            return true;
        }

        private bool Open(AnchorName anchor)
        {
            if (tree.ExpectsKey)
            {
                return tree.Fail("a key must be a text", Line, Column);
            }

            var name = anchor.IsEmpty ? null : anchor.Value;
            _openAnchors.Push(name);
            if (name is not null)
            {
                _unfinished.Add(name);
            }

            return true;
        }

        private void Close(ManifestNode node)
        {
            if (_openAnchors.Pop() is { } name)
            {
                _unfinished.Remove(name);
                _anchors[name] = node;
            }
        }
    }
}
