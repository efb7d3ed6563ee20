using System.Buffers;
using PolicyLang.Linting.Artefacts.Terraform;

namespace PolicyLang.Linting.Artefacts.Cloudflare;

/// <summary>Finds what patterns for names match beside the names that they show.</summary>
internal static class LoosePattern
{
    private static readonly SearchValues<char> Groups = SearchValues.Create("()[]{}");

    /// <summary>What a pattern matches beside what it shows; nothing where it is as tight as it looks, or where that cannot be told.</summary>
    public static string? Explain(string pattern)
    {
        if (pattern.Contains(TerraformText.Hole, StringComparison.Ordinal) || pattern.AsSpan().IndexOfAny(Groups) >= 0)
        {
            return ExplainDots(pattern);
        }

        foreach (var branch in pattern.Split('|'))
        {
            if (EndsLikeDomain(branch))
            {
                return $"`{pattern}` has no `$`, and so also matches what goes on, with `.evil.example` behind it";
            }

            if (char.IsAsciiLetterOrDigit(branch.AsSpan().TrimStart('^').IsEmpty ? ' ' : branch[0]) && branch.EndsWith('$') && EndsLikeDomain(branch[..^1]))
            {
                return $"`{pattern}` has no `^`, and so also matches what only ends like it, with `evil` before it";
            }
        }

        return ExplainDots(pattern);
    }

    private static string? ExplainDots(string pattern)
    {
        var isInClass = false;
        for (var i = 1; i + 1 < pattern.Length; i++)
        {
            isInClass = pattern[i - 1] == '[' || (isInClass && pattern[i - 1] != ']');
            if (pattern[i] == '.' && !isInClass && char.IsAsciiLetterOrDigit(pattern[i - 1]) && char.IsAsciiLetterOrDigit(pattern[i + 1]) && (i < 2 || pattern[i - 2] != '\\') && !IsQuantified(pattern, i + 1))
            {
                return $"the dot in `{pattern[WordStart(pattern, i)..WordEnd(pattern, i)]}` stands for any character";
            }
        }

        return null;
    }

    // "b.c?" may be a real use of the dot.
    private static bool IsQuantified(string pattern, int i) => i + 1 < pattern.Length && pattern[i + 1] is '*' or '+' or '?';

    private static bool EndsLikeDomain(string branch)
    {
        var dot = branch.LastIndexOf('.');
        return dot > 0 && branch.Length - dot > 2 && branch.AsSpan(dot + 1).IndexOfAnyExceptInRange('a', 'z') < 0;
    }

    private static int WordStart(string pattern, int i)
    {
        while (i > 0 && (char.IsAsciiLetterOrDigit(pattern[i - 1]) || pattern[i - 1] == '-'))
        {
            i--;
        }

        return i;
    }

    private static int WordEnd(string pattern, int i)
    {
        for (i++; i < pattern.Length && (char.IsAsciiLetterOrDigit(pattern[i]) || pattern[i] == '-');)
        {
            i++;
        }

        return i;
    }
}
