namespace PolicyLang.Targets.Cloudflare.Reading.Expressions;

/// <summary>A position in the text of an expression, and the first thing that is wrong with it.</summary>
internal sealed class FilterScanner(string source)
{
    public string Source { get; } = source;

    public int Position { get; set; }

    public FilterError? Error { get; private set; }

    public bool IsAtEnd => Position >= Source.Length;

    /// <summary>The next character, or the null character at the end.</summary>
    public char Current => IsAtEnd ? '\0' : Source[Position];

    /// <summary>Space is blanks and line ends alone: no tab, no comment.</summary>
    public void SkipSpace()
    {
        while (!IsAtEnd && Source[Position] is ' ' or '\r' or '\n')
        {
            Position++;
        }
    }

    public bool StartsWith(string text) => string.CompareOrdinal(Source, Position, text, 0, text.Length) == 0;

    /// <summary>Takes a text if it is next. Nothing asks for the end of a word.</summary>
    public bool Take(string text)
    {
        if (!StartsWith(text))
        {
            return false;
        }

        Position += text.Length;
        return true;
    }

    public bool Expect(string text) => Take(text) || Fail(FilterErrorKind.ExpectedLiteral, Position, Source.Length, $"expected literal \"{text}\"");

    /// <summary>The longest run of characters of a kind.</summary>
    public ReadOnlySpan<char> Run(Func<char, bool> isOfKind)
    {
        var start = Position;
        while (!IsAtEnd && isOfKind(Source[Position]))
        {
            Position++;
        }

        return Source.AsSpan(start, Position - start);
    }

    public bool Fail(FilterErrorKind kind, int start, int end, string message)
    {
        Error ??= new FilterError(kind, start, end - start, message);
        return false;
    }

    /// <summary>Fails at the present position, as far as the end of the text.</summary>
    public bool FailHere(FilterErrorKind kind, string message) => Fail(kind, Position, Source.Length, message);
}
