using System.Globalization;
using System.Text;

namespace PolicyLang.Targets.Cloudflare;

/// <summary>
/// Prints expressions in the spelling that the API gives back unchanged: the words <c>and</c> and <c>or</c>, single spaces,
/// sets in order. Any other spelling would show as drift for ever.
/// </summary>
internal static class GatewayExpressionText
{
    /// <summary>The expression as the API takes it; a list stands as <c>$</c> and its identifier without dashes, the only form that the grammar has.</summary>
    /// <exception cref="InvalidOperationException">A list has no identifier yet.</exception>
    public static string ForApi(GatewayExpression expression)
        => new Printer(
            text => text,
            list => "$" + (list.Id ?? throw new InvalidOperationException("a list without an identifier")).Replace("-", "", StringComparison.Ordinal)).Print(expression);

    /// <summary>The expression as a Terraform template; a list stands as a reference to its resource.</summary>
    public static string ForTerraform(GatewayExpression expression)
        => new Printer(
            TerraformText.Literal,
            list => $"${{format(\"$%s\", replace({GatewayTerraformWriter.ListResource}.{list.Label}.id, \"-\", \"\"))}}").Print(expression);

    /// <summary>Why a text cannot stand in an expression as itself, as the end of a sentence; nothing when it can.</summary>
    public static string? WhyNotText(string text)
    {
        if (text.Length == 0)
        {
            return "is empty";
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) || text[i] is '\u2028' or '\u2029')
            {
                return "holds a control character or line break, which the expression language cannot spell";
            }

            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return "is no valid Unicode text";
            }
        }

        return null;
    }

    private sealed class Printer(Func<string, string> literal, Func<GatewayList, string> reference)
    {
        private readonly StringBuilder _text = new();

        public string Print(GatewayExpression expression)
        {
            Append(expression, isNested: false);
            return _text.ToString();
        }

        private void Append(GatewayExpression expression, bool isNested)
        {
            switch (expression)
            {
                case GatewayConjunction { Operands: [var only] }:
                    Append(only, isNested);
                    break;
                case GatewayDisjunction { Operands: [var only] }:
                    Append(only, isNested);
                    break;
                case GatewayConjunction all:
                    AppendJoined(all.Operands, " and ", isNested);
                    break;
                case GatewayDisjunction any:
                    AppendJoined(any.Operands, " or ", isNested);
                    break;
                case GatewayEquality equality:
                    _text.Append(equality.Field.Name).Append(" == ");
                    Append(equality.Value);
                    break;
                case GatewayMembership { Field.HasManyValues: true } membership:
                    _text.Append("any(").Append(membership.Field.Name).Append("[*] in ");
                    Append(membership.Values);
                    _text.Append(')');
                    break;
                case GatewayMembership membership:
                    _text.Append(membership.Field.Name).Append(" in ");
                    Append(membership.Values);
                    break;
                default:
                    throw new ArgumentException($"unknown expression {expression.GetType().Name}", nameof(expression));
            }
        }

        private void AppendJoined(IReadOnlyList<GatewayExpression> operands, string word, bool isNested)
        {
            // `and` binds tighter than `or`: a mixture without parentheses would open more than was meant.
            _text.Append(isNested ? "(" : "");
            for (var i = 0; i < operands.Count; i++)
            {
                _text.Append(i == 0 ? "" : word);
                Append(operands[i], isNested: true);
            }

            _text.Append(isNested ? ")" : "");
        }

        private void Append(GatewayValueSet set)
        {
            switch (set)
            {
                case GatewayInlineSet { Values.IsEmpty: true }:
                    throw new ArgumentException("an empty set, which would match nothing", nameof(set));
                case GatewayInlineSet inline:
                    for (var i = 0; i < inline.Values.Length; i++)
                    {
                        _text.Append(i == 0 ? '{' : ' ');
                        Append(inline.Values[i]);
                    }

                    _text.Append('}');
                    break;
                case GatewayListSet list:
                    _text.Append(reference(list.List));
                    break;
                default:
                    throw new ArgumentException($"unknown set {set.GetType().Name}", nameof(set));
            }
        }

        private void Append(GatewayValue value) => _text.Append(value switch
        {
            GatewayAddress address => address.Address.Text,
            GatewayNumber number => number.Number.ToString(CultureInfo.InvariantCulture),
            GatewayText text => literal(Quote(text.Text)),
            _ => throw new ArgumentException($"unknown value {value.GetType().Name}", nameof(value)),
        });

        // The language has no other escapes than these two for printable text; `\n` or `\u` would be errors.
        private static string Quote(string text)
            => WhyNotText(text) is { } reason && text.Length > 0
                ? throw new ArgumentException($"a text that {reason}", nameof(text))
                : "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
    }
}
