namespace PolicyLang.Projects;

/// <summary>
/// A file pattern: <c>*</c> and <c>?</c> stand for characters of one name, <c>**</c> between slashes for any number of folders.
/// A wildcard never stands for a name that begins with a dot, and <c>**</c> never for <c>node_modules</c>. Comparison is ordinal.
/// </summary>
public sealed class GlobPattern
{
    // One bit for each segment and one for the end.
    private const int MostSegments = 60;
    private readonly string[] _segments;

    private GlobPattern(string text, string[] segments)
    {
        Text = text;
        _segments = segments;
    }

    /// <summary>The pattern as it was written.</summary>
    public string Text { get; }

    /// <summary>Whether the pattern is the path of one file.</summary>
    public bool IsLiteral => Array.TrueForAll(_segments, IsLiteralSegment);

    internal ulong Start => Close(1);

    private ulong End => 1UL << _segments.Length;

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">The pattern, relative to the project, with forward slashes.</param>
    /// <param name="problem">What is wrong with it, to follow the pattern in a sentence.</param>
    public static GlobPattern? TryParse(string text, out string? problem)
    {
        var segments = (text.StartsWith("./", StringComparison.Ordinal) ? text[2..] : text).Split('/');
        problem = text switch
        {
            _ when text.Length == 0 => "is empty",
            _ when text.Contains('\\', StringComparison.Ordinal) => "holds a backslash; write `/` between folders",
            _ when text[0] is '/' or '~' || (text.Length > 1 && text[1] == ':') => "must be relative to the project",
            _ when text.AsSpan().IndexOfAny("[]{}!") >= 0 => "holds a character that patterns do not take; they take `*`, `?` and `**`",
            _ when Array.Exists(segments, s => s == "..") => "leads out of the project",
            _ when Array.Exists(segments, s => s is "" or ".") => "has an empty part",
            _ when Array.Exists(segments, s => s.Length > 2 && s.Contains("**", StringComparison.Ordinal)) => "has a `**` that does not stand alone between slashes; write `folder/**/*.policy`",
            _ when segments[^1] == "**" => "ends in `**`; say which files, such as `**/*.policy`",
            _ when segments.Length > MostSegments => "has too many parts",
            _ => null,
        };
        return problem is null ? new GlobPattern(text, segments) : null;
    }

    /// <summary>Whether a path matches.</summary>
    /// <param name="path">A path relative to the project, with forward slashes.</param>
    public bool IsMatch(string path)
    {
        var states = Start;
        foreach (var range in path.AsSpan().Split('/'))
        {
            states = Advance(states, path.AsSpan(range));
        }

        return Accepts(states);
    }

    /// <summary>Whether a path inside a folder may match.</summary>
    /// <param name="folder">The folder relative to the project, with forward slashes.</param>
    public bool MayMatchInside(string folder)
    {
        var states = Start;
        foreach (var range in folder.AsSpan().Split('/'))
        {
            states = Advance(states, folder.AsSpan(range));
        }

        return ExpectsMore(states);
    }

    /// <summary>Whether the names so far are the whole pattern.</summary>
    internal bool Accepts(ulong states) => (states & End) != 0;

    /// <summary>Whether names behind the names so far could still make a match.</summary>
    internal bool ExpectsMore(ulong states) => (states & ~End) != 0;

    /// <summary>The states after one more name: a bit for each segment that may come next.</summary>
    internal ulong Advance(ulong states, ReadOnlySpan<char> name)
    {
        ulong next = 0;
        for (var i = 0; i < _segments.Length; i++)
        {
            if ((states & (1UL << i)) == 0)
            {
                continue;
            }

            if (_segments[i] == "**")
            {
                next |= name is ['.', ..] or "node_modules" ? 0 : 1UL << i;
            }
            else if (MatchesName(_segments[i], name))
            {
                next |= 1UL << (i + 1);
            }
        }

        return Close(next);
    }

    private static bool IsLiteralSegment(string segment) => segment.AsSpan().IndexOfAny('*', '?') < 0;

    // `**` may stand for no folder at all.
    private ulong Close(ulong states)
    {
        for (var i = 0; i < _segments.Length; i++)
        {
            if ((states & (1UL << i)) != 0 && _segments[i] == "**")
            {
                states |= 1UL << (i + 1);
            }
        }

        return states;
    }

    private static bool MatchesName(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        if (name is ['.', ..] && pattern is not ['.', ..])
        {
            return false;
        }

        var (p, n, star, resume) = (0, 0, -1, 0);
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, resume) = (p++, n);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == name[n]))
            {
                (p, n) = (p + 1, n + 1);
            }
            else if (star >= 0)
            {
                (p, n) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].IndexOfAnyExcept('*') < 0;
    }
}
