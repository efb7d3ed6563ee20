using System.Buffers;
using System.Globalization;
using System.Text;

namespace PolicyLang.Targets.Text;

/// <summary>
/// Writes YAML that every reader takes for the same data: block style, keys in plain style only where no YAML version could read them
/// as anything but text, every string in double quotes. Values that YAML 1.1 and 1.2 read differently can therefore not occur.
/// </summary>
public sealed class YamlText
{
    private static readonly SearchValues<char> PlainKeyCharacters
        = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./");

    private static readonly SearchValues<string> AmbiguousKeys
        = SearchValues.Create(["y", "n", "yes", "no", "on", "off", "true", "false", "null"], StringComparison.OrdinalIgnoreCase);

    private readonly StringBuilder _text = new();
    private readonly Stack<Frame> _frames = new();

    private enum Frame
    {
        Map,
        FirstInItem,
        List,
    }

    /// <summary>The text so far.</summary>
    public override string ToString() => _text.ToString();

    /// <summary>The text so far as UTF-8.</summary>
    public byte[] ToUtf8()
    {
        var count = 0;
        foreach (var chunk in _text.GetChunks())
        {
            count += Encoding.UTF8.GetByteCount(chunk.Span);
        }

        var bytes = new byte[count];
        var position = 0;
        foreach (var chunk in _text.GetChunks())
        {
            position += Encoding.UTF8.GetBytes(chunk.Span, bytes.AsSpan(position));
        }

        return bytes;
    }

    /// <summary>Writes comment lines. Only between documents or top-level keys.</summary>
    public YamlText Comment(string line)
    {
        _text.Append("# ").Append(line).Append('\n');
        return this;
    }

    /// <summary>Starts a further document.</summary>
    public YamlText NextDocument()
    {
        _text.Append("---\n");
        return this;
    }

    /// <summary>Writes <c>key: "value"</c>.</summary>
    public YamlText Text(string key, string value)
    {
        Key(key);
        _text.Append(' ');
        AppendQuoted(value);
        _text.Append('\n');
        return this;
    }

    /// <summary>Writes <c>key: 1</c>.</summary>
    public YamlText Integer(string key, long value)
    {
        Key(key);
        _text.Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
        return this;
    }

    /// <summary>Writes <c>key: true</c>.</summary>
    public YamlText Flag(string key, bool value)
    {
        Key(key);
        _text.Append(value ? " true\n" : " false\n");
        return this;
    }

    /// <summary>Writes <c>key: []</c> or the strings below the key.</summary>
    public YamlText TextList(string key, IReadOnlyCollection<string> values)
    {
        Key(key);
        if (values.Count == 0)
        {
            _text.Append(" []\n");
            return this;
        }

        _text.Append('\n');
        foreach (var value in values)
        {
            Indent();
            _text.Append("- ");
            AppendQuoted(value);
            _text.Append('\n');
        }

        return this;
    }

    /// <summary>Writes <c>key: {}</c>.</summary>
    public YamlText EmptyMap(string key)
    {
        Key(key);
        _text.Append(" {}\n");
        return this;
    }

    /// <summary>Writes <c>key: []</c>.</summary>
    public YamlText EmptyList(string key)
    {
        Key(key);
        _text.Append(" []\n");
        return this;
    }

    /// <summary>Writes a key with a block below it. The block must not be empty.</summary>
    public YamlText Map(string key, Action<YamlText> content)
    {
        Key(key);
        _text.Append('\n');
        _frames.Push(Frame.Map);
        content(this);
        _frames.Pop();
        return this;
    }

    /// <summary>Writes a key with a list of blocks below it, or <c>[]</c>. No block may be empty.</summary>
    public YamlText MapList<T>(string key, IReadOnlyCollection<T> items, Action<YamlText, T> content)
    {
        Key(key);
        if (items.Count == 0)
        {
            _text.Append(" []\n");
            return this;
        }

        _text.Append('\n');
        foreach (var item in items)
        {
            _frames.Push(Frame.FirstInItem);
            content(this, item);
            _frames.Pop();
        }

        return this;
    }

    // A list item stands at its key's own depth, as kubectl and gofmt'd manifests have it: "- " takes the place of two spaces.
    private void Key(string key)
    {
        if (_frames.TryPeek(out var frame) && frame == Frame.FirstInItem)
        {
            _frames.Pop();
            Indent();
            _text.Append("- ");
            _frames.Push(Frame.List);
        }
        else
        {
            Indent();
        }

        var isPlain = key.Length > 0 && char.IsAsciiLetter(key[0]) && !key.AsSpan().ContainsAnyExcept(PlainKeyCharacters) && !AmbiguousKeys.Contains(key);
        if (isPlain)
        {
            _text.Append(key);
        }
        else
        {
            AppendQuoted(key);
        }

        _text.Append(':');
    }

    private void Indent() => _text.Append(' ', 2 * _frames.Count);

    private void AppendQuoted(string value)
    {
        _text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"':
                    _text.Append("\\\"");
                    break;
                case '\\':
                    _text.Append("\\\\");
                    break;
                case < ' ' or '\u007f' or (>= '\u0080' and <= '\u009f') or '\u2028' or '\u2029' or '\ufeff':
                    _text.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
                    break;
                default:
                    _text.Append(c);
                    break;
            }
        }

        _text.Append('"');
    }
}
