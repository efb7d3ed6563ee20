using System.Collections.Immutable;
using System.Text.RegularExpressions;
using PolicyLang.Diagnostics;

namespace PolicyLang.Targets.Tailscale.HuJson;

/// <summary>A text that is no HuJSON.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="offset">Where, counted in UTF-16 units.</param>
public sealed class HuJsonException(string message, int offset) : FormatException(message)
{
    /// <summary>Where, counted in UTF-16 units.</summary>
    public int Offset { get; } = offset;
}

/// <summary>Reads HuJSON; every character of the text is kept.</summary>
public static partial class HuJsonParser
{
    // Deeper nesting than any policy file has, and shallow enough for every stack.
    private const int GreatestDepth = 200;

    /// <summary>Reads a text.</summary>
    /// <exception cref="HuJsonException">The text is no HuJSON.</exception>
    public static HuJsonValue Parse(string text)
    {
        var reader = new Reader(text);
        var value = reader.ReadValue(0);
        if (reader.IsAtEnd)
        {
            return value;
        }

        // Most often a comment has taken the brace.
        throw value.Body is HuJsonLiteral ? new HuJsonException("the file does not begin with `{`", value.Body.Span.Start) : reader.Unexpected("the end of the file");
    }

    [GeneratedRegex(@"^(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex BareLiteral();

    private sealed class Reader(string text)
    {
        private int _position;

        public bool IsAtEnd => _position == text.Length;

        public HuJsonException Unexpected(string expected)
            => new(IsAtEnd ? $"expected {expected} but the text ends" : $"expected {expected} and not `{text[_position]}`", _position);

        public HuJsonValue ReadValue(int depth)
        {
            var before = ReadTrivia();
            var body = ReadBody(depth);
            return new HuJsonValue(body, before, ReadTrivia());
        }

        private HuJsonBody ReadBody(int depth)
        {
            if (depth > GreatestDepth)
            {
                throw new HuJsonException("brackets are nested too deeply", _position);
            }

            return IsAtEnd ? throw Unexpected("a value")
                : text[_position] switch
                {
                    '{' => ReadObject(depth),
                    '[' => ReadArray(depth),
                    '"' => ReadString(),
                    _ => ReadBareLiteral(),
                };
        }

        private HuJsonObject ReadObject(int depth)
        {
            var start = _position++;
            var members = ImmutableArray.CreateBuilder<HuJsonMember>();
            while (true)
            {
                var before = ReadTrivia();
                if (Take('}'))
                {
                    return new HuJsonObject(members.ToImmutable(), before, members.Count > 0) { Span = SpanFrom(start) };
                }

                if (IsAtEnd || text[_position] != '"')
                {
                    throw Unexpected("a name in quotes or `}`");
                }

                var name = new HuJsonValue(ReadString(), before, ReadTrivia());
                if (!Take(':'))
                {
                    throw Unexpected("`:`");
                }

                var value = ReadValue(depth + 1);
                if (Take(','))
                {
                    members.Add(new HuJsonMember(name, value));
                    continue;
                }

                if (!Take('}'))
                {
                    throw Unexpected("`,` or `}`");
                }

                members.Add(new HuJsonMember(name, new HuJsonValue(value.Body, value.Before)));
                return new HuJsonObject(members.ToImmutable(), value.After) { Span = SpanFrom(start) };
            }
        }

        private HuJsonArray ReadArray(int depth)
        {
            var start = _position++;
            var items = ImmutableArray.CreateBuilder<HuJsonValue>();
            while (true)
            {
                var before = ReadTrivia();
                if (Take(']'))
                {
                    return new HuJsonArray(items.ToImmutable(), before, items.Count > 0) { Span = SpanFrom(start) };
                }

                var body = ReadBody(depth + 1);
                var after = ReadTrivia();
                if (Take(','))
                {
                    items.Add(new HuJsonValue(body, before, after));
                    continue;
                }

                if (!Take(']'))
                {
                    throw Unexpected("`,` or `]`");
                }

                items.Add(new HuJsonValue(body, before));
                return new HuJsonArray(items.ToImmutable(), after) { Span = SpanFrom(start) };
            }
        }

        private HuJsonLiteral ReadString()
        {
            var start = _position;
            for (var end = start + 1; end < text.Length; end++)
            {
                if (text[end] == '\\')
                {
                    end++;
                }
                else if (text[end] == '"')
                {
                    _position = end + 1;
                    return HuJsonString.IsLiteral(text.AsSpan(start, _position - start))
                        ? new HuJsonLiteral(text[start.._position]) { Span = SpanFrom(start) }
                        : throw new HuJsonException("a string holds a control character or an unknown escape", start);
                }
            }

            throw new HuJsonException("a string is not closed", start);
        }

        private HuJsonLiteral ReadBareLiteral()
        {
            var start = _position;
            var end = start;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '-' or '+' or '.'))
            {
                end++;
            }

            var raw = text[start..end];
            if (!BareLiteral().IsMatch(raw))
            {
                throw Unexpected("a value");
            }

            _position = end;
            return new HuJsonLiteral(raw) { Span = SpanFrom(start) };
        }

        private string ReadTrivia()
        {
            var start = _position;
            while (!IsAtEnd)
            {
                if (HuJsonTrivia.IsSpace(text[_position]))
                {
                    _position++;
                    continue;
                }

                var length = HuJsonTrivia.CommentLength(text.AsSpan(_position));
                if (length < 0)
                {
                    throw new HuJsonException("a comment is not closed", _position);
                }

                if (length == 0)
                {
                    break;
                }

                _position += length;
            }

            return start == _position ? "" : text[start.._position];
        }

        private TextSpan SpanFrom(int start) => new(start, _position - start);

        private bool Take(char c)
        {
            if (IsAtEnd || text[_position] != c)
            {
                return false;
            }

            _position++;
            return true;
        }
    }
}
