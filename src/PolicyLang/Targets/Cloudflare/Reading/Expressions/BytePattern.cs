using System.Collections.Immutable;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Cloudflare.Reading.Expressions;

/// <summary>What a step of a pattern does.</summary>
internal enum PatternStepKind
{
    Byte,
    Split,
    TextStart,
    TextEnd,
    LineStart,
    LineEnd,
    WordBoundary,
    NoWordBoundary,
    Match,
}

/// <summary>A step of a pattern.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Next">The step that follows.</param>
/// <param name="Other">The other step that follows a split.</param>
/// <param name="Bytes">The bytes that it takes.</param>
internal readonly record struct PatternStep(PatternStepKind Kind, int Next, int Other = 0, ByteSet Bytes = default);

/// <summary>A set of bytes.</summary>
internal readonly record struct ByteSet(UInt128 Low, UInt128 High)
{
    public static ByteSet Of(int value) => value < 128 ? new ByteSet(UInt128.One << value, 0) : new ByteSet(0, UInt128.One << (value - 128));

    public static ByteSet Range(int first, int last)
    {
        var set = default(ByteSet);
        for (var value = first; value <= last; value++)
        {
            set = set.Union(Of(value));
        }

        return set;
    }

    public bool Contains(char value) => ((value < 128 ? Low >> value : High >> (value - 128)) & 1) != 0;

    public ByteSet Union(ByteSet other) => new(Low | other.Low, High | other.High);

    public ByteSet Negate() => new(~Low, ~High);

    /// <summary>With each ASCII letter also the one of the other case.</summary>
    public ByteSet IgnoreCase()
    {
        var result = this;
        for (var letter = 'a'; letter <= 'z'; letter++)
        {
            if (Contains(letter) || Contains((char)(letter - 32)))
            {
                result = result.Union(Of(letter)).Union(Of(letter - 32));
            }
        }

        return result;
    }
}

/// <summary>A regular expression over bytes, which matches anywhere in a text and takes time proportional to the text.</summary>
internal sealed class BytePattern(ImmutableArray<PatternStep> steps, int start)
{
    private const long MostWork = 50_000_000;

    /// <summary>Whether it matches somewhere; unknown where finding out would take too long.</summary>
    public Truth IsMatch(string bytes)
    {
        if ((long)steps.Length * (bytes.Length + 1) > MostWork)
        {
            return Truth.Unknown;
        }

        var current = new StepList(steps.Length);
        var next = new StepList(steps.Length);
        var pending = new Stack<int>();
        for (var at = 0; ; at++)
        {
            Add(current, start, bytes, at, pending);
            for (var i = 0; i < current.Count; i++)
            {
                var step = steps[current[i]];
                if (step.Kind == PatternStepKind.Match)
                {
                    return Truth.True;
                }

                if (step.Kind == PatternStepKind.Byte && at < bytes.Length && step.Bytes.Contains(bytes[at]))
                {
                    Add(next, step.Next, bytes, at + 1, pending);
                }
            }

            if (at == bytes.Length)
            {
                return Truth.False;
            }

            (current, next) = (next, current);
            next.Clear();
        }
    }

    private void Add(StepList list, int first, string bytes, int at, Stack<int> pending)
    {
        pending.Push(first);
        while (pending.TryPop(out var index))
        {
            if (!list.TryAdd(index))
            {
                continue;
            }

            var step = steps[index];
            switch (step.Kind)
            {
                case PatternStepKind.Split:
                    pending.Push(step.Other);
                    pending.Push(step.Next);
                    break;
                case PatternStepKind.Byte or PatternStepKind.Match:
                    break;
                default:
                    if (HoldsAt(step.Kind, bytes, at))
                    {
                        pending.Push(step.Next);
                    }

                    break;
            }
        }
    }

    private static bool HoldsAt(PatternStepKind kind, string bytes, int at) => kind switch
    {
        PatternStepKind.TextStart => at == 0,
        PatternStepKind.TextEnd => at == bytes.Length,
        PatternStepKind.LineStart => at == 0 || bytes[at - 1] == '\n',
        PatternStepKind.LineEnd => at == bytes.Length || bytes[at] == '\n',
        PatternStepKind.WordBoundary => IsWordAt(bytes, at - 1) != IsWordAt(bytes, at),
        _ => IsWordAt(bytes, at - 1) == IsWordAt(bytes, at),
    };

    private static bool IsWordAt(string bytes, int at) => at >= 0 && at < bytes.Length && (char.IsAsciiLetterOrDigit(bytes[at]) || bytes[at] == '_');

    /// <summary>Steps in the order in which they were added, each once.</summary>
    private sealed class StepList(int capacity)
    {
        private readonly int[] _items = new int[capacity];
        private readonly int[] _positions = new int[capacity];

        public int Count { get; private set; }

        public int this[int index] => _items[index];

        public bool TryAdd(int step)
        {
            var position = _positions[step];
            if (position < Count && _items[position] == step)
            {
                return false;
            }

            _items[Count] = step;
            _positions[step] = Count++;
            return true;
        }

        public void Clear() => Count = 0;
    }
}
