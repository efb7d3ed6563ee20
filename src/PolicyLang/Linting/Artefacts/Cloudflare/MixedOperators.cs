using PolicyLang.Targets.Cloudflare.Reading;

namespace PolicyLang.Linting.Artefacts.Cloudflare;

/// <summary>
/// Finds <c>or</c> beside <c>and</c> without parentheses where one side says less than the other: <c>address and port or port</c> opens the last port
/// everywhere. Alternatives that speak of the same fields mean what they say.
/// </summary>
internal static class MixedOperators
{
    /// <summary>The first part of an expression that stands by itself though it looks as if it belonged to its neighbour.</summary>
    public static (int Start, int Length)? Find(string text)
    {
        var words = ExpressionWords.Of(text);
        var open = new Stack<Level>();
        open.Push(new Level());
        foreach (var word in words)
        {
            switch (word.Text)
            {
                case "(":
                    open.Push(new Level());
                    continue;
                case ")" when open.Count > 1:
                    var closed = open.Pop();
                    if (closed.Judge() is { } found)
                    {
                        return found;
                    }

                    open.Peek().Take(word, closed.Fields);
                    continue;
                case "and" or "&":
                    open.Peek().Current.HasAnd = true;
                    continue;
                case "or" or "|":
                    open.Peek().Next();
                    continue;
            }

            open.Peek().Take(word, GatewayFields.Scheme.Find(word.Text) is null ? [] : [word.Text]);
        }

        return open.Peek().Judge();
    }

    private sealed class Level
    {
        private readonly List<Side> _sides = [];

        public Side Current { get; private set; } = new();

        public IEnumerable<string> Fields => _sides.Append(Current).SelectMany(side => side.Fields).Distinct(StringComparer.Ordinal);

        public void Take(ExpressionWord word, IEnumerable<string> fields)
        {
            Current.Start ??= word.Start;
            Current.End = word.Start + word.Text.Length;
            foreach (var field in fields)
            {
                Current.First ??= field;
                Current.Fields.Add(field);
            }
        }

        public void Next()
        {
            if (Current.Start is not null)
            {
                _sides.Add(Current);
            }

            Current = new Side();
        }

        public (int Start, int Length)? Judge()
        {
            Next();
            for (var i = 0; i + 1 < _sides.Count; i++)
            {
                var (left, right) = (_sides[i], _sides[i + 1]);
                var isDangling = left.HasAnd && !right.HasAnd && right.Fields.Count > 0 && right.Fields.IsProperSubsetOf(left.Fields) && !right.Fields.Contains(left.First!);
                var isLeading = right.HasAnd && !left.HasAnd && left.Fields.Count > 0 && left.Fields.IsProperSubsetOf(right.Fields) && left.Fields.Contains(right.First!);
                if (isDangling || isLeading)
                {
                    var side = isDangling ? right : left;
                    return (side.Start!.Value, side.End - side.Start.Value);
                }
            }

            return null;
        }
    }

    private sealed class Side
    {
        public int? Start { get; set; }

        public int End { get; set; }

        public bool HasAnd { get; set; }

        public string? First { get; set; }

        public HashSet<string> Fields { get; } = new(StringComparer.Ordinal);
    }
}
