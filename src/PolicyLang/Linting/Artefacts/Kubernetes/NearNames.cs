namespace PolicyLang.Linting.Artefacts.Kubernetes;

/// <summary>Finds names that one slip of a hand makes of one another, and no more: two names of the same scheme (<c>team-1</c>, <c>team-2</c>) are no slip.</summary>
internal static class NearNames
{
    private const int Shortest = 5;
    private const int Longest = 200;

    /// <summary>The first of some names that one slip makes of another, or nothing.</summary>
    public static string? NearestOf(string name, IEnumerable<string> candidates)
        => name.Length is < Shortest or > Longest ? null : candidates.FirstOrDefault(candidate => AreNear(name, candidate));

    /// <summary>Whether two different names differ in case, in one letter too many or too few or wrong, or in two neighbours that changed places.</summary>
    public static bool AreNear(string a, string b)
    {
        if (string.Equals(a, b, StringComparison.Ordinal) || Math.Min(a.Length, b.Length) < Shortest || Math.Max(a.Length, b.Length) > Longest)
        {
            return false;
        }

        if (string.Equals(a, b, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var (shorter, longer) = a.Length <= b.Length ? (a, b) : (b, a);
        if (longer.Length - shorter.Length > 1)
        {
            return false;
        }

        var start = 0;
        while (start < shorter.Length && shorter[start] == longer[start])
        {
            start++;
        }

        var end = 0;
        while (end < shorter.Length - start && shorter[^(end + 1)] == longer[^(end + 1)])
        {
            end++;
        }

        var (few, many) = (shorter[start..^end], longer[start..^end]);
        return (few.Length, many.Length) switch
        {
            (0, 1) => char.IsAsciiLetter(many[0]) && IsInsideWord(longer, start, 4),
            (1, 1) => char.IsAsciiLetter(few[0]) && char.IsAsciiLetter(many[0]) && IsInsideWord(longer, start, 5),
            (2, 2) => few[0] == many[1] && few[1] == many[0] && char.IsAsciiLetter(few[0]) && char.IsAsciiLetter(few[1]),
            _ => false,
        };
    }

    // A letter that is most of a word of its own (`a-team`, `b-team`) is what tells names apart.
    private static bool IsInsideWord(string text, int index, int shortestWord)
    {
        var (first, last) = (index, index);
        while (first > 0 && char.IsAsciiLetter(text[first - 1]))
        {
            first--;
        }

        while (last + 1 < text.Length && char.IsAsciiLetter(text[last + 1]))
        {
            last++;
        }

        return last - first + 1 >= shortestWord;
    }
}
