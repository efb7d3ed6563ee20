using System.Globalization;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>Compiles the usual part of Go's regular expressions; nothing where another part stands in one.</summary>
internal sealed class GoRegexParser(string expression)
{
    private const int GreatestProgram = 1000;
    private const int GreatestDepth = 50;

    private readonly List<GoRegexStep> _program = [];
    private int _position;
    private bool _isSound = true;

    public List<GoRegexStep>? Parse()
    {
        // Characters beyond the basic plane are two here and one in Go.
        foreach (var c in expression)
        {
            if (char.IsSurrogate(c))
            {
                return null;
            }
        }

        Alternatives(0);
        _program.Add(new GoRegexStep(GoRegexStepKind.Match));
        return _isSound && _position == expression.Length && _program.Count < GreatestProgram ? _program : null;
    }

    private bool Fail()
    {
        _isSound = false;
        _position = expression.Length;
        return false;
    }

    private void Alternatives(int depth)
    {
        if (depth > GreatestDepth)
        {
            Fail();
            return;
        }

        var start = _program.Count;
        Sequence(depth);
        while (_isSound && _position < expression.Length && expression[_position] == '|')
        {
            _position++;
            Insert(start, new GoRegexStep(GoRegexStepKind.Split, start + 1, _program.Count + 2));
            var jump = _program.Count;
            _program.Add(new GoRegexStep(GoRegexStepKind.Jump));
            Alternatives(depth + 1);
            _program[jump] = new GoRegexStep(GoRegexStepKind.Jump, _program.Count);
        }
    }

    private void Sequence(int depth)
    {
        while (_isSound && _position < expression.Length && expression[_position] is not ('|' or ')'))
        {
            var start = _program.Count;
            if (Atom(depth))
            {
                Repeat(start);
            }
        }
    }

    private bool Atom(int depth)
    {
        var c = expression[_position++];
        switch (c)
        {
            case '^':
                _program.Add(new GoRegexStep(GoRegexStepKind.Begin));
                return true;
            case '$':
                _program.Add(new GoRegexStep(GoRegexStepKind.End));
                return true;
            case '.':
                return Character("\n\n", isNegated: true);
            case '[':
                return Class();
            case '\\':
                return Escape(out var ranges, out var isNegated) && Character(ranges, isNegated);
            case '(':
                if (expression.AsSpan(_position).StartsWith("?:", StringComparison.Ordinal))
                {
                    _position += 2;
                }
                else if (_position < expression.Length && expression[_position] == '?')
                {
                    return Fail();
                }

                Alternatives(depth + 1);
                return _position < expression.Length && expression[_position++] == ')' || Fail();
            case '*' or '+' or '?' or '{':
                return Fail();
            default:
                return Character(new string(c, 2), isNegated: false);
        }
    }

    private bool Character(string ranges, bool isNegated)
    {
        _program.Add(new GoRegexStep(GoRegexStepKind.Character, Ranges: ranges, IsNegated: isNegated));
        return true;
    }

    private bool Escape(out string ranges, out bool isNegated)
    {
        (ranges, isNegated) = ("", false);
        if (_position == expression.Length)
        {
            return Fail();
        }

        var c = expression[_position++];
        isNegated = c is 'D' or 'W' or 'S';
        ranges = c switch
        {
            'd' or 'D' => "09",
            'w' or 'W' => "09AZ__az",
            's' or 'S' => "\t\n\f\r  ",
            't' => "\t\t",
            'n' => "\n\n",
            _ when c < '\u0080' && !char.IsAsciiLetterOrDigit(c) => new string(c, 2),
            _ => "",
        };
        return ranges.Length > 0 || Fail();
    }

    private bool Class()
    {
        var isNegated = _position < expression.Length && expression[_position] == '^';
        _position += isNegated ? 1 : 0;
        var ranges = "";
        for (var isFirst = true; _position < expression.Length && (isFirst || expression[_position] != ']'); isFirst = false)
        {
            var c = expression[_position++];
            if (c == '[' || ranges.Length > GreatestProgram)
            {
                return Fail();
            }

            var from = new string(c, 2);
            if (c == '\\' && (!Escape(out from, out var isInverse) || isInverse))
            {
                return Fail();
            }

            if (_position + 1 < expression.Length && expression[_position] == '-' && expression[_position + 1] != ']')
            {
                var to = expression[_position + 1];
                if (from.Length != 2 || from[0] != from[1] || to is '\\' or '[' || to < from[0])
                {
                    return Fail();
                }

                from = string.Concat(from.AsSpan(0, 1), [to]);
                _position += 2;
            }

            ranges += from;
        }

        return _position < expression.Length && expression[_position++] == ']' ? Character(ranges, isNegated) : Fail();
    }

    private void Repeat(int start)
    {
        if (_position == expression.Length)
        {
            return;
        }

        var (least, greatest) = (1, 1);
        switch (expression[_position])
        {
            case '*':
                (least, greatest) = (0, -1);
                break;
            case '+':
                (least, greatest) = (1, -1);
                break;
            case '?':
                (least, greatest) = (0, 1);
                break;
            case '{':
                if (!Bounds(out least, out greatest))
                {
                    return;
                }

                break;
            default:
                return;
        }

        _position++;

        // Whether as many or as few as possible are taken changes nothing about whether there is a match.
        if (_position < expression.Length && expression[_position] == '?')
        {
            _position++;
        }

        if (_position < expression.Length && expression[_position] is '*' or '+' or '?' or '{')
        {
            Fail();
            return;
        }

        Copy(start, least, greatest);
    }

    // Leaves the position at the closing brace.
    private bool Bounds(out int least, out int greatest)
    {
        (least, greatest) = (0, 0);
        var end = expression.IndexOf('}', _position);
        if (end < 0)
        {
            return Fail();
        }

        var text = expression.AsSpan(_position + 1, end - _position - 1);
        var comma = text.IndexOf(',');
        var first = comma < 0 ? text : text[..comma];
        var second = comma < 0 ? text : text[(comma + 1)..];
        greatest = -1;
        if (!int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out least)
            || (!second.IsEmpty && !int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out greatest))
            || least > 1000 || greatest > 1000 || (greatest >= 0 && greatest < least))
        {
            return Fail();
        }

        _position = end;
        return true;
    }

    private void Copy(int start, int least, int greatest)
    {
        var body = _program.GetRange(start, _program.Count - start);
        var copies = Math.Max(least, greatest) + 2L;
        if (_program.Count + (copies * (body.Count + 2)) > GreatestProgram)
        {
            Fail();
            return;
        }

        _program.RemoveRange(start, body.Count);
        for (var i = 0; i < least; i++)
        {
            Append(body, start);
        }

        if (greatest < 0)
        {
            var split = _program.Count;
            _program.Add(new GoRegexStep(GoRegexStepKind.Split, split + 1, split + body.Count + 2));
            Append(body, start);
            _program.Add(new GoRegexStep(GoRegexStepKind.Jump, split));
            return;
        }

        for (var i = least; i < greatest; i++)
        {
            var split = _program.Count;
            _program.Add(new GoRegexStep(GoRegexStepKind.Split, split + 1, split + body.Count + 1));
            Append(body, start);
        }
    }

    private void Append(List<GoRegexStep> body, int origin)
    {
        var shift = _program.Count - origin;
        foreach (var step in body)
        {
            _program.Add(step with { First = step.First + shift, Second = step.Second + shift });
        }
    }

    private void Insert(int at, GoRegexStep step)
    {
        for (var i = at; i < _program.Count; i++)
        {
            var moved = _program[i];
            _program[i] = moved with { First = moved.First + 1, Second = moved.Second + 1 };
        }

        _program.Insert(at, step);
    }
}
