using System.Globalization;
using System.Text;

namespace PolicyLang.Targets.Cloudflare.Reading.Expressions;

/// <summary>
/// Parses the regular expressions of Rust's <c>regex</c> crate without Unicode, as far as they are common: what is left out (set operations in
/// classes, Unicode, free spacing) makes no pattern, so that a comparison with it stays undecided.
/// </summary>
internal sealed class BytePatternParser
{
    private const int MostSteps = 20_000;
    private const int MostDepth = 100;

    private readonly string _text;
    private readonly List<PatternStep> _steps = [];
    private int _at;
    private int _depth;
    private int _repetitions;
    private bool _ignoresCase;
    private bool _isMultiLine;
    private bool _dotTakesAll;
    private string? _error;
    private bool _isUnsupported;

    private BytePatternParser(string text) => _text = text;

    /// <summary>Parses an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="error">Why the engine refuses it; nothing where it does not.</param>
    /// <returns>The pattern; nothing where it is refused or uses what is not modelled.</returns>
    public static BytePattern? Parse(string text, out string? error)
    {
        var parser = new BytePatternParser(text);
        var end = parser.Emit(PatternStepKind.Match);
        var start = parser.Alternation(end);
        if (parser.IsFine && parser._at < text.Length)
        {
            parser._error = "unopened group";
        }

        error = parser._isUnsupported ? null : parser._error;
        return parser.IsFine ? new BytePattern([.. parser._steps], start) : null;
    }

    private bool IsFine => _error is null && !_isUnsupported;

    // Steps are made from the end to the front: each construct gets the step that follows it and gives the one that starts it.
    private int Emit(PatternStepKind kind, int next = 0, int other = 0, ByteSet bytes = default)
    {
        if (_steps.Count >= MostSteps)
        {
            _isUnsupported = true;
            return 0;
        }

        _steps.Add(new PatternStep(kind, next, other, bytes));
        return _steps.Count - 1;
    }

    // A construct is kept as what makes its steps, since a repetition makes them several times.
    private int Alternation(int next) => ParseAlternation()(next);

    private Func<int, int> ParseAlternation()
    {
        var flags = (_ignoresCase, _isMultiLine, _dotTakesAll);
        if (++_depth > MostDepth)
        {
            _isUnsupported = true;
        }

        var branches = new List<Func<int, int>> { ParseSequence() };
        while (IsFine && Take('|'))
        {
            branches.Add(ParseSequence());
        }

        _depth--;
        (_ignoresCase, _isMultiLine, _dotTakesAll) = flags;
        return next =>
        {
            var first = branches[^1](next);
            for (var i = branches.Count - 2; i >= 0; i--)
            {
                first = Emit(PatternStepKind.Split, branches[i](next), first);
            }

            return first;
        };
    }

    private Func<int, int> ParseSequence()
    {
        var parts = new List<Func<int, int>>();
        while (IsFine && _at < _text.Length && _text[_at] is not ('|' or ')'))
        {
            if (ParseItem() is { } item)
            {
                parts.Add(ParseRepetitions(item));
            }
        }

        return next =>
        {
            for (var i = parts.Count - 1; i >= 0; i--)
            {
                next = parts[i](next);
            }

            return next;
        };
    }

    private Func<int, int>? ParseItem()
    {
        var c = _text[_at++];
        switch (c)
        {
            case '(':
                return ParseGroup();
            case '[':
                return Set(ParseClass());
            case '.':
                return Set(_dotTakesAll ? default(ByteSet).Negate() : ByteSet.Of('\n').Negate());
            case '^':
                return Assertion(_isMultiLine ? PatternStepKind.LineStart : PatternStepKind.TextStart);
            case '$':
                return Assertion(_isMultiLine ? PatternStepKind.LineEnd : PatternStepKind.TextEnd);
            case '*' or '+' or '?' or '{':
                return Refuse("repetition operator missing expression");
            case '\\':
                return ParseEscape();
            default:
                _at--;
                return Literal();
        }
    }

    private Func<int, int> Literal()
    {
        Rune.DecodeFromUtf16(_text.AsSpan(_at), out var rune, out var length);
        _at += length;
        if (rune.IsAscii)
        {
            return Set(Case(ByteSet.Of(rune.Value)));
        }

        var bytes = Encoding.UTF8.GetBytes(rune.ToString());
        return next =>
        {
            for (var i = bytes.Length - 1; i >= 0; i--)
            {
                next = Emit(PatternStepKind.Byte, next, bytes: ByteSet.Of(bytes[i]));
            }

            return next;
        };
    }

    private Func<int, int>? ParseGroup()
    {
        // The flags of "(?i:…)" end with it; those of "(?i)" end with the group around it.
        var flags = (_ignoresCase, _isMultiLine, _dotTakesAll);
        if (Take('?'))
        {
            if (Take('=') || Take('!') || (_at + 1 < _text.Length && _text[_at] == '<' && _text[_at + 1] is '=' or '!'))
            {
                return Refuse("look-around, including look-ahead and look-behind, is not supported");
            }

            if (Take('P') || (_at < _text.Length && _text[_at] == '<'))
            {
                var end = _text.IndexOf('>', _at);
                if (!Take('<') || end < 0)
                {
                    return Refuse("unclosed group name");
                }

                _at = end + 1;
            }
            else if (!ParseFlags(out var isGroup) || !isGroup)
            {
                return null;
            }
        }

        var content = ParseAlternation();
        (_ignoresCase, _isMultiLine, _dotTakesAll) = flags;
        return Take(')') ? content : Refuse("unclosed group");
    }

    private bool ParseFlags(out bool isGroup)
    {
        isGroup = false;
        var isOn = true;
        while (_at < _text.Length)
        {
            switch (_text[_at++])
            {
                case '-':
                    isOn = false;
                    break;
                case 'i':
                    _ignoresCase = isOn;
                    break;
                case 'm':
                    _isMultiLine = isOn;
                    break;
                case 's':
                    _dotTakesAll = isOn;
                    break;
                case 'U':
                    break;
                case 'u' or 'x' or 'R':
                    _isUnsupported |= isOn;
                    break;
                case ':':
                    isGroup = true;
                    return true;
                case ')':
                    return true;
                default:
                    Refuse("unrecognized flag");
                    return false;
            }
        }

        Refuse("unclosed group");
        return false;
    }

    private Func<int, int>? ParseEscape()
    {
        if (_at == _text.Length)
        {
            return Refuse("incomplete escape sequence");
        }

        switch (_text[_at])
        {
            case 'b':
                _at++;
                _isUnsupported |= _at < _text.Length && _text[_at] == '{';
                return Assertion(PatternStepKind.WordBoundary);
            case 'B':
                _at++;
                return Assertion(PatternStepKind.NoWordBoundary);
            case 'A':
                _at++;
                return Assertion(PatternStepKind.TextStart);
            case 'z':
                _at++;
                return Assertion(PatternStepKind.TextEnd);
            default:
                return Set(ParseEscapedSet());
        }
    }

    private ByteSet ParseEscapedSet()
    {
        var c = _text[_at++];
        switch (c)
        {
            case 'd' or 'D' or 'w' or 'W' or 's' or 'S':
                var set = NamedSets.Perl(char.ToLowerInvariant(c));
                return char.IsAsciiLetterUpper(c) ? set.Negate() : set;
            case 't':
                return ByteSet.Of('\t');
            case 'n':
                return ByteSet.Of('\n');
            case 'r':
                return ByteSet.Of('\r');
            case 'f':
                return ByteSet.Of('\f');
            case 'v':
                return ByteSet.Of('\v');
            case 'a':
                return ByteSet.Of('\a');
            case 'x':
                return ParseHexadecimal();
            case 'p' or 'P':
                Refuse("Unicode not allowed here");
                return default;
            case >= '0' and <= '9':
                Refuse("backreferences are not supported");
                return default;
            case 'u' or 'U' or '<' or '>' or > '\x7F':
                _isUnsupported = true;
                return default;
            default:
                if (char.IsAsciiLetter(c))
                {
                    Refuse("unrecognized escape sequence");
                    return default;
                }

                return ByteSet.Of(c);
        }
    }

    private ByteSet ParseHexadecimal()
    {
        if (_at + 2 <= _text.Length && byte.TryParse(_text.AsSpan(_at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            _at += 2;
            return Case(ByteSet.Of(value));
        }

        _isUnsupported = true;
        return default;
    }

    private ByteSet ParseClass()
    {
        var isNegated = Take('^');
        var set = default(ByteSet);
        for (var isFirst = true; IsFine; isFirst = false)
        {
            if (_at >= _text.Length)
            {
                Refuse("unclosed character class");
                return default;
            }

            if (_text[_at] == ']' && !isFirst)
            {
                _at++;
                break;
            }

            set = set.Union(ParseClassItem());
        }

        set = Case(set);
        return isNegated ? set.Negate() : set;
    }

    private ByteSet ParseClassItem()
    {
        var c = _text[_at];
        var isOperator = _at + 1 < _text.Length && c == _text[_at + 1] && c is '&' or '-' or '~';
        if (c > '\x7F' || isOperator)
        {
            _isUnsupported = true;
            return default;
        }

        if (c == '[')
        {
            return NamedSets.TakePosix(_text, ref _at) is { } posix ? posix : Unsupported();
        }

        _at++;
        var first = c == '\\' ? (_at < _text.Length ? ParseEscapedSet() : Unsupported()) : ByteSet.Of(c);
        if (_at + 1 >= _text.Length || _text[_at] != '-' || _text[_at + 1] == ']' || _text[_at + 1] == '-')
        {
            return first;
        }

        _at++;
        var last = _text[_at++];
        var end = last == '\\' ? (_at < _text.Length ? ParseEscapedSet() : Unsupported()) : last is '[' or > '\x7F' ? Unsupported() : ByteSet.Of(last);
        if (NamedSets.Single(first) is not { } from || NamedSets.Single(end) is not { } to)
        {
            return Unsupported();
        }

        if (from > to)
        {
            Refuse("invalid character class range");
            return default;
        }

        return ByteSet.Range(from, to);
    }

    private Func<int, int> ParseRepetitions(Func<int, int> item)
    {
        for (var wraps = 0; IsFine && _at < _text.Length; wraps++)
        {
            if (wraps == MostDepth)
            {
                _isUnsupported = true;
                return item;
            }

            int least;
            int? most;
            switch (_text[_at])
            {
                case '*':
                    (least, most) = (0, null);
                    _at++;
                    break;
                case '+':
                    (least, most) = (1, null);
                    _at++;
                    break;
                case '?':
                    (least, most) = (0, 1);
                    _at++;
                    break;
                case '{':
                    if (!TryParseCounts(out least, out most))
                    {
                        return item;
                    }

                    break;
                default:
                    return item;
            }

            // Whether as few or as many as possible makes no difference to whether there is a match.
            Take('?');
            item = Repeat(item, least, most);
        }

        return item;
    }

    private Func<int, int> Repeat(Func<int, int> item, int least, int? most) => next =>
    {
        if (most is null)
        {
            var loop = Emit(PatternStepKind.Split, 0, next);
            var body = item(loop);
            if (IsFine)
            {
                _steps[loop] = _steps[loop] with { Next = body };
            }

            next = loop;
        }
        else
        {
            var end = next;
            for (var i = least; i < most && MayRepeat(); i++)
            {
                next = Emit(PatternStepKind.Split, item(next), end);
            }
        }

        for (var i = 0; i < least && MayRepeat(); i++)
        {
            next = item(next);
        }

        return next;
    };

    // What is repeated may make no steps at all, so that counting steps is not enough.
    private bool MayRepeat()
    {
        _isUnsupported |= ++_repetitions > MostSteps;
        return IsFine;
    }

    private bool TryParseCounts(out int least, out int? most)
    {
        (least, most) = (0, null);
        var end = _text.IndexOf('}', _at);
        var parts = end < 0 ? [] : _text[(_at + 1)..end].Split(',');
        if (parts.Length is 0 or > 2 || !TryParseCount(parts[0], out least))
        {
            Refuse("invalid repetition");
            return false;
        }

        most = least;
        if (parts.Length == 2)
        {
            most = null;
            if (parts[1].Trim().Length > 0)
            {
                if (!TryParseCount(parts[1], out var written) || written < least)
                {
                    Refuse("invalid repetition count range");
                    return false;
                }

                most = written;
            }
        }

        _at = end + 1;
        return true;
    }

    private static bool TryParseCount(string text, out int count)
        => int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out count);

    private ByteSet Case(ByteSet set) => _ignoresCase ? set.IgnoreCase() : set;

    private Func<int, int> Set(ByteSet set) => next => Emit(PatternStepKind.Byte, next, bytes: set);

    private Func<int, int> Assertion(PatternStepKind kind) => next => Emit(kind, next);

    private bool Take(char c)
    {
        if (_at < _text.Length && _text[_at] == c)
        {
            _at++;
            return true;
        }

        return false;
    }

    private Func<int, int>? Refuse(string error)
    {
        _error ??= error;
        return null;
    }

    private ByteSet Unsupported()
    {
        _isUnsupported = true;
        return default;
    }
}
