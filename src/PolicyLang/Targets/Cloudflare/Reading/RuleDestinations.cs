using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Targets.Cloudflare.Reading;

/// <summary>Which destinations an expression can match at all.</summary>
internal static class RuleDestinations
{
    /// <summary>The only destinations that an expression can match; nothing where it may match any. Each layer has its own field for them.</summary>
    public static IReadOnlyList<AddressRange>? Of(FilterNode? node, AccountLists lists, GatewayLayer layer)
    {
        switch (node)
        {
            case CombinationNode { Operator: LogicalOperator.And } product:
                return product.Operands.Select(operand => Of(operand, lists, layer)).FirstOrDefault(ranges => ranges is not null);
            case CombinationNode { Operator: LogicalOperator.Or } sum:
                var parts = sum.Operands.Select(operand => Of(operand, lists, layer)).ToArray();
                return parts.Contains(null) ? null : [.. parts.SelectMany(part => part!)];
            case ComparisonNode { Field: { Name: GatewayFields.Destination, Steps.IsEmpty: true } } comparison when layer == GatewayLayer.Network:
                return OfComparison(comparison.Comparison, lists);
            case QuantifierNode { IsAll: false, Operand: ComparisonNode { Field: { Name: GatewayFields.RequestDestinations, IsEachElement: true } } comparison } when layer == GatewayLayer.Http:
                return OfComparison(comparison.Comparison, lists);
            default:
                return null;
        }
    }

    private static IReadOnlyList<AddressRange>? OfComparison(Comparison comparison, AccountLists lists) => comparison switch
    {
        OneOfIpComparison one => one.Set.Ranges,
        InListComparison list => lists.AddressesOf(list.List)?.Ranges,
        OrderComparison { Operator: OrderOperator.Equal, Value: IpValue address } => [new AddressRange(address.Value, address.Value, address.Value.Width)],
        _ => null,
    };
}
