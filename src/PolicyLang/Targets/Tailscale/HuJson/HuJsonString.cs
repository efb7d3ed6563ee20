using System.Buffers;
using System.Globalization;
using System.Text;

namespace PolicyLang.Targets.Tailscale.HuJson;

/// <summary>String literals of JSON.</summary>
public static class HuJsonString
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<char> NeedingCare = SearchValues.Create(['"', '\\', .. Enumerable.Range(0, ' ').Select(c => (char)c)]);

    /// <summary>
    /// The shortest literal for a text: only quotes, backslashes and control characters are escaped (RFC 8785, section 3.2.2.2).
    /// Halves of surrogate pairs become U+FFFD, because UTF-8 cannot hold them.
    /// </summary>
    public static string Quote(string text)
    {
        if (!text.AsSpan().ContainsAny(NeedingCare) && !text.AsSpan().ContainsAnyInRange('\ud800', '\udfff'))
        {
            return string.Concat("\"", text, "\"");
        }

        var literal = new StringBuilder(text.Length + 2).Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '"' or '\\':
                    literal.Append('\\').Append(c);
                    break;
                case '\b':
                    literal.Append("\\b");
                    break;
                case '\t':
                    literal.Append("\\t");
                    break;
                case '\n':
                    literal.Append("\\n");
                    break;
                case '\f':
                    literal.Append("\\f");
                    break;
                case '\r':
                    literal.Append("\\r");
                    break;
                case < ' ':
                    literal.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                    {
                        literal.Append(c).Append(text[++i]);
                    }
                    else
                    {
                        literal.Append(char.IsSurrogate(c) ? '\ufffd' : c);
                    }

                    break;
            }
        }

        return literal.Append('"').ToString();
    }

    /// <summary>The text of a string literal.</summary>
    /// <param name="literal">A literal that <see cref="IsLiteral"/> accepts.</param>
    public static string Unquote(string literal)
    {
        var inner = literal.AsSpan(1, literal.Length - 2);
        if (!inner.Contains('\\'))
        {
            return inner.ToString();
        }

        var text = new StringBuilder(inner.Length);
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] != '\\')
            {
                text.Append(inner[i]);
                continue;
            }

            i++;
            switch (inner[i])
            {
                case 'b':
                    text.Append('\b');
                    break;
                case 't':
                    text.Append('\t');
                    break;
                case 'n':
                    text.Append('\n');
                    break;
                case 'f':
                    text.Append('\f');
                    break;
                case 'r':
                    text.Append('\r');
                    break;
                case 'u':
                    text.Append((char)ushort.Parse(inner.Slice(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                    i += 4;
                    break;
                default:
                    text.Append(inner[i]);
                    break;
            }
        }

        return text.ToString();
    }

    /// <summary>Whether a text in quotes is a string literal of JSON (RFC 8259, section 7).</summary>
    public static bool IsLiteral(ReadOnlySpan<char> literal)
    {
        if (literal.Length < 2 || literal[0] != '"' || literal[^1] != '"')
        {
            return false;
        }

        var inner = literal[1..^1];
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] < ' ' || inner[i] == '"')
            {
                return false;
            }

            if (inner[i] != '\\')
            {
                continue;
            }

            i++;
            if (i == inner.Length)
            {
                return false;
            }

            if (inner[i] == 'u')
            {
                if (i + 5 > inner.Length || inner.Slice(i + 1, 4).ContainsAnyExcept(HexDigits))
                {
                    return false;
                }

                i += 4;
            }
            else if (!"\"\\/bfnrt".Contains(inner[i], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
