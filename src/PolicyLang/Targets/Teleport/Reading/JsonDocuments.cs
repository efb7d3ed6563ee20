using System.Text.Json;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>Reads JSON values that stand one behind the other.</summary>
internal static class JsonDocuments
{
    private static readonly JsonReaderOptions s_options = new() { AllowMultipleValues = true, MaxDepth = DocumentReader.GreatestDepth };

    /// <summary>Reads the documents.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="bytes">The file, which is UTF-8.</param>
    /// <param name="isSurelyJson">Whether the file can be nothing else.</param>
    /// <param name="sink">Receives them.</param>
    /// <returns>False when the file is no JSON and may be something else; nothing was handed over then.</returns>
    public static bool Read(string path, ReadOnlySpan<byte> bytes, bool isSurelyJson, IDocumentSink sink)
    {
        var tree = new DocumentTree(path);
        var hasDocuments = false;
        var position = new Position();
        try
        {
            var reader = new Utf8JsonReader(bytes, s_options);
            while (reader.Read())
            {
                position.MoveTo(bytes, (int)reader.TokenStartIndex);
                Add(ref reader, tree, position);
                if (tree.Depth == 0 && reader.TokenType != JsonTokenType.PropertyName)
                {
                    YamlDocuments.Deliver(tree, sink);
                    tree.Clear();
                    hasDocuments = true;
                }
            }

            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            if (!isSurelyJson && !hasDocuments)
            {
                return false;
            }

            sink.Unreadable(new ReadingProblem(ReadingProblemKind.Refused, "the file is not JSON from here on", new ArtefactPlace(path, position.Line, position.Column)));
            return true;
        }
    }

    private static void Add(ref Utf8JsonReader reader, DocumentTree tree, Position position)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                tree.Open(NodeKind.Map, position.Line, position.Column);
                break;
            case JsonTokenType.StartArray:
                tree.Open(NodeKind.List, position.Line, position.Column);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                tree.Close();
                break;
            case JsonTokenType.PropertyName or JsonTokenType.String:
                tree.Add(NodeKind.Text, reader.GetString()!, position.Line, position.Column);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                var flag = reader.TokenType == JsonTokenType.True;
                tree.Add(NodeKind.Flag, flag ? "true" : "false", position.Line, position.Column, flag);
                break;
            case JsonTokenType.Number:
                tree.Add(NodeKind.Number, System.Text.Encoding.ASCII.GetString(reader.ValueSpan), position.Line, position.Column);
                break;
            default:
                tree.Add(NodeKind.Null, "", position.Line, position.Column);
                break;
        }
    }

    // Tokens come in order, so lines are counted once over the file.
    private struct Position
    {
        private int _offset;
        private int _line;
        private int _column;

        public readonly int Line => _line + 1;

        public readonly int Column => _column + 1;

        public void MoveTo(ReadOnlySpan<byte> bytes, int offset)
        {
            while (bytes[_offset..offset].IndexOf((byte)'\n') is >= 0 and var end)
            {
                _offset += end + 1;
                _line++;
                _column = 0;
            }

            // Bytes that continue a character are not counted.
            foreach (var b in bytes[_offset..offset])
            {
                _column += (b & 0xc0) == 0x80 ? 0 : 1;
            }

            _offset = offset;
        }
    }
}
