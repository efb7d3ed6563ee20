using PolicyLang.Syntax;

namespace PolicyLang.Semantics;

/// <summary>Evaluates label expressions. A comparison on a missing label has no answer: the caller decides whether that is an error.</summary>
internal static class LabelExpressions
{
    /// <summary>What an expression says of one cluster or namespace.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="hasPath">Whether a cluster declares a path.</param>
    /// <param name="missing">Told of each comparison on a missing label that mattered, and whether a negation stands around it.</param>
    public static bool Evaluate(LabelExpressionSyntax expression, IReadOnlyDictionary<string, string> labels, Func<WithPathSyntax, bool> hasPath, Action<LabelComparisonSyntax, bool> missing)
        => Evaluate(expression, labels, hasPath, missing, isNegated: false);

    /// <summary>The labels that an expression names.</summary>
    public static IEnumerable<WordSyntax> LabelsOf(LabelExpressionSyntax expression) => expression switch
    {
        LabelComparisonSyntax comparison => [comparison.Label],
        HasLabelSyntax has => [has.Label],
        NotSyntax not => LabelsOf(not.Operand),
        LabelJunctionSyntax junction => junction.Operands.SelectMany(LabelsOf),
        _ => [],
    };

    /// <summary>The paths that an expression names.</summary>
    public static IEnumerable<WithPathSyntax> PathsOf(LabelExpressionSyntax expression) => expression switch
    {
        WithPathSyntax with => [with],
        NotSyntax not => PathsOf(not.Operand),
        LabelJunctionSyntax junction => junction.Operands.SelectMany(PathsOf),
        _ => [],
    };

    private static bool Evaluate(LabelExpressionSyntax expression, IReadOnlyDictionary<string, string> labels, Func<WithPathSyntax, bool> hasPath, Action<LabelComparisonSyntax, bool> missing, bool isNegated)
    {
        switch (expression)
        {
            case LabelComparisonSyntax comparison:
                if (!labels.TryGetValue(comparison.Label.Text, out var value))
                {
                    missing(comparison, isNegated ^ comparison.IsNegated);
                    return comparison.IsNegated;
                }

                return comparison.Values.Any(v => string.Equals(v.Text, value, StringComparison.Ordinal)) != comparison.IsNegated;
            case HasLabelSyntax has:
                return labels.ContainsKey(has.Label.Text);
            case WithPathSyntax with:
                return hasPath(with);
            case NotSyntax not:
                return !Evaluate(not.Operand, labels, hasPath, missing, !isNegated);
            case LabelJunctionSyntax { IsAnd: true } and:
                // Short circuit: `has env and env = "prod"` asks first.
                return and.Operands.All(o => Evaluate(o, labels, hasPath, missing, isNegated));
            case LabelJunctionSyntax or:
                return or.Operands.Any(o => Evaluate(o, labels, hasPath, missing, isNegated));
            default:
                throw new ArgumentException($"unknown expression {expression.GetType().Name}", nameof(expression));
        }
    }
}
