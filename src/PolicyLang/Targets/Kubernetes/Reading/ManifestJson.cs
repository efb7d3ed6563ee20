using System.Text;
using System.Text.Json;

namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>Reads JSON documents one behind another, as kubectl takes them.</summary>
internal static class ManifestJson
{
    /// <summary>Reads a file. Never throws for any bytes.</summary>
    public static ManifestStream Read(ReadOnlySpan<byte> bytes, CancellationToken cancellationToken)
    {
        var tree = new ManifestTree();
        var places = new Places();
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 200, AllowMultipleValues = true });
            while (reader.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                places.MoveTo(bytes, (int)reader.TokenStartIndex);
                if (!ReadToken(ref reader, tree, places))
                {
                    break;
                }

                if (reader.CurrentDepth == 0 && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
                {
                    tree.EndDocument();
                }
            }
        }
        catch (JsonException exception)
        {
            tree.Fail("this is not JSON", (int)(exception.LineNumber ?? 0) + 1, (int)(exception.BytePositionInLine ?? 0) + 1);
        }

        return tree.ToStream();
    }

    private static bool ReadToken(ref Utf8JsonReader reader, ManifestTree tree, Places places)
    {
        var (line, column) = (places.Line, places.Column);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return tree.StartMap(line, column);
            case JsonTokenType.StartArray:
                return tree.StartList(line, column);
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                tree.End();
                return true;
            case JsonTokenType.PropertyName when TryGetText(ref reader) is { } key:
                tree.Key(key, line, column);
                return true;
            case JsonTokenType.String when TryGetText(ref reader) is { } text:
                return tree.Add(new ManifestScalar(ManifestScalarKind.Text, text, line, column));
            case JsonTokenType.PropertyName or JsonTokenType.String:
                return tree.Fail("a text holds an escape that is no character", line, column);
            default:
                var kind = reader.TokenType switch
                {
                    JsonTokenType.Null => ManifestScalarKind.Null,
                    JsonTokenType.True or JsonTokenType.False => ManifestScalarKind.Boolean,
                    _ => ManifestScalarKind.Number,
                };
                return tree.Add(new ManifestScalar(kind, Encoding.UTF8.GetString(reader.ValueSpan), line, column));
        }
    }

    private static string? TryGetText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair
        }
    }

    /// <summary>Lines and columns of offsets that only grow.</summary>
    private sealed class Places
    {
        private int _offset;

        public int Line { get; private set; } = 1;

        public int Column { get; private set; } = 1;

        public void MoveTo(ReadOnlySpan<byte> bytes, int offset)
        {
            for (; _offset < offset; _offset++)
            {
                if (bytes[_offset] == (byte)'\n')
                {
                    Line++;
                    Column = 1;
                }
                else if ((bytes[_offset] & 0xC0) != 0x80)
                {
                    Column++;
                }
            }
        }
    }
}
