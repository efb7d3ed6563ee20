using System.Collections.Immutable;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Cloudflare.Reading.Expressions;

/// <summary>Evaluates expressions where the value of every field is known, as the engine does.</summary>
/// <param name="Fields">The values; a field that is not there is absent.</param>
/// <param name="Lists">The lists.</param>
/// <param name="AbsentIsUnequal">Whether <c>!=</c> holds of an absent field: so by default in the engine, unknown for Gateway.</param>
internal sealed record FilterEvaluator(IReadOnlyDictionary<string, FilterValue> Fields, IListSource Lists, bool AbsentIsUnequal = true)
{
    /// <summary>The value of an expression that is no array.</summary>
    public Truth Evaluate(FilterNode node) => node switch
    {
        CombinationNode combination => Combine(combination.Operator, combination.Operands.Select(Evaluate)),
        NegationNode negation => Evaluate(negation.Operand).Not(),
        QuantifierNode { IsAll: true } all => EvaluateArray(all.Operand).Aggregate(Truth.True, TruthLogic.And),
        QuantifierNode any => EvaluateArray(any.Operand).Aggregate(Truth.False, TruthLogic.Or),
        ComparisonNode comparison => Find(comparison.Field) is { } value ? comparison.Comparison.Holds(value, Lists) : OfAbsent(comparison.Comparison),
        _ => Truth.Unknown,
    };

    /// <summary>The values of an expression that is an array.</summary>
    public ImmutableArray<Truth> EvaluateArray(FilterNode node)
    {
        switch (node)
        {
            case CombinationNode combination:
                var arrays = combination.Operands.Select(EvaluateArray).ToArray();
                return [.. Enumerable.Range(0, arrays.Min(array => array.Length)).Select(i => Combine(combination.Operator, arrays.Select(array => array[i])))];
            case NegationNode negation:
                return [.. EvaluateArray(negation.Operand).Select(TruthLogic.Not)];
            case ComparisonNode comparison:
                return [.. Each(comparison.Field).Select(value => comparison.Comparison.Holds(value, Lists))];
            default:
                return [];
        }
    }

    private Truth OfAbsent(Comparison comparison) => (AbsentIsUnequal && comparison is OrderComparison { Operator: OrderOperator.NotEqual }).ToTruth();

    private static Truth Combine(LogicalOperator op, IEnumerable<Truth> parts) => op switch
    {
        LogicalOperator.And => parts.Aggregate(Truth.True, TruthLogic.And),
        LogicalOperator.Or => parts.Aggregate(Truth.False, TruthLogic.Or),
        _ => parts.Aggregate(Truth.False, (a, b) => a == Truth.Unknown || b == Truth.Unknown ? Truth.Unknown : (a != b).ToTruth()),
    };

    private FilterValue? Find(FieldAccess access) => Each(access).FirstOrDefault();

    private IEnumerable<FilterValue> Each(FieldAccess access)
    {
        IEnumerable<FilterValue> values = Fields.TryGetValue(access.Name, out var field) ? [field] : [];
        foreach (var step in access.Steps)
        {
            values = values.SelectMany(value => Step(value, step));
        }

        // A comparison with a whole array of truth values sees its elements.
        return access.EachCount == 0 && access.Type.Kind == FieldTypeKind.Array ? values.SelectMany(value => Step(value, new EachStep())) : values;
    }

    private static IEnumerable<FilterValue> Step(FilterValue value, FieldStep step) => (value, step) switch
    {
        (ArrayValue array, EachStep) => array.Items,
        (MapValue map, EachStep) => map.Items.Values,
        (ArrayValue array, PositionStep position) => position.Position < array.Items.Length ? [array.Items[(int)position.Position]] : [],
        (MapValue map, KeyStep key) => map.Items.TryGetValue(key.Key, out var item) ? [item] : [],
        _ => [],
    };
}
