using System.Buffers;
using System.Globalization;
using System.Text;

namespace PolicyLang.Targets.Text;

/// <summary>
/// Writes YAML that every reader takes for the same data: block style, keys in plain style only where no YAML version could read them
/// as anything but text, every string in double quotes. Values that YAML 1.1 and 1.2 read differently can therefore not occur.
/// Not safe for concurrent use.
/// </summary>
public sealed class YamlText
{
    // YAML limits an implicit key to 1024 characters, quotes included (YAML 1.2, chapter 8.2.2).
    private const int LongestKey = 1024;

    private static readonly SearchValues<char> PlainKeyCharacters
        = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./");

    private static readonly SearchValues<string> AmbiguousKeys
        = SearchValues.Create(["y", "n", "yes", "no", "on", "off", "true", "false", "null"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. EscapedCharacters()]);

    // Documents that are done leave the buffer once it holds this much.
    private const int EnoughToEncode = 16 * 1024;

    private readonly Stack<Frame> _frames = new();
    private readonly Utf8Chunks _done = new();
    private char[] _text = new char[1024];
    private int _length;

    private enum Frame
    {
        Map,
        FirstInItem,
        List,
    }

    /// <summary>The whole text as UTF-8. The text is forgotten and its memory kept, to write another file.</summary>
    /// <exception cref="EncoderFallbackException">A text holds half of a surrogate pair, which no UTF-8 can say.</exception>
    public byte[] TakeUtf8()
    {
        Encode();
        _frames.Clear();
        return _done.Take();
    }

    /// <summary>Writes comment lines. Only between documents or top-level keys. Characters that could end a line are written as escapes, line feeds start a further comment line.</summary>
    public YamlText Comment(string line)
    {
        foreach (var part in line.AsSpan().Split('\n'))
        {
            Append('#');
            var content = line.AsSpan(part);
            if (!content.IsEmpty)
            {
                Append(' ');
                AppendEscaped(content, isComment: true);
            }

            Append('\n');
        }

        return this;
    }

    /// <summary>Starts a further document.</summary>
    /// <exception cref="InvalidOperationException">A block is still open.</exception>
    public YamlText NextDocument()
    {
        if (_frames.Count > 0)
        {
            throw new InvalidOperationException("a document cannot start inside a block");
        }

        if (_length > EnoughToEncode)
        {
            Encode();
        }

        Append("---\n");
        return this;
    }

    /// <summary>Writes <c>key: "value"</c>.</summary>
    public YamlText Text(string key, string value)
    {
        Key(key);
        Append(' ');
        AppendQuoted(value);
        Append('\n');
        return this;
    }

    /// <summary>Writes <c>key: 1</c>.</summary>
    public YamlText Integer(string key, long value)
    {
        Key(key);
        Append(' ');
        Append(value.ToString(CultureInfo.InvariantCulture));
        Append('\n');
        return this;
    }

    /// <summary>Writes <c>key: true</c>.</summary>
    public YamlText Flag(string key, bool value)
    {
        Key(key);
        Append(value ? " true\n" : " false\n");
        return this;
    }

    /// <summary>Writes <c>key: []</c> or the strings below the key.</summary>
    public YamlText TextList(string key, IReadOnlyCollection<string> values)
    {
        Key(key);
        if (values.Count == 0)
        {
            Append(" []\n");
            return this;
        }

        Append('\n');
        foreach (var value in values)
        {
            Indent();
            Append("- ");
            AppendQuoted(value);
            Append('\n');
        }

        return this;
    }

    /// <summary>Writes <c>key: {}</c>.</summary>
    public YamlText EmptyMap(string key)
    {
        Key(key);
        Append(" {}\n");
        return this;
    }

    /// <summary>Writes <c>key: []</c>.</summary>
    public YamlText EmptyList(string key)
    {
        Key(key);
        Append(" []\n");
        return this;
    }

    /// <summary>Writes a key with a block below it, or <c>{}</c> when the block turns out empty.</summary>
    public YamlText Map(string key, Action<YamlText> content) => Map(key, content, static (yaml, write) => write(yaml));

    /// <summary>Writes a key with a block below it, or <c>{}</c> when the block turns out empty. The state saves a closure.</summary>
    public YamlText Map<T>(string key, T state, Action<YamlText, T> content)
    {
        Key(key);
        var end = _length;
        Append('\n');
        _frames.Push(Frame.Map);
        content(this, state);
        _frames.Pop();
        if (_length == end + 1)
        {
            _length = end;
            Append(" {}\n");
        }

        return this;
    }

    /// <summary>Writes a key with a list of blocks below it, or <c>[]</c>. An empty block is <c>{}</c>.</summary>
    public YamlText MapList<T>(string key, IList<T> items, Action<YamlText, T> content)
    {
        Key(key);
        if (items.Count == 0)
        {
            Append(" []\n");
            return this;
        }

        Append('\n');
        foreach (var item in items)
        {
            _frames.Push(Frame.FirstInItem);
            content(this, item);
            if (_frames.Pop() == Frame.FirstInItem)
            {
                Indent();
                Append("- {}\n");
            }
        }

        return this;
    }

    private static IEnumerable<char> EscapedCharacters()
    {
        yield return '"';
        yield return '\\';
        for (var c = '\0'; c < ' '; c++)
        {
            yield return c;
        }

        for (var c = '\u007f'; c <= '\u009f'; c++)
        {
            yield return c;
        }

        // Line and paragraph separator end a line in YAML 1.1; the others are not printable in any version.
        yield return '\u2028';
        yield return '\u2029';
        yield return '\ufeff';
        yield return '\ufffe';
        yield return '\uffff';
    }

    // A list item stands at its key's own depth, as kubectl and gofmt'd manifests have it: "- " takes the place of two spaces.
    private void Key(string key)
    {
        if (_frames.TryPeek(out var frame) && frame == Frame.FirstInItem)
        {
            _frames.Pop();
            Indent();
            Append("- ");
            _frames.Push(Frame.List);
        }
        else
        {
            Indent();
        }

        var start = _length;
        var isPlain = key.Length > 0 && char.IsAsciiLetter(key[0]) && !key.AsSpan().ContainsAnyExcept(PlainKeyCharacters)
            && (key.Length > 5 || !AmbiguousKeys.Contains(key));
        if (isPlain)
        {
            Append(key);
        }
        else
        {
            AppendQuoted(key);
        }

        if (_length - start > LongestKey)
        {
            throw new ArgumentException("a YAML key cannot be longer than 1024 characters", nameof(key));
        }

        Append(':');
    }

    private void Indent()
    {
        var count = 2 * _frames.Count;
        Reserve(count);
        _text.AsSpan(_length, count).Fill(' ');
        _length += count;
    }

    private void Encode()
    {
        _done.Append(_text.AsSpan(0, _length));
        _length = 0;
    }

    private void Append(char c)
    {
        Reserve(1);
        _text[_length++] = c;
    }

    private void Append(ReadOnlySpan<char> text)
    {
        Reserve(text.Length);
        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
    }

    private void Reserve(int count)
    {
        if (_text.Length - _length < count)
        {
            Array.Resize(ref _text, Math.Max(checked(_length + count), (int)Math.Min(2L * _text.Length, Array.MaxLength)));
        }
    }

    private void AppendQuoted(string value)
    {
        Append('"');
        AppendEscaped(value, isComment: false);
        Append('"');
    }

    private void AppendEscaped(ReadOnlySpan<char> rest, bool isComment)
    {
        while (true)
        {
            var next = rest.IndexOfAny(Escaped);
            if (next < 0)
            {
                Append(rest);
                return;
            }

            Append(rest[..next]);
            var c = rest[next];
            if (c is not ('"' or '\\'))
            {
                Append("\\u");
                Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
            }
            else if (isComment)
            {
                Append(c);
            }
            else
            {
                Append('\\');
                Append(c);
            }

            rest = rest[(next + 1)..];
        }
    }
}
