using System.Globalization;
using System.Net;
using System.Text;

namespace PolicyLang.Tests.Targets.Cloudflare;

/// <summary>
/// Reads and evaluates the part of the wirefilter language that Gateway rules of policyc use, by the grammar of the engine
/// (cloudflare/wirefilter, lex.rs and rhs_types): independent of the writer, so that it proves what the writer emits.
/// </summary>
internal static class WirefilterReference
{
    /// <summary>A parsed expression. Values are canonical texts: <c>ip:…</c>, <c>int:…</c>, <c>bytes:…</c>.</summary>
    internal abstract record Node;

    internal sealed record Logical(string Operator, Node Left, Node Right) : Node;

    internal sealed record Comparison(string Field, bool IsAny, string[]? Values, string? List) : Node;

    private static readonly Dictionary<string, (string Type, bool IsArray)> Fields = new(StringComparer.Ordinal)
    {
        ["net.dst.ip"] = ("ip", false),
        ["net.dst.port"] = ("int", false),
        ["net.protocol"] = ("bytes", false),
        ["net.vnet_id"] = ("bytes", false),
        ["http.conn.dst_ip"] = ("ip", true),
        ["http.conn.vnet_id"] = ("bytes", false),
        ["identity.email"] = ("bytes", false),
        ["identity.groups.name"] = ("bytes", true),
        ["identity.groups.id"] = ("bytes", true),
        ["device_posture.checks.passed"] = ("bytes", true),
    };

    public static Node Parse(string expression) => new Parser(expression).ParseFilter();

    /// <summary>Every value that is compared with a field.</summary>
    public static IEnumerable<string> ValuesOf(Node node, string field) => node switch
    {
        Logical logical => ValuesOf(logical.Left, field).Concat(ValuesOf(logical.Right, field)),
        Comparison comparison when comparison.Field == field => comparison.Values ?? [],
        _ => [],
    };

    /// <summary>Whether an expression holds; the empty one always does, and a comparison with an absent field never.</summary>
    public static bool Holds(string expression, IReadOnlyDictionary<string, string[]> fields) => expression.Length == 0 || Holds(Parse(expression), fields);

    private static bool Holds(Node node, IReadOnlyDictionary<string, string[]> fields) => node switch
    {
        Logical { Operator: "and" } and => Holds(and.Left, fields) && Holds(and.Right, fields),
        Logical or => Holds(or.Left, fields) || Holds(or.Right, fields),
        Comparison { Values: { } values } comparison => fields.TryGetValue(comparison.Field, out var present) && present.Intersect(values, StringComparer.Ordinal).Any(),
        _ => throw new InvalidOperationException("lists are not evaluated"),
    };

    private sealed class Parser(string text)
    {
        private int _position;

        public Node ParseFilter()
        {
            var node = ParseOr();
            return _position == text.Length ? node : throw Error("end");
        }

        private Node ParseOr()
        {
            var left = ParseAnd();
            while (TryWord(" or "))
            {
                left = new Logical("or", left, ParseAnd());
            }

            return left;
        }

        private Node ParseAnd()
        {
            var left = ParseSimple();
            while (TryWord(" and "))
            {
                left = new Logical("and", left, ParseSimple());
            }

            return left;
        }

        private Node ParseSimple()
        {
            if (TryWord("("))
            {
                var inner = ParseOr();
                Expect(")");
                return inner;
            }

            if (TryWord("any("))
            {
                var comparison = ParseComparison(isAny: true);
                Expect(")");
                return comparison;
            }

            return ParseComparison(isAny: false);
        }

        private Comparison ParseComparison(bool isAny)
        {
            var start = _position;
            while (_position < text.Length && (char.IsAsciiLetterOrDigit(text[_position]) || text[_position] is '_' or '.'))
            {
                _position++;
            }

            var field = text[start.._position];
            if (!Fields.TryGetValue(field, out var kind) || kind.IsArray != isAny)
            {
                throw Error("a field of the right kind");
            }

            if (isAny)
            {
                Expect("[*]");
            }

            if (TryWord(" == "))
            {
                return new Comparison(field, isAny, [ParseValue(kind.Type)], null);
            }

            Expect(" in ");
            if (TryWord("$"))
            {
                var list = _position;
                while (_position < text.Length && (char.IsAsciiLetterLower(text[_position]) || char.IsAsciiDigit(text[_position])))
                {
                    _position++;
                }

                return _position > list ? new Comparison(field, isAny, null, text[list.._position]) : throw Error("the name of a list");
            }

            Expect("{");
            var values = new List<string>();
            while (!TryWord("}"))
            {
                values.Add(ParseValue(kind.Type));
                _ = TryWord(" ");
            }

            return new Comparison(field, isAny, [.. values], null);
        }

        private string ParseValue(string type) => type switch
        {
            "ip" => ParseAddress(),
            "int" => ParseInteger(),
            _ => ParseBytes(),
        };

        private string ParseAddress()
        {
            var start = _position;
            while (_position < text.Length && (char.IsAsciiHexDigit(text[_position]) || text[_position] is '.' or ':' or '/'))
            {
                _position++;
            }

            // Short addresses such as `10` mean networks in sets and nothing elsewhere.
            var written = text[start.._position];
            var isWhole = written.Contains(':', StringComparison.Ordinal) || written.Count(c => c == '.') == 3;
            return isWhole && IPAddress.TryParse(written, out var address) ? "ip:" + address : throw Error("an address");
        }

        // A leading zero would be octal.
        private string ParseInteger()
        {
            var start = _position;
            while (_position < text.Length && char.IsAsciiDigit(text[_position]))
            {
                _position++;
            }

            return _position > start && text[start] != '0' && int.TryParse(text.AsSpan(start, _position - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? "int:" + number.ToString(CultureInfo.InvariantCulture)
                : throw Error("a number");
        }

        private string ParseBytes()
        {
            Expect("\"");
            var value = new StringBuilder("bytes:");
            while (true)
            {
                if (_position == text.Length)
                {
                    throw Error("an ending quote");
                }

                var c = text[_position++];
                if (c == '"')
                {
                    return value.ToString();
                }

                if (c == '\\')
                {
                    c = _position < text.Length && text[_position] is '"' or '\\' ? text[_position++] : throw Error("\", xHH or OOO after \\");
                }

                value.Append(c);
            }
        }

        private bool TryWord(string word)
        {
            if (string.CompareOrdinal(text, _position, word, 0, word.Length) != 0)
            {
                return false;
            }

            _position += word.Length;
            return true;
        }

        private void Expect(string word)
        {
            if (!TryWord(word))
            {
                throw Error($"`{word}`");
            }
        }

        private FormatException Error(string expected) => new($"expected {expected} at {_position} in: {text}");
    }
}
