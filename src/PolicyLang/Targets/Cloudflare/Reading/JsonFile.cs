using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Cloudflare.Reading;

/// <summary>A JSON file with positions.</summary>
internal sealed class JsonFile
{
    private const int MostDepth = 64;

    private readonly string _path;
    private readonly ReadOnlyMemory<byte> _content;
    private int _offset;
    private int _line = 1;
    private int _column = 1;

    private JsonFile(string path, ReadOnlyMemory<byte> content)
    {
        _path = path;
        _content = content;
    }

    /// <summary>The value of the file; absent when it is no JSON.</summary>
    public JsonItem? Root { get; private set; }

    /// <summary>Reads a file. Whatever is wrong with it is reported, since then nothing is known of what it says.</summary>
    public static JsonFile Read(Artefact artefact, ICollection<ReadingProblem> problems)
    {
        // Editors on Windows put a mark in front of UTF-8.
        var content = artefact.Content.Span.StartsWith("\uFEFF"u8) ? artefact.Content[3..] : artefact.Content;
        var file = new JsonFile(artefact.Path, content);
        try
        {
            file.Root = file.ReadTree();
            if (file.Root is null)
            {
                problems.Add(new ReadingProblem(ReadingProblemKind.Refused, "an object of the file names one member twice", file.PlaceOf(file._offset)));
            }
        }
        catch (JsonException exception)
        {
            var place = new ArtefactPlace(artefact.Path, (int)Math.Min((exception.LineNumber ?? 0) + 1, int.MaxValue), (int)Math.Min((exception.BytePositionInLine ?? 0) + 1, int.MaxValue));
            problems.Add(new ReadingProblem(ReadingProblemKind.Refused, "the file is no JSON, or it is nested too deeply", place));
        }
        catch (InvalidOperationException)
        {
            problems.Add(new ReadingProblem(ReadingProblemKind.Refused, "a text of the file holds an escape that is no character, or bytes that are no UTF-8", new ArtefactPlace(artefact.Path, 0, 0)));
        }

        return file;
    }

    /// <summary>The place of a byte. Quick where offsets ask for it in their order.</summary>
    public ArtefactPlace PlaceOf(int offset)
    {
        if (offset < _offset)
        {
            (_offset, _line, _column) = (0, 1, 1);
        }

        var passed = _content.Span[_offset..Math.Min(offset, _content.Length)];
        for (var end = passed.IndexOf((byte)'\n'); end >= 0; end = passed.IndexOf((byte)'\n'))
        {
            passed = passed[(end + 1)..];
            _line++;
            _column = 1;
        }

        _column += Encoding.UTF8.GetCharCount(passed);
        _offset = offset;
        return new ArtefactPlace(_path, _line, _column);
    }

    private JsonItem? ReadTree()
    {
        var reader = new Utf8JsonReader(_content.Span, new JsonReaderOptions { MaxDepth = MostDepth });
        var frames = new Stack<Frame>();
        JsonItem? root = null;
        while (reader.Read())
        {
            var offset = (int)reader.TokenStartIndex;
            JsonItem item;
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    frames.Push(new Frame(reader.TokenType == JsonTokenType.StartObject, offset));
                    continue;
                case JsonTokenType.PropertyName:
                    var frame = frames.Peek();
                    frame.Name = reader.GetString()!;
                    frame.NameOffset = offset;
                    if (!frame.Names!.Add(frame.Name))
                    {
                        PlaceOf(offset);
                        return null;
                    }

                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    item = frames.Pop().ToItem();
                    break;
                case JsonTokenType.String:
                    item = Scalar(JsonItemKind.Text, offset, reader.GetString()!);
                    break;
                case JsonTokenType.Number:
                    item = Scalar(JsonItemKind.Number, offset, Encoding.UTF8.GetString(reader.ValueSpan));
                    break;
                default:
                    item = Scalar(reader.TokenType switch { JsonTokenType.True => JsonItemKind.True, JsonTokenType.False => JsonItemKind.False, _ => JsonItemKind.Null }, offset, "");
                    break;
            }

            if (frames.TryPeek(out var parent))
            {
                parent.Add(item);
            }
            else
            {
                root = item;
            }
        }

        return root;
    }

    private static JsonItem Scalar(JsonItemKind kind, int offset, string text) => new(kind, offset, text, [], []);

    private sealed class Frame(bool isMap, int offset)
    {
        private readonly ImmutableArray<JsonItem>.Builder _items = ImmutableArray.CreateBuilder<JsonItem>();
        private readonly ImmutableArray<JsonMember>.Builder _members = ImmutableArray.CreateBuilder<JsonMember>();

        public HashSet<string>? Names { get; } = isMap ? new HashSet<string>(StringComparer.Ordinal) : null;

        public string Name { get; set; } = "";

        public int NameOffset { get; set; }

        public void Add(JsonItem item)
        {
            if (isMap)
            {
                _members.Add(new JsonMember(Name, NameOffset, item));
            }
            else
            {
                _items.Add(item);
            }
        }

        public JsonItem ToItem() => new(isMap ? JsonItemKind.Map : JsonItemKind.List, offset, "", _items.DrainToImmutable(), _members.DrainToImmutable());
    }
}
