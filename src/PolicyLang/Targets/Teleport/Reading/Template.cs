namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>A value that a trait of the user is put in for, such as <c>{{external.groups}}</c>.</summary>
internal static class Template
{
    private static readonly string[] s_sources = ["external", "internal"];

    public static bool IsTemplate(string text) => text.Contains("{{", StringComparison.Ordinal) || text.Contains("}}", StringComparison.Ordinal);

    /// <summary>The trait that alone makes up a value; nothing for text around it, functions and whatever else.</summary>
    public static string? TraitOf(string text)
    {
        var trimmed = text.AsSpan();
        if (!trimmed.StartsWith("{{") || !trimmed.EndsWith("}}"))
        {
            return null;
        }

        var inner = trimmed[2..^2].Trim(' ');
        foreach (var source in s_sources)
        {
            if (!inner.StartsWith(source, StringComparison.Ordinal))
            {
                continue;
            }

            var rest = inner[source.Length..];
            var name = rest.StartsWith(".") ? rest[1..] : rest.StartsWith("[\"") && rest.EndsWith("\"]") && rest.Length > 4 ? rest[2..^2] : default;
            foreach (var c in name)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-'))
                {
                    return null;
                }
            }

            // A point is followed by a word; everything else is a function or an operator.
            return name.IsEmpty || (rest[0] == '.' && name.Contains('-')) ? null : name.ToString();
        }

        return null;
    }
}
