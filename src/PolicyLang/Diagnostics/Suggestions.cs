namespace PolicyLang.Diagnostics;

/// <summary>Finds the name that a person probably meant.</summary>
public static class Suggestions
{
    private const int LongestComparedName = 80;

    /// <summary>The candidate nearest to a name, or nothing when none is near enough.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="candidates">What would have been accepted.</param>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        if (name.Length is 0 or > LongestComparedName)
        {
            return null;
        }

        string? best = null;
        var bestDistance = Math.Max(1, name.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            if (candidate.Length > LongestComparedName || Math.Abs(candidate.Length - name.Length) >= bestDistance || candidate == name)
            {
                continue;
            }

            var distance = Distance(name, candidate);
            if (distance < bestDistance || (distance == bestDistance && best is not null && string.CompareOrdinal(candidate, best) < 0))
            {
                best = candidate;
                bestDistance = distance;
            }
        }

        return best;
    }

    /// <summary>A help sentence <c>did you mean `x`?</c>, or nothing.</summary>
    public static string? DidYouMean(string name, IEnumerable<string> candidates)
        => Nearest(name, candidates) is { } nearest ? $"did you mean `{nearest}`?" : null;

    // Optimal string alignment: a swap of two neighbours counts as one step.
    private static int Distance(string a, string b)
    {
        var previousPrevious = new int[b.Length + 1];
        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                var distance = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    distance = Math.Min(distance, previousPrevious[j - 2] + 1);
                }

                current[j] = distance;
            }

            (previousPrevious, previous, current) = (previous, current, previousPrevious);
        }

        return previous[b.Length];
    }
}
