using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Linting.Artefacts.Cloudflare;

/// <summary>What rules ask of the parts of an expression.</summary>
internal static class FilterNodes
{
    /// <summary>The comparisons of an expression, and whether an odd number of negations stands around them.</summary>
    public static IEnumerable<(ComparisonNode Comparison, bool IsNegated)> Comparisons(this FilterNode? node)
    {
        var rest = new Stack<(FilterNode Node, bool IsNegated)>();
        if (node is not null)
        {
            rest.Push((node, false));
        }

        while (rest.TryPop(out var next))
        {
            switch (next.Node)
            {
                case CombinationNode combination:
                    for (var i = combination.Operands.Length - 1; i >= 0; i--)
                    {
                        rest.Push((combination.Operands[i], next.IsNegated));
                    }

                    break;
                case NegationNode negation:
                    rest.Push((negation.Operand, !next.IsNegated));
                    break;
                case QuantifierNode quantifier:
                    rest.Push((quantifier.Operand, next.IsNegated));
                    break;
                case ComparisonNode comparison:
                    yield return (comparison, next.IsNegated);
                    break;
            }
        }
    }

    /// <summary>The texts that a comparison writes out.</summary>
    public static IEnumerable<string> Texts(this Comparison comparison)
    {
        IEnumerable<BytesValue> values = comparison switch
        {
            OneOfBytesComparison some => some.Values,
            OrderComparison { Operator: OrderOperator.Equal or OrderOperator.NotEqual, Value: BytesValue value } => [value],
            ContainsComparison part => [part.Part],
            _ => [],
        };
        return values.Select(value => ByteStrings.ToText(value.Bytes)).OfType<string>();
    }

    /// <summary>
    /// Whether every connection that one expression matches is surely matched by another. Asks comparisons one by one, and gives up when that
    /// takes too many steps.
    /// </summary>
    public static bool Implies(FilterNode? narrow, FilterNode? wide, ref int steps)
    {
        if (wide is null || --steps < 0)
        {
            return wide is null;
        }

        switch (narrow, wide)
        {
            case (null, _):
                return false;
            case (CombinationNode { Operator: LogicalOperator.Or } sum, _):
                return All(sum, wide, isNarrow: true, ref steps);
            case (_, CombinationNode { Operator: LogicalOperator.And } product):
                return All(product, narrow, isNarrow: false, ref steps);
            case (_, CombinationNode { Operator: LogicalOperator.Or } sum):
                return Any(sum, narrow, isNarrow: false, ref steps);
            case (CombinationNode { Operator: LogicalOperator.And } product, _):
                return Any(product, wide, isNarrow: true, ref steps);
            case (NegationNode a, NegationNode b):
                return Implies(b.Operand, a.Operand, ref steps);
            case (QuantifierNode { IsAll: false, Operand: ComparisonNode a }, QuantifierNode { IsAll: false, Operand: ComparisonNode b }):
                return IsPart(a, b, ref steps);
            case (ComparisonNode a, ComparisonNode b):
                return IsPart(a, b, ref steps);
            default:
                return false;
        }
    }

    private static bool All(CombinationNode combination, FilterNode other, bool isNarrow, ref int steps)
    {
        foreach (var operand in combination.Operands)
        {
            if (!(isNarrow ? Implies(operand, other, ref steps) : Implies(other, operand, ref steps)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Any(CombinationNode combination, FilterNode other, bool isNarrow, ref int steps)
    {
        foreach (var operand in combination.Operands)
        {
            if (isNarrow ? Implies(operand, other, ref steps) : Implies(other, operand, ref steps))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPart(ComparisonNode narrow, ComparisonNode wide, ref int steps)
    {
        if (narrow.Field.Name != wide.Field.Name || !narrow.Field.Steps.SequenceEqual(wide.Field.Steps))
        {
            return false;
        }

        switch (narrow.Comparison, wide.Comparison)
        {
            case (InListComparison a, InListComparison b):
                return a.List == b.List;
            case (MatchesComparison a, MatchesComparison b):
                return a.Source == b.Source;
            case (IsTrueComparison, IsTrueComparison):
                return true;
        }

        if (AddressesOf(narrow.Comparison) is { } addresses && AddressesOf(wide.Comparison) is { } allAddresses)
        {
            steps -= addresses.Ranges.Length;
            return steps > 0 && addresses.Ranges.Length > 0 && (addresses.Ranges.Length * (long)allAddresses.Ranges.Length < steps) && addresses.Ranges.All(allAddresses.Covers);
        }

        if (NumbersOf(narrow.Comparison) is { Count: > 0 } numbers && NumbersOf(wide.Comparison) is { } allNumbers)
        {
            return numbers.Count * (long)allNumbers.Count < steps && numbers.All(number => allNumbers.Any(other => other.First <= number.First && number.Last <= other.Last));
        }

        return TextsOf(narrow.Comparison) is { Count: > 0 } texts && TextsOf(wide.Comparison) is { } allTexts
            && texts.Count * (long)allTexts.Count < steps && texts.All(text => allTexts.Contains(text));
    }

    private static AddressSet? AddressesOf(Comparison comparison) => comparison switch
    {
        OneOfIpComparison some => some.Set,
        OrderComparison { Operator: OrderOperator.Equal, Value: IpValue address } => new AddressSet([new AddressRange(address.Value, address.Value, address.Value.Width)]),
        _ => null,
    };

    private static IReadOnlyList<(long First, long Last)>? NumbersOf(Comparison comparison) => comparison switch
    {
        OneOfIntComparison some => some.Ranges,
        OrderComparison { Operator: OrderOperator.Equal, Value: IntValue number } => [(number.Value, number.Value)],
        _ => null,
    };

    private static IReadOnlyList<string>? TextsOf(Comparison comparison) => comparison switch
    {
        OneOfBytesComparison some => [.. some.Values.Select(value => value.Bytes)],
        OrderComparison { Operator: OrderOperator.Equal, Value: BytesValue value } => [value.Bytes],
        _ => null,
    };
}
