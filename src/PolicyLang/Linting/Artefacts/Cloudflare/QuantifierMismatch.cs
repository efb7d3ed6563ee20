using System.Text.RegularExpressions;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Linting.Artefacts.Cloudflare;

/// <summary>Says which field the engine refuses since one value and several are mixed up, and how it is asked.</summary>
internal static partial class QuantifierMismatch
{
    private const string Each = "[*]";

    /// <summary>The mistake; nothing where the engine refuses something else.</summary>
    public static ExpressionError? Of(string text, FilterError error)
    {
        var (start, length) = (Math.Clamp(error.Start, 0, text.Length), Math.Max(0, error.Length));
        return error.Kind switch
        {
            FilterErrorKind.TypeMismatch when Quantifier().IsMatch(text[..start].TrimEnd()) => OneValue(start, length, FirstField().Match(text[start..]).Value, "`any(…)`"),
            FilterErrorKind.TypeMismatch when error.Message.Contains("Array", StringComparison.Ordinal) => WithoutAny(text, start, length),
            FilterErrorKind.UnsupportedOp when error.Message.Contains("Array", StringComparison.Ordinal) => WithoutAny(text, start, length, FieldBefore(text, start)),
            FilterErrorKind.InvalidIndexAccess => OneValue(start, length, FieldBefore(text, start), "`[*]` and `any(…)`"),
            _ => null,
        };
    }

    private static ExpressionError OneValue(int start, int length, string field, string surplus) => field.Length == 0
        ? new ExpressionError(start, length, "one value is asked here as if it were several", $"leave {surplus} out where a field has one value")
        : new ExpressionError(start, length, $"`{field}` has one value, and is asked here as if it had several", $"write `{field} …` without {surplus}");

    // The engine sees that a quantifier is missing only behind the comparison.
    private static ExpressionError WithoutAny(string text, int start, int length)
        => EachElement().Matches(text).FirstOrDefault(match => !Quantifier().IsMatch(text[..match.Index].TrimEnd())) is { } each
            ? WithoutAny(text, each.Index, each.Length, each.Value)
            : WithoutAny(text, start, length, "");

    private static ExpressionError WithoutAny(string text, int start, int length, string field)
    {
        if (field.Length == 0)
        {
            return new ExpressionError(start, length, "one value and several are mixed up here", "put `any(…)` around it, with `[*]` behind the field");
        }

        var element = field.Contains(Each, StringComparison.Ordinal) ? field : field + Each;
        return new ExpressionError(start, length, $"`{field}` has several values, and nothing says whether one or all of them must match", $"write `any({element} …)`");
    }

    private static string FieldBefore(string text, int end) => LastName().Match(text[..end].TrimEnd()).Value;

    [GeneratedRegex(@"\b(any|all)\s{0,9}\(\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Quantifier();

    // A name before a parenthesis is a function's.
    [GeneratedRegex(@"^[a-z0-9_.]+(?![a-z0-9_.(])", RegexOptions.CultureInvariant)]
    private static partial Regex FirstField();

    [GeneratedRegex(@"[a-z0-9_.]*\z", RegexOptions.CultureInvariant | RegexOptions.RightToLeft)]
    private static partial Regex LastName();

    [GeneratedRegex(@"[a-z0-9_.]{1,200}\[\*\][a-z0-9_.]*", RegexOptions.CultureInvariant)]
    private static partial Regex EachElement();
}
