using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace PolicyLang.Targets.Cloudflare.Reading.Expressions;

/// <summary>The literals of the expression language: numbers, addresses, bytes, regular expressions, wildcards and names of lists.</summary>
internal static class FilterLiterals
{
    private const int MostHashes = 255;

    /// <summary>A number. One that starts with zero is octal.</summary>
    public static bool TryInt(FilterScanner scanner, out long value)
    {
        var start = scanner.Position;
        var radix = 10;
        if (scanner.Take("0x"))
        {
            radix = 16;
        }
        else if (scanner.Current == '0')
        {
            radix = 8;
        }
        else
        {
            scanner.Take("-");
        }

        value = 0;
        var digits = scanner.Run(char.IsAsciiHexDigit);
        if (digits.IsEmpty)
        {
            return scanner.FailHere(FilterErrorKind.ExpectedName, "expected digit");
        }

        return TryParseInt(digits, radix, isNegative: scanner.Source[start] == '-', out value)
            || scanner.Fail(FilterErrorKind.ParseInt, start, scanner.Position, $"invalid or too large number while parsing with radix {radix.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>A number or a range such as <c>80..90</c>. A dash makes no range: <c>80-90</c> is 80 and then minus 90.</summary>
    public static bool TryIntRange(FilterScanner scanner, out (long First, long Last) range)
    {
        var start = scanner.Position;
        range = default;
        if (!TryInt(scanner, out var first))
        {
            return false;
        }

        var last = first;
        if (scanner.Take("..") && !TryInt(scanner, out last))
        {
            return false;
        }

        range = (first, last);
        return first <= last || scanner.Fail(FilterErrorKind.IncompatibleRangeBounds, start, scanner.Position, "incompatible range bounds");
    }

    /// <summary>An address.</summary>
    public static bool TryIp(FilterScanner scanner, out Address address)
    {
        var start = scanner.Position;
        address = default;
        return TryIpChunk(scanner, out var chunk)
            && (Address.TryParse(chunk, out address) || FailAddress(scanner, start, scanner.Position));
    }

    /// <summary>An address, a network, or an explicit range of addresses.</summary>
    public static bool TryIpRange(FilterScanner scanner, out AddressRange range)
    {
        var start = scanner.Position;
        range = default;
        if (!TryIpChunk(scanner, out var chunk))
        {
            return false;
        }

        var dots = chunk.IndexOf("..");
        if (dots < 0)
        {
            if (AddressRange.TryParseNetwork(chunk, out range, out var badFrom, out var reason))
            {
                return true;
            }

            var slash = chunk.IndexOf('/');
            var isAddress = reason.Contains("address in network", StringComparison.Ordinal);
            return scanner.Fail(FilterErrorKind.ParseNetwork, start + badFrom, isAddress && slash >= 0 ? start + slash : scanner.Position, reason);
        }

        if (!Address.TryParse(chunk[..dots], out var first))
        {
            return FailAddress(scanner, start, start + dots);
        }

        if (!Address.TryParse(chunk[(dots + 2)..], out var last))
        {
            return FailAddress(scanner, start + dots + 2, scanner.Position);
        }

        range = new AddressRange(first, last, -1);
        return (first.IsVersion6 == last.IsVersion6 && first.Bits <= last.Bits)
            || scanner.Fail(FilterErrorKind.IncompatibleRangeBounds, start, scanner.Position, "incompatible range bounds");
    }

    /// <summary>Bytes: in quotes, raw, or a sequence such as <c>61:62</c>.</summary>
    public static bool TryBytes(FilterScanner scanner, [NotNullWhen(true)] out BytesValue? value)
    {
        value = null;
        if (scanner.Take("\""))
        {
            return TryQuoted(scanner, out value);
        }

        return scanner.Take("r") ? TryRaw(scanner, out value) : TrySequence(scanner, out value);
    }

    /// <summary>A regular expression, in quotes or raw.</summary>
    public static bool TryRegex(FilterScanner scanner, [NotNullWhen(true)] out MatchesComparison? value)
    {
        value = null;
        string source;
        var start = scanner.Position + 1;
        if (scanner.Take("\""))
        {
            if (!TryQuotedRegex(scanner, out source))
            {
                return false;
            }
        }
        else if (scanner.Take("r"))
        {
            if (!TryRawText(scanner, out source))
            {
                return false;
            }
        }
        else
        {
            return scanner.FailHere(FilterErrorKind.ExpectedName, "expected \" or r");
        }

        var pattern = BytePatternParser.Parse(source, out var error);
        value = new MatchesComparison(source, pattern);
        return error is null || scanner.Fail(FilterErrorKind.ParseRegex, start, start + source.Length, $"regular expression: {error}");
    }

    /// <summary>A text with <c>*</c>, in quotes or raw.</summary>
    public static bool TryWildcard(FilterScanner scanner, bool isStrict, [NotNullWhen(true)] out WildcardComparison? value)
    {
        value = null;
        var start = scanner.Position;
        if (scanner.Current is not ('"' or 'r'))
        {
            return scanner.FailHere(FilterErrorKind.ExpectedName, "expected \" or r");
        }

        if (!TryBytes(scanner, out var bytes))
        {
            return false;
        }

        if (WildcardPattern.Parse(bytes.Bytes) is not { } pattern)
        {
            return scanner.Fail(FilterErrorKind.ParseWildcard, start, scanner.Position, "invalid wildcard");
        }

        value = new WildcardComparison(bytes, pattern, isStrict);
        return true;
    }

    /// <summary>
    /// The name of a list after <c>$</c>. The engine takes lower-case letters, digits, <c>_</c> and <c>.</c>; Gateway also takes identifiers with dashes
    /// (Cloudflare's API reference, examples of rules), which are read as the same identifier without them.
    /// </summary>
    public static bool TryListName(FilterScanner scanner, FilterDialect dialect, out string name)
    {
        name = "";
        if (!scanner.Take("$"))
        {
            return scanner.FailHere(FilterErrorKind.ExpectedLiteral, "expected literal \"$\"");
        }

        var start = scanner.Position;
        if (dialect == FilterDialect.Gateway && scanner.Current == TerraformReferences.Mark)
        {
            scanner.Position++;
            name = TerraformReferences.Mark + scanner.Run(char.IsAsciiDigit).ToString();
            return true;
        }

        var isDashed = dialect == FilterDialect.Gateway
            && start + 36 <= scanner.Source.Length
            && scanner.Source[start + 8] == '-'
            && Guid.TryParseExact(scanner.Source.AsSpan(start, 36), "D", out _);
        if (isDashed)
        {
            scanner.Position += 36;
            name = scanner.Source[start..scanner.Position].Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
            return true;
        }

        name = scanner.Run(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '.').ToString();
        if (name.Length == 0)
        {
            scanner.Position += scanner.IsAtEnd ? 0 : 1;
        }

        return (name.Length > 0 && name[0] != '.' && name[^1] != '.')
            || scanner.Fail(FilterErrorKind.InvalidListName, start, scanner.Position, $"invalid list name \"{scanner.Source[start..scanner.Position]}\"");
    }

    private static bool TryParseInt(ReadOnlySpan<char> digits, int radix, bool isNegative, out long value)
    {
        Int128 wide = 0;
        value = 0;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiHexDigit(c) ? (c | 0x20) - 'a' + 10 : int.MaxValue;
            wide = (wide * radix) + digit;
            if (digit >= radix || wide > (Int128)long.MaxValue + 1)
            {
                return false;
            }
        }

        wide = isNegative ? -wide : wide;
        value = (long)Int128.Clamp(wide, long.MinValue, long.MaxValue);
        return wide == value;
    }

    private static bool TryIpChunk(FilterScanner scanner, out ReadOnlySpan<char> chunk)
    {
        chunk = scanner.Run(c => char.IsAsciiHexDigit(c) || c is ':' or '.' or '/');
        return !chunk.IsEmpty || scanner.FailHere(FilterErrorKind.ExpectedName, "expected IP address character");
    }

    private static bool FailAddress(FilterScanner scanner, int start, int end)
        => scanner.Fail(FilterErrorKind.ParseNetwork, start, end, "couldn't parse address in network: invalid IP address syntax");

    private static bool TryQuoted(FilterScanner scanner, [NotNullWhen(true)] out BytesValue? value)
    {
        value = null;
        var start = scanner.Position;
        var plainFrom = start;
        var bytes = new StringBuilder();
        while (!scanner.IsAtEnd)
        {
            var c = scanner.Current;
            if (c is not ('"' or '\\'))
            {
                scanner.Position++;
                continue;
            }

            bytes.Append(ByteStrings.FromText(scanner.Source[plainFrom..scanner.Position]));
            scanner.Position++;
            if (c == '"')
            {
                value = new BytesValue(bytes.ToString());
                return true;
            }

            if (scanner.IsAtEnd)
            {
                break;
            }

            if (!TryEscape(scanner, bytes))
            {
                return false;
            }

            plainFrom = scanner.Position;
        }

        return scanner.Fail(FilterErrorKind.MissingEndingQuote, start, scanner.Source.Length, "could not find an ending quote");
    }

    private static bool TryEscape(FilterScanner scanner, StringBuilder bytes)
    {
        var c = scanner.Current;
        switch (c)
        {
            case '"' or '\\':
                scanner.Position++;
                bytes.Append(c);
                return true;
            case 'x':
                scanner.Position++;
                return TryByte(scanner, 2, 16, bytes);
            case >= '0' and <= '7':
                return TryByte(scanner, 3, 8, bytes);
            default:
                return scanner.Fail(FilterErrorKind.InvalidCharacterEscape, scanner.Position, scanner.Position + 1, "expected \", xHH or OOO after \\");
        }
    }

    private static bool TryByte(FilterScanner scanner, int length, int radix, StringBuilder bytes)
    {
        var start = scanner.Position;
        if (!TryCharacters(scanner, length, out var text))
        {
            return false;
        }

        if (!TryParseInt(text, radix, isNegative: false, out var value) || value > 255)
        {
            return scanner.Fail(FilterErrorKind.ParseInt, start, scanner.Position, $"invalid digit found in string while parsing with radix {radix.ToString(CultureInfo.InvariantCulture)}");
        }

        bytes.Append((char)value);
        return true;
    }

    // Characters outside the basic plane are one character to the engine.
    private static bool TryCharacters(FilterScanner scanner, int length, out ReadOnlySpan<char> text)
    {
        var start = scanner.Position;
        for (var i = 0; i < length; i++)
        {
            if (scanner.IsAtEnd)
            {
                text = [];
                return scanner.Fail(FilterErrorKind.CountMismatch, start, scanner.Source.Length, $"expected {length.ToString(CultureInfo.InvariantCulture)} characters, but got {i.ToString(CultureInfo.InvariantCulture)}");
            }

            scanner.Position += char.IsHighSurrogate(scanner.Current) && scanner.Position + 1 < scanner.Source.Length ? 2 : 1;
        }

        text = scanner.Source.AsSpan(start, scanner.Position - start);
        return true;
    }

    private static bool TryRaw(FilterScanner scanner, [NotNullWhen(true)] out BytesValue? value)
    {
        value = TryRawText(scanner, out var text) ? new BytesValue(ByteStrings.FromText(text)) : null;
        return value is not null;
    }

    private static bool TryRawText(FilterScanner scanner, out string text)
    {
        text = "";
        var start = scanner.Position;
        var hashes = scanner.Run(c => c == '#').Length;
        if (!scanner.Take("\"") || hashes > MostHashes)
        {
            return scanner.FailHere(FilterErrorKind.ExpectedName, "expected \" or #");
        }

        var content = scanner.Position;
        for (var end = scanner.Source.IndexOf('"', content); end >= 0; end = scanner.Source.IndexOf('"', end + 1))
        {
            scanner.Position = end + 1;
            if (hashes <= scanner.Source.Length - scanner.Position && scanner.Source.AsSpan(scanner.Position, hashes).IndexOfAnyExcept('#') < 0)
            {
                scanner.Position += hashes;
                text = scanner.Source[content..end];
                return true;
            }
        }

        return scanner.Fail(FilterErrorKind.MissingEndingQuote, start, scanner.Source.Length, "could not find an ending quote");
    }

    private static bool TrySequence(FilterScanner scanner, [NotNullWhen(true)] out BytesValue? value)
    {
        value = null;
        var bytes = new StringBuilder();
        if (!TryByte(scanner, 2, 16, bytes))
        {
            return false;
        }

        if (scanner.IsAtEnd)
        {
            return scanner.FailHere(FilterErrorKind.CountMismatch, "expected 1 character, but got 0");
        }

        if (scanner.Current is not (':' or '-' or '.'))
        {
            return scanner.FailHere(FilterErrorKind.ExpectedName, "expected byte separator");
        }

        while (scanner.Current is ':' or '-' or '.')
        {
            scanner.Position++;
            if (!TryByte(scanner, 2, 16, bytes))
            {
                return false;
            }
        }

        value = new BytesValue(bytes.ToString(), IsByteSequence: true);
        return true;
    }

    // A quote ends the expression unless it is escaped or stands in a class; every other escape is the expression's own.
    private static bool TryQuotedRegex(FilterScanner scanner, out string source)
    {
        var start = scanner.Position;
        var text = new StringBuilder();
        var isInClass = false;
        source = "";
        while (!scanner.IsAtEnd)
        {
            var c = scanner.Current;
            scanner.Position++;
            switch (c)
            {
                case '\\' when scanner.IsAtEnd:
                    break;
                case '\\':
                    var escaped = scanner.Current;
                    scanner.Position++;
                    if (escaped != '"' || isInClass)
                    {
                        text.Append('\\');
                    }

                    text.Append(escaped);
                    break;
                case '"' when !isInClass:
                    source = text.ToString();
                    return true;
                default:
                    isInClass = c == '[' || (isInClass && c != ']');
                    text.Append(c);
                    break;
            }
        }

        return scanner.Fail(FilterErrorKind.MissingEndingQuote, start, scanner.Source.Length, "could not find an ending quote");
    }
}
