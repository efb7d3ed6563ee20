namespace PolicyLang.Targets.Cloudflare.Reading.Expressions;

/// <summary>The sets of bytes that regular expressions have names for.</summary>
internal static class NamedSets
{
    /// <summary>The set of <c>\d</c>, <c>\w</c> or <c>\s</c>.</summary>
    public static ByteSet Perl(char letter) => letter switch
    {
        'd' => ByteSet.Range('0', '9'),
        's' => Of("\t\n\v\f\r "),
        _ => Alphanumeric.Union(ByteSet.Of('_')),
    };

    /// <summary>Takes a class such as <c>[:alpha:]</c>; nothing when there is none.</summary>
    public static ByteSet? TakePosix(string text, ref int at)
    {
        var end = text.IndexOf(":]", at, StringComparison.Ordinal);
        if (end < 0 || at + 1 >= text.Length || text[at + 1] != ':')
        {
            return null;
        }

        var name = text[(at + 2)..end];
        var isNegated = name.StartsWith('^');
        ByteSet? set = name.TrimStart('^') switch
        {
            "alnum" => Alphanumeric,
            "alpha" => Letters,
            "ascii" => ByteSet.Range(0, 127),
            "blank" => Of("\t "),
            "cntrl" => ByteSet.Range(0, 31).Union(ByteSet.Of(127)),
            "digit" => Perl('d'),
            "graph" => ByteSet.Range('!', '~'),
            "lower" => ByteSet.Range('a', 'z'),
            "print" => ByteSet.Range(' ', '~'),
            "punct" => ByteSet.Range('!', '/').Union(ByteSet.Range(':', '@')).Union(ByteSet.Range('[', '`')).Union(ByteSet.Range('{', '~')),
            "space" => Perl('s'),
            "upper" => ByteSet.Range('A', 'Z'),
            "word" => Perl('w'),
            "xdigit" => ByteSet.Range('0', '9').Union(ByteSet.Range('A', 'F')).Union(ByteSet.Range('a', 'f')),
            _ => null,
        };
        at = end + 2;
        return isNegated ? set?.Negate() : set;
    }

    /// <summary>The only byte of a set, or nothing.</summary>
    public static int? Single(ByteSet set)
    {
        if (UInt128.PopCount(set.Low) + UInt128.PopCount(set.High) != 1)
        {
            return null;
        }

        return (int)(set.Low != 0 ? UInt128.Log2(set.Low) : UInt128.Log2(set.High) + 128);
    }

    private static ByteSet Letters => ByteSet.Range('a', 'z').Union(ByteSet.Range('A', 'Z'));

    private static ByteSet Alphanumeric => Letters.Union(ByteSet.Range('0', '9'));

    private static ByteSet Of(string bytes)
    {
        var set = default(ByteSet);
        foreach (var c in bytes)
        {
            set = set.Union(ByteSet.Of(c));
        }

        return set;
    }
}
