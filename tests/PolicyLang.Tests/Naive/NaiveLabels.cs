using PolicyLang.Syntax;

namespace PolicyLang.Tests.Naive;

/// <summary>What a label expression says.</summary>
internal static class NaiveLabels
{
    /// <summary>Whether an expression holds.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="labels">The labels of a cluster or namespace.</param>
    /// <param name="paths">The paths of a cluster.</param>
    /// <param name="mustHaveLabel">Whether a comparison on a missing label has no answer, rather than that it does not hold.</param>
    public static bool Hold(LabelExpressionSyntax expression, Dictionary<string, string> labels, List<string> paths, bool mustHaveLabel)
    {
        switch (expression)
        {
            case HasLabelSyntax has:
                return labels.ContainsKey(has.Label.Text);
            case WithPathSyntax with:
                return paths.Contains(with.Path.Text);
            case NotSyntax not:
                return !Hold(not.Operand, labels, paths, mustHaveLabel);
            case LabelJunctionSyntax junction:
                foreach (var operand in junction.Operands)
                {
                    if (Hold(operand, labels, paths, mustHaveLabel) != junction.IsAnd)
                    {
                        return !junction.IsAnd;
                    }
                }

                return junction.IsAnd;
            case LabelComparisonSyntax comparison when labels.TryGetValue(comparison.Label.Text, out var value):
                var isAmong = comparison.Values.Any(word => word.Text == value);
                return comparison.IsNegated ? !isAmong : isAmong;
            case LabelComparisonSyntax { IsNegated: false } when !mustHaveLabel:
                return false;
            default:
                throw new InvalidOperationException($"`{expression.Location.Text}` has no answer");
        }
    }
}
