namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>
/// A value in a label selector: a text with globs, or a regular expression where it begins with <c>^</c> and ends with <c>$</c>, taken as written
/// (Teleport, <c>utils.SliceMatchesRegex</c>).
/// </summary>
internal static class LabelPattern
{
    /// <summary>Whether the pattern matches nothing but itself.</summary>
    public static bool IsLiteral(string pattern) => !pattern.Contains('*', StringComparison.Ordinal) && !IsRegex(pattern) && !Template.IsTemplate(pattern);

    public static PolicyLang.Reading.Truth Matches(string pattern, string value)
    {
        if (Template.IsTemplate(pattern))
        {
            return PolicyLang.Reading.Truth.Unknown;
        }

        if (IsRegex(pattern))
        {
            return GoRegex.Matches(pattern, value);
        }

        return PolicyLang.Reading.TruthLogic.ToTruth(MatchesGlob(pattern, value));
    }

    private static bool IsRegex(string pattern) => pattern.StartsWith('^') && pattern.EndsWith('$');

    // A glob is `(.*)` to the server, and so stops at the end of a line.
    private static bool MatchesGlob(string pattern, string value)
    {
        var (p, v, star, mark) = (0, 0, -1, 0);
        while (v < value.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = v;
            }
            else if (p < pattern.Length && pattern[p] == value[v])
            {
                p++;
                v++;
            }
            else if (star >= 0 && value[mark] != '\n')
            {
                p = star + 1;
                v = ++mark;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }
}
