using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Linting.Artefacts.Terraform;

/// <summary>
/// Works out texts as far as a file says them: escapes, templates, and the few functions that people build expressions with. What only a run of
/// Terraform knows stays a hole in the text; where even the shape of the text is not known, there is none.
/// </summary>
internal sealed class TerraformTextReader
{
    private const int MostDepth = 16;

    private readonly HclScanner _scanner;
    private readonly Func<int, int> _origin;
    private readonly Func<string, int> _numberOf;

    private TerraformTextReader(string text, Func<int, int> origin, Func<string, int> numberOf)
    {
        _scanner = new HclScanner(text);
        _origin = origin;
        _numberOf = numberOf;
    }

    /// <summary>Reads the text of a value.</summary>
    /// <param name="node">The value.</param>
    /// <param name="numberOf">The number by which a hole is told from others, by what stands in it.</param>
    /// <returns>The text; nothing where it is not known, or no text.</returns>
    public static TerraformText? Read(DataNode node, Func<string, int> numberOf)
    {
        if (node is not (DataScalar or DataExpression))
        {
            return null;
        }

        var source = node.Location.Source;
        var extension = Path.GetExtension(source.Path);
        if (extension.Equals(".tf", StringComparison.OrdinalIgnoreCase))
        {
            return node is DataScalar { IsQuoted: false } scalar ? Plain(scalar.Text, node.Location) : ReadHcl(node.Location, numberOf);
        }

        if (!node.Location.Text.StartsWith('"') || !extension.Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            return node is DataScalar plain ? Plain(plain.Text, node.Location) : null;
        }

        var (text, offsets) = DecodeJson(node.Location);
        if (!TerraformResources.IsJson(source.Path))
        {
            // Configurations are quoted in JSON files that are none.
            return text.Contains("${", StringComparison.Ordinal) || text.Contains(TerraformText.Hole, StringComparison.Ordinal) ? null : new TerraformText(text, offsets, false, source);
        }

        var reader = new TerraformTextReader(text, i => offsets[Math.Min(i, text.Length)], numberOf);
        var piece = new Piece();
        return reader.ReadTemplate(piece, isQuoted: false, text.Length, MostDepth) ? piece.ToText(source, offsets[text.Length]) : null;
    }

    /// <summary>Reads a text of the native syntax.</summary>
    public static TerraformText? ReadHcl(SourceLocation location, Func<string, int> numberOf)
    {
        var start = location.Span.Start;
        var reader = new TerraformTextReader(location.Text, i => start + i, numberOf);
        var piece = new Piece();
        if (!reader.ReadTerm(piece, MostDepth))
        {
            return null;
        }

        reader._scanner.SkipBlank(isOverLines: true);
        return reader._scanner.IsAtEnd && reader._scanner.Unclosed is null ? piece.ToText(location.Source, location.Span.End) : null;
    }

    private static TerraformText Plain(string text, SourceLocation location)
    {
        var at = location.Text.IndexOf(text, StringComparison.Ordinal);
        var start = location.Span.Start + Math.Max(at, 0);
        return new TerraformText(text, [.. Enumerable.Range(0, text.Length + 1).Select(i => at < 0 ? start : start + i)], false, location.Source);
    }

    private static (string Text, ImmutableArray<int> Offsets) DecodeJson(SourceLocation location)
    {
        var written = location.Source.Text;
        var end = location.Span.End - 1;
        var text = new StringBuilder(location.Span.Length);
        var offsets = ImmutableArray.CreateBuilder<int>(location.Span.Length);
        for (var i = location.Span.Start + 1; i < end; i++)
        {
            offsets.Add(i);
            if (written[i] != '\\' || i + 1 >= end)
            {
                text.Append(written[i]);
                continue;
            }

            i++;
            if (written[i] == 'u' && i + 4 < end && ushort.TryParse(written.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                text.Append((char)unit);
                i += 4;
            }
            else
            {
                text.Append(written[i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', var c => c });
            }
        }

        offsets.Add(end);
        return (text.ToString(), offsets.ToImmutable());
    }

    private bool ReadTerm(Piece piece, int depth)
    {
        _scanner.SkipBlank(isOverLines: true);
        var start = _scanner.Position;
        if (depth == 0 || _scanner.IsAtEnd)
        {
            return false;
        }

        if (_scanner.Current == '"')
        {
            _scanner.Position++;
            return ReadTemplate(piece, isQuoted: true, _scanner.Text.Length, depth);
        }

        if (_scanner.SkipHeredoc() is var (first, end, isIndented))
        {
            var after = _scanner.Position;
            if (_scanner.Unclosed is not null || !ReadLines(piece, first, end, isIndented, depth))
            {
                return false;
            }

            _scanner.Position = after;
            return true;
        }

        if (char.IsAsciiDigit(_scanner.Current))
        {
            for (; char.IsAsciiDigit(_scanner.Current); _scanner.Position++)
            {
                piece.Add(_scanner.Current, _origin(_scanner.Position));
            }

            return true;
        }

        var function = _scanner.Name();
        if (function is "format" or "replace" or "chomp" or "trimspace" && _scanner.Current == '(')
        {
            _scanner.Position++;
            return ReadCall(function, piece, depth - 1);
        }

        return function.Length > 0 && ReadReference(start, piece);
    }

    // A reference such as `cloudflare_zero_trust_list.k8s.id` or `each.value.name`: one hole.
    private bool ReadReference(int start, Piece piece)
    {
        while (_scanner.Current == '.' || char.IsLetterOrDigit(_scanner.Current) || _scanner.Current is '_' or '-' or '[' or ']' or '"' or '*')
        {
            _scanner.Position++;
        }

        var text = _scanner.Text[start.._scanner.Position];
        if (text is "true" or "false" or "null")
        {
            return false;
        }

        piece.AddHole(_numberOf(text), _origin(start));
        return true;
    }

    private bool ReadCall(string function, Piece piece, int depth)
    {
        var arguments = new List<Piece>();
        while (true)
        {
            var argument = new Piece();
            if (!ReadTerm(argument, depth))
            {
                return false;
            }

            arguments.Add(argument);
            _scanner.SkipBlank(isOverLines: true);
            var c = _scanner.Current;
            _scanner.Position++;
            if (c == ')')
            {
                break;
            }

            if (c != ',')
            {
                return false;
            }

            _scanner.SkipBlank(isOverLines: true);
            if (_scanner.Current == ')')
            {
                _scanner.Position++;
                break;
            }
        }

        return function switch
        {
            "format" => piece.AddFormat(arguments),

            // Dashes taken out of an identifier leave the same list.
            "replace" when arguments is [var value, { Text: "-" }, { Text: "" }] && value.IsHole => piece.AddAll(value),
            "chomp" or "trimspace" when arguments is [var value] => piece.AddAll(value),
            _ => false,
        };
    }

    private bool ReadLines(Piece piece, int first, int end, bool isIndented, int depth)
    {
        var indent = isIndented ? IndentOf(_scanner.Text.AsSpan(first, end - first)) : 0;
        for (var line = first; line < end;)
        {
            var length = _scanner.Text.AsSpan(line, end - line).IndexOf('\n');
            var next = length < 0 ? end : line + length + 1;
            _scanner.Position = Math.Min(line + indent, next);
            if (indent > 0 && string.IsNullOrWhiteSpace(_scanner.Text[line..next]))
            {
                _scanner.Position = next - 1;
            }

            if (!ReadTemplate(piece, isQuoted: false, next, depth))
            {
                return false;
            }

            // A template may go over lines.
            line = Math.Max(next, _scanner.Position);
        }

        return true;
    }

    private static int IndentOf(ReadOnlySpan<char> lines)
    {
        var least = int.MaxValue;
        foreach (var line in lines.EnumerateLines())
        {
            if (!line.IsWhiteSpace())
            {
                least = Math.Min(least, line.Length - line.TrimStart().Length);
            }
        }

        return least == int.MaxValue ? 0 : least;
    }

    // A template as far as its quote, or as a given end.
    private bool ReadTemplate(Piece piece, bool isQuoted, int end, int depth)
    {
        while (_scanner.Position < end)
        {
            var at = _scanner.Position++;
            var c = _scanner.Text[at];
            if (isQuoted && c == '"')
            {
                return true;
            }

            if (c == TerraformText.Hole)
            {
                return false;
            }

            if (isQuoted && c == '\\' && _scanner.Position < end)
            {
                AddEscape(piece, at);
            }
            else if (c is '$' or '%' && _scanner.Current == c && _scanner.Peek(1) == '{')
            {
                piece.Add(c, _origin(at));
                piece.Add('{', _origin(at + 2));
                _scanner.Position += 2;
            }
            else if (c is '$' or '%' && _scanner.Current == '{')
            {
                _scanner.Position++;
                if (c == '%' || !ReadInterpolation(piece, at, depth))
                {
                    return false;
                }
            }
            else if (c != '\r' || isQuoted)
            {
                piece.Add(c, _origin(at));
            }
        }

        return !isQuoted;
    }

    private void AddEscape(Piece piece, int at)
    {
        var c = _scanner.Current;
        _scanner.Position++;
        if (c is 'u' or 'U')
        {
            var length = c == 'u' ? 4 : 8;
            if (_scanner.Position + length <= _scanner.Text.Length
                && int.TryParse(_scanner.Text.AsSpan(_scanner.Position, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
                && Rune.TryCreate(value, out var rune))
            {
                _scanner.Position += length;
                foreach (var unit in rune.ToString())
                {
                    piece.Add(unit, _origin(at));
                }

                return;
            }
        }

        piece.Add(c switch { 'n' => '\n', 'r' => '\r', 't' => '\t', _ => c }, _origin(at));
    }

    private bool ReadInterpolation(Piece piece, int at, int depth)
    {
        var start = _scanner.Position;
        var inner = new Piece();
        if (ReadTerm(inner, depth - 1))
        {
            _scanner.SkipBlank(isOverLines: true);
            if (_scanner.Current == '}')
            {
                _scanner.Position++;
                return piece.AddAll(inner);
            }
        }

        _scanner.Position = start;
        _scanner.SkipExpression(isOverLines: true);
        while (_scanner.Current == ',')
        {
            _scanner.Position++;
            _scanner.SkipExpression(isOverLines: true);
        }

        if (_scanner.Current != '}')
        {
            return false;
        }

        piece.AddHole(_numberOf(_scanner.Text[start.._scanner.Position]), _origin(at));
        _scanner.Position++;
        return true;
    }

    private sealed class Piece
    {
        private readonly StringBuilder _text = new();
        private readonly ImmutableArray<int>.Builder _offsets = ImmutableArray.CreateBuilder<int>();

        public string Text => _text.ToString();

        public bool IsComputed { get; private set; }

        /// <summary>Whether it is one hole and nothing else.</summary>
        public bool IsHole => IsComputed && _text[0] == TerraformText.Hole && Text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

        public void Add(char c, int offset)
        {
            _text.Append(c);
            _offsets.Add(offset);
        }

        public void AddHole(int number, int offset)
        {
            IsComputed = true;
            foreach (var c in string.Create(CultureInfo.InvariantCulture, $"{TerraformText.Hole}{number}"))
            {
                Add(c, offset);
            }
        }

        public bool AddAll(Piece other)
        {
            _text.Append(other._text);
            _offsets.AddRange(other._offsets);
            IsComputed |= other.IsComputed;
            return true;
        }

        public bool AddFormat(List<Piece> arguments)
        {
            var format = arguments[0];
            var text = format.Text;
            var next = 1;
            IsComputed |= format.IsComputed;
            for (var i = 0; i < text.Length; i++)
            {
                if (text[i] != '%')
                {
                    Add(text[i], format._offsets[i]);
                    continue;
                }

                i++;
                if (i < text.Length && text[i] == '%')
                {
                    Add('%', format._offsets[i]);
                }
                else if (i < text.Length && text[i] is 's' or 'd' or 'v' && next < arguments.Count)
                {
                    AddAll(arguments[next++]);
                }
                else
                {
                    return false;
                }
            }

            return next == arguments.Count;
        }

        public TerraformText ToText(SourceText source, int end)
        {
            _offsets.Add(end);
            return new TerraformText(Text, _offsets.ToImmutable(), IsComputed, source);
        }
    }
}
