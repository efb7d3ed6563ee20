using PolicyLang.Reading;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>
/// Regular expressions as Go's <c>regexp</c> takes them, in a time that grows with the text alone. Flags, named classes and the like are not modelled: whether such an
/// expression matches is unknown.
/// </summary>
internal static class GoRegex
{
    /// <summary>Whether an expression matches somewhere in a text.</summary>
    public static Truth Matches(string expression, string text)
    {
        var program = new GoRegexParser(expression).Parse();
        return program is null ? Truth.Unknown : Run(program, text).ToTruth();
    }

    private static bool Run(List<GoRegexStep> program, string text)
    {
        var current = new List<int>();
        var next = new List<int>();
        var visited = new int[program.Count];
        for (var position = 0; ; position++)
        {
            // A match may begin anywhere.
            if (Enter(program, current, visited, 0, position, text))
            {
                return true;
            }

            if (position == text.Length)
            {
                return false;
            }

            next.Clear();
            foreach (var index in current)
            {
                if (program[index].Accepts(text[position]) && Enter(program, next, visited, index + 1, position + 1, text))
                {
                    return true;
                }
            }

            (current, next) = (next, current);
        }
    }

    // Follows everything that takes no character; each step is visited once a position.
    private static bool Enter(List<GoRegexStep> program, List<int> states, int[] visited, int start, int position, string text)
    {
        var open = new Stack<int>();
        open.Push(start);
        while (open.TryPop(out var index))
        {
            if (visited[index] == position + 1)
            {
                continue;
            }

            visited[index] = position + 1;
            var step = program[index];
            switch (step.Kind)
            {
                case GoRegexStepKind.Match:
                    return true;
                case GoRegexStepKind.Split:
                    open.Push(step.Second);
                    open.Push(step.First);
                    break;
                case GoRegexStepKind.Jump:
                    open.Push(step.First);
                    break;
                case GoRegexStepKind.Begin when position == 0:
                case GoRegexStepKind.End when position == text.Length:
                    open.Push(index + 1);
                    break;
                case GoRegexStepKind.Character:
                    states.Add(index);
                    break;
                default:
                    break;
            }
        }

        return false;
    }
}

internal enum GoRegexStepKind
{
    Character,
    Split,
    Jump,
    Begin,
    End,
    Match,
}

/// <summary>One step of a compiled expression.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="First">Where a jump or split goes.</param>
/// <param name="Second">Where a split goes too.</param>
/// <param name="Ranges">Which characters it takes, as pairs of bounds.</param>
/// <param name="IsNegated">Whether it takes all others.</param>
internal sealed record GoRegexStep(GoRegexStepKind Kind, int First = 0, int Second = 0, string Ranges = "", bool IsNegated = false)
{
    public bool Accepts(char c)
    {
        for (var i = 0; i < Ranges.Length; i += 2)
        {
            if (c >= Ranges[i] && c <= Ranges[i + 1])
            {
                return !IsNegated;
            }
        }

        return IsNegated;
    }
}
