using System.Buffers;

namespace PolicyLang.Linting.Artefacts;

/// <summary>Tells values that some tool or person fills in before a file is used from those that are meant as they stand.</summary>
internal static class Placeholders
{
    private static readonly SearchValues<char> Signs = SearchValues.Create("$<>%#{}[]|");
    private static readonly SearchValues<string> Words = SearchValues.Create(["replace", "placeholder", "changeme", "your-", "your_"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a name is to be filled in: <c>{{ .Values.name }}</c>, <c>${NAME}</c>, <c>$NAME</c>, <c>__NAME__</c>, <c>&lt;name&gt;</c>, <c>@NAME@</c>, <c>REPLACE_ME</c>.</summary>
    public static bool IsOne(string name)
        => name.AsSpan().ContainsAny(Signs)
            || name.AsSpan().ContainsAny(Words)
            || name.Contains("((", StringComparison.Ordinal)
            || name.StartsWith("__", StringComparison.Ordinal)
            || name.EndsWith("__", StringComparison.Ordinal)
            || (name.Length > 2 && name[0] == '@' && name[^1] == '@')
            || (name.Contains('_', StringComparison.Ordinal) && !name.AsSpan().ContainsAnyInRange('a', 'z'));

    /// <summary>Whether a text begins with a name to be filled in between signs: <c>@NAME@</c> or <c>%NAME%</c>.</summary>
    public static bool BeginsName(ReadOnlySpan<char> text)
    {
        if (text.Length < 3 || text[0] is not ('@' or '%'))
        {
            return false;
        }

        var length = text[1..].IndexOfAnyExcept(NameCharacters);
        return length > 0 && text[length + 1] == text[0];
    }

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
}
