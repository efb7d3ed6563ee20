namespace PolicyLang.Targets.Cloudflare.Reading.Expressions;

/// <summary>Why an expression is refused, by the engine's own names.</summary>
internal enum FilterErrorKind
{
    ExpectedName,
    ExpectedLiteral,
    ParseInt,
    ParseNetwork,
    ParseRegex,
    ParseWildcard,
    InvalidCharacterEscape,
    MissingEndingQuote,
    CountMismatch,
    UnknownIdentifier,
    UnsupportedOp,
    IncompatibleRangeBounds,
    EOF,
    TypeMismatch,
    InvalidIndexAccess,
    InvalidListName,
    NestingLimitExceeded,
}

/// <summary>Why and where an expression is refused.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Start">Where the offending text starts.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Message">What is wrong, in words.</param>
internal sealed record FilterError(FilterErrorKind Kind, int Start, int Length, string Message);
