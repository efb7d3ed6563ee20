using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace PolicyLang.Targets.Tailscale.Reading;

/// <summary>A text that is no HuJSON.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="offset">Where, in bytes.</param>
internal sealed class PolicyTextException(string message, int offset) : FormatException(message)
{
    public int Offset { get; } = offset;
}

/// <summary>Reads HuJSON (JSON with comments and trailing commas) in one pass over its bytes; keeps positions and no white space.</summary>
internal ref struct PolicyTextParser
{
    // Deeper nesting than any policy file has, and shallow enough for every stack.
    private const int GreatestDepth = 200;
    private const int LongestSharedText = 96;
    private const int SharedTexts = 1 << 13;

    private static readonly SearchValues<byte> EndsPlainText = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 32).Select(b => (byte)b)]);

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly string?[] _shared;

    // The items and members of all lists and objects that are open; each takes its own from the end when it closes.
    private readonly List<PolicyNode> _items = [];
    private readonly List<PolicyMember> _members = [];
    private int _position;

    private PolicyTextParser(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        _shared = new string?[SharedTexts];
    }

    /// <summary>Reads a text.</summary>
    /// <exception cref="PolicyTextException">The text is no HuJSON.</exception>
    public static PolicyNode Parse(ReadOnlySpan<byte> bytes)
    {
        if (!Utf8.IsValid(bytes))
        {
            throw new PolicyTextException("the file is not UTF-8", 0);
        }

        var parser = new PolicyTextParser(bytes);
        parser.SkipTrivia();
        var node = parser.ReadValue(0);
        parser.SkipTrivia();
        return parser._position == bytes.Length ? node : throw parser.Unexpected("the end of the file");
    }

    private readonly PolicyTextException Unexpected(string expected)
    {
        if (_position >= _bytes.Length)
        {
            return new PolicyTextException($"expected {expected} but the text ends", _position);
        }

        Rune.DecodeFromUtf8(_bytes[_position..], out var rune, out _);
        return new PolicyTextException(Rune.IsControl(rune) ? $"expected {expected} and not a control character" : $"expected {expected} and not `{rune}`", _position);
    }

    private readonly bool At(byte b) => _position < _bytes.Length && _bytes[_position] == b;

    private bool Take(byte b)
    {
        if (!At(b))
        {
            return false;
        }

        _position++;
        return true;
    }

    private void SkipTrivia()
    {
        while (_position < _bytes.Length)
        {
            switch (_bytes[_position])
            {
                case (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r':
                    _position++;
                    break;
                case (byte)'/':
                    SkipComment();
                    break;
                default:
                    return;
            }
        }
    }

    private void SkipComment()
    {
        var rest = _bytes[_position..];
        var end = rest.StartsWith("//"u8) ? "\n"u8 : rest.StartsWith("/*"u8) ? "*/"u8 : throw Unexpected("a value");
        var index = rest[2..].IndexOf(end);
        _position = index >= 0 ? _position + 2 + index + end.Length : throw new PolicyTextException("a comment is not closed", _position);
    }

    private PolicyNode ReadValue(int depth)
    {
        if (depth > GreatestDepth)
        {
            throw new PolicyTextException("brackets are nested too deeply", _position);
        }

        var start = _position;
        return start >= _bytes.Length ? throw Unexpected("a value")
            : _bytes[start] switch
            {
                (byte)'{' => ReadObject(depth),
                (byte)'[' => ReadList(depth),
                (byte)'"' => new PolicyNode(PolicyNodeKind.Text, start, ReadText()),
                _ => ReadLiteral(),
            };
    }

    private PolicyNode ReadObject(int depth)
    {
        var start = _position++;
        var first = _members.Count;
        while (true)
        {
            SkipTrivia();
            if (Take((byte)'}'))
            {
                break;
            }

            var nameOffset = _position;
            var name = At((byte)'"') ? ReadText() : throw Unexpected("a name in quotes or `}`");
            SkipTrivia();
            if (!Take((byte)':'))
            {
                throw Unexpected("`:`");
            }

            SkipTrivia();
            _members.Add(new PolicyMember(name, nameOffset, ReadValue(depth + 1)));
            SkipTrivia();
            if (!Take((byte)',') && !At((byte)'}'))
            {
                throw Unexpected("`,` or `}`");
            }
        }

        return new PolicyNode(start, TakeFrom(_members, first));
    }

    private PolicyNode ReadList(int depth)
    {
        var start = _position++;
        var first = _items.Count;
        while (true)
        {
            SkipTrivia();
            if (Take((byte)']'))
            {
                break;
            }

            _items.Add(ReadValue(depth + 1));
            SkipTrivia();
            if (!Take((byte)',') && !At((byte)']'))
            {
                throw Unexpected("`,` or `]`");
            }
        }

        return new PolicyNode(start, TakeFrom(_items, first));
    }

    private static T[] TakeFrom<T>(List<T> open, int first)
    {
        var taken = CollectionsMarshal.AsSpan(open)[first..].ToArray();
        CollectionsMarshal.SetCount(open, first);
        return taken;
    }

    private PolicyNode ReadLiteral()
    {
        var start = _position;
        var end = start;
        while (end < _bytes.Length && (char.IsAsciiLetterOrDigit((char)_bytes[end]) || _bytes[end] is (byte)'-' or (byte)'+' or (byte)'.'))
        {
            end++;
        }

        var literal = _bytes[start..end];
        var node = literal.SequenceEqual("null"u8) ? new PolicyNode(PolicyNodeKind.Null, start)
            : literal.SequenceEqual("true"u8) ? new PolicyNode(PolicyNodeKind.True, start)
            : literal.SequenceEqual("false"u8) ? new PolicyNode(PolicyNodeKind.False, start)
            : IsNumber(literal) ? new PolicyNode(PolicyNodeKind.Number, start, Encoding.ASCII.GetString(literal))
            : throw Unexpected("a value");
        _position = end;
        return node;
    }

    // RFC 8259, section 6.
    private static bool IsNumber(ReadOnlySpan<byte> literal)
    {
        var rest = literal.StartsWith("-"u8) ? literal[1..] : literal;
        var digits = TakeDigits(ref rest);
        if (digits == 0 || (digits > 1 && literal[literal[0] == '-' ? 1 : 0] == '0'))
        {
            return false;
        }

        if (rest.StartsWith("."u8))
        {
            rest = rest[1..];
            if (TakeDigits(ref rest) == 0)
            {
                return false;
            }
        }

        if (rest.Length > 0 && rest[0] is (byte)'e' or (byte)'E')
        {
            rest = rest[1..];
            rest = rest.Length > 0 && rest[0] is (byte)'-' or (byte)'+' ? rest[1..] : rest;
            if (TakeDigits(ref rest) == 0)
            {
                return false;
            }
        }

        return rest.IsEmpty;
    }

    private static int TakeDigits(ref ReadOnlySpan<byte> rest)
    {
        var count = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        count = count < 0 ? rest.Length : count;
        rest = rest[count..];
        return count;
    }

    private string ReadText()
    {
        var start = _position + 1;
        var length = _bytes[start..].IndexOfAny(EndsPlainText);
        if (length < 0)
        {
            throw new PolicyTextException("a string is not closed", _position);
        }

        if (_bytes[start + length] != '"')
        {
            return ReadEscapedText(start, length);
        }

        _position = start + length + 1;
        return Share(_bytes.Slice(start, length));
    }

    // Selectors, tags and keys repeat in every rule.
    private readonly string Share(ReadOnlySpan<byte> text)
    {
        if (text.Length > LongestSharedText)
        {
            return Encoding.UTF8.GetString(text);
        }

        var hash = 2166136261u;
        foreach (var b in text)
        {
            hash = (hash ^ b) * 16777619u;
        }

        ref var slot = ref _shared[hash % SharedTexts];
        return slot is not null && Ascii.Equals(text, slot) ? slot : slot = Encoding.UTF8.GetString(text);
    }

    private string ReadEscapedText(int start, int plain)
    {
        var text = new StringBuilder(Encoding.UTF8.GetString(_bytes.Slice(start, plain)));
        var at = start + plain;
        while (true)
        {
            if (_bytes[at] == '"')
            {
                _position = at + 1;
                return WithoutLoneSurrogates(text);
            }

            if (_bytes[at] != '\\')
            {
                throw new PolicyTextException("a string holds a control character", at);
            }

            at = ReadEscape(at + 1, text);
            var rest = _bytes[at..];
            plain = rest.IndexOfAny(EndsPlainText);
            if (plain < 0)
            {
                throw new PolicyTextException("a string is not closed", _position);
            }

            text.Append(Encoding.UTF8.GetString(rest[..plain]));
            at += plain;
        }
    }

    private readonly int ReadEscape(int at, StringBuilder text)
    {
        var escape = at < _bytes.Length ? (char)_bytes[at] : throw new PolicyTextException("a string is not closed", _position);
        if (escape == 'u')
        {
            if (at + 5 > _bytes.Length || !ushort.TryParse(_bytes.Slice(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                throw new PolicyTextException("a string holds an unknown escape", at - 1);
            }

            text.Append((char)unit);
            return at + 5;
        }

        text.Append(escape switch
        {
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '"' or '\\' or '/' => escape,
            _ => throw new PolicyTextException("a string holds an unknown escape", at - 1),
        });
        return at + 1;
    }

    private static string WithoutLoneSurrogates(StringBuilder text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                text[i] = '\ufffd';
            }
        }

        return text.ToString();
    }
}
