using System.Collections.Immutable;
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

    /// <summary>Whether an expression on connections surely matches TCP on some ports and nothing else of an address.</summary>
    public static bool IsTcpOn(FilterNode? node, IReadOnlySet<long> ports)
        => Demands(node, comparison => comparison.Field.Name == GatewayFields.Protocol && comparison.Comparison is OrderComparison { Operator: OrderOperator.Equal, Value: BytesValue { Bytes: "tcp" } })
            && Demands(node, comparison => comparison.Field.Name == GatewayFields.DestinationPort && PortsOf(comparison.Comparison).All(range => range.First == range.Last && ports.Contains(range.First)));

    private static bool Demands(FilterNode? node, Func<ComparisonNode, bool> isMet) => node switch
    {
        CombinationNode { Operator: LogicalOperator.And } product => product.Operands.Any(operand => Demands(operand, isMet)),
        CombinationNode { Operator: LogicalOperator.Or } sum => sum.Operands.All(operand => Demands(operand, isMet)),
        ComparisonNode { Field.Steps.IsEmpty: true } comparison => isMet(comparison),
        _ => false,
    };

    private static ImmutableArray<(long First, long Last)> PortsOf(Comparison comparison) => comparison switch
    {
        OneOfIntComparison some => some.Ranges,
        OrderComparison { Operator: OrderOperator.Equal, Value: IntValue port } => [(port.Value, port.Value)],
        _ => [(0, long.MaxValue)],
    };

    private static IReadOnlyList<AddressRange>? OfComparison(Comparison comparison, AccountLists lists) => comparison switch
    {
        OneOfIpComparison one => one.Set.Ranges,
        InListComparison list => lists.AddressesOf(list.List)?.Ranges,
        OrderComparison { Operator: OrderOperator.Equal, Value: IpValue address } => [new AddressRange(address.Value, address.Value, address.Value.Width)],
        _ => null,
    };
}
