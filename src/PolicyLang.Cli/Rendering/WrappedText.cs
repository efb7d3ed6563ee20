namespace PolicyLang.Cli.Rendering;

/// <summary>Breaks sentences into lines.</summary>
internal static class WrappedText
{
    /// <summary>The lines of a text, broken between words.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">The most columns of a line; a longer word has a line of its own.</param>
    public static IEnumerable<string> Lines(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        yield return line;
    }
}
