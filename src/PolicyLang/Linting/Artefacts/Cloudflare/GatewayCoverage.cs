using System.Collections.Immutable;
using PolicyLang.Reading;
using PolicyLang.Targets.Cloudflare.Reading;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Linting.Artefacts.Cloudflare;

/// <summary>A destination that an allow names, and what is known of connections to it.</summary>
/// <param name="Facts">What is known.</param>
/// <param name="Range">The addresses that it stands for; absent where the allow names none.</param>
/// <param name="Words">How to name it.</param>
internal sealed record GatewayPoint(ConnectionFacts Facts, AddressRange? Range, string Words);

/// <summary>An allow for some people or devices, and which of the destinations that it names no block stops for the others.</summary>
/// <param name="Allow">The allow.</param>
/// <param name="Points">The destinations that it names.</param>
/// <param name="Open">Those of them that no block in force can stop.</param>
/// <param name="Blocks">The blocks in force that surely are about one of the destinations.</param>
/// <param name="DisabledBlock">A block that would stop an open destination if it were in force.</param>
internal sealed record GuardedAllow(
    LintedGatewayRule Allow,
    ImmutableArray<GatewayPoint> Points,
    ImmutableArray<GatewayPoint> Open,
    ImmutableArray<LintedGatewayRule> Blocks,
    LintedGatewayRule? DisabledBlock);

/// <summary>
/// Holds allows against blocks: what no rule matches passes, so that an allow for some keeps nobody out by itself (Cloudflare One documentation,
/// "Order of enforcement"). Whatever is not known counts as if a block stopped it.
/// </summary>
internal sealed class GatewayCoverage
{
    // An account has at most 500 rules of a kind. Beyond what a few large accounts hold nothing is asked.
    private const long MostWork = 200_000_000;
    private const int MostRanges = 24;
    private const int MostPoints = 48;

    private GatewayCoverage(ImmutableArray<GuardedAllow> allows) => Allows = allows;

    /// <summary>The allows that are for some people or devices alone.</summary>
    public ImmutableArray<GuardedAllow> Allows { get; }

    /// <summary>Compares the rules of a run.</summary>
    public static GatewayCoverage Of(GatewayConfiguration gateway)
    {
        var allows = gateway.Rules.Where(rule => rule.IsNetworkAllow && rule.IsEnabled != Truth.False && !rule.IsForEverybody).ToArray();
        var blocks = gateway.Rules.Where(rule => rule.IsNetworkBlock).Select(rule => new Block(rule, RuleDestinations.Of(rule.Traffic.Filter, gateway.Lists, GatewayLayer.Network))).ToArray();
        var points = Array.ConvertAll(allows, allow => PointsOf(allow, gateway.Lists));
        var work = points.Sum(some => (long)some.Length) * blocks.Sum(block => block.Size);
        return work > MostWork ? new GatewayCoverage([]) : new GatewayCoverage([.. allows.Zip(points, (allow, some) => Compare(allow, some, blocks, gateway.Lists))]);
    }

    /// <summary>Whether a rule surely matches every connection that a destination stands for, whoever it comes from.</summary>
    public static bool Surely(LintedGatewayRule rule, GatewayPoint point, AccountLists lists)
        => rule.Traffic.State == GatewayPartState.Empty || Match(rule, point, lists) == Formula.Always;

    private static GuardedAllow Compare(LintedGatewayRule allow, ImmutableArray<GatewayPoint> points, Block[] blocks, AccountLists lists)
    {
        var open = ImmutableArray.CreateBuilder<GatewayPoint>();
        LintedGatewayRule? disabled = null;
        blocks = Array.FindAll(blocks, block => !block.Rule.IsOfOtherAccount(allow));
        var meant = new HashSet<LintedGatewayRule>(ReferenceEqualityComparer.Instance);
        foreach (var point in points)
        {
            var isStopped = false;
            foreach (var block in blocks)
            {
                var match = Match(block.Rule, point, lists);
                if (match == Formula.Never && !block.IsAboutPartOf(point, lists))
                {
                    continue;
                }

                if (block.Rule.IsEnabled == Truth.False)
                {
                    disabled ??= block.Rule.IsOfSameAccount(allow) ? block.Rule : null;
                    continue;
                }

                isStopped = true;
                if (match == Formula.Always && block.Rule.IsOfSameAccount(allow))
                {
                    meant.Add(block.Rule);
                }
            }

            if (!isStopped)
            {
                open.Add(point);
            }
        }

        return new GuardedAllow(allow, points, open.ToImmutable(), [.. blocks.Select(block => block.Rule).Where(meant.Contains)], disabled);
    }

    private static Formula Match(LintedGatewayRule rule, GatewayPoint point, AccountLists lists) => rule.Traffic switch
    {
        { State: GatewayPartState.Empty } => Formula.Always,
        { Filter: { } filter } => new SymbolicEvaluator(lists, point.Facts, matchesEmailVariants: false).Evaluate(filter),
        _ => Formula.Undecided,
    };

    private static ImmutableArray<GatewayPoint> PointsOf(LintedGatewayRule allow, AccountLists lists)
    {
        var values = ValuesOf(allow.Traffic.Filter);
        var points = ImmutableArray.CreateBuilder<GatewayPoint>();
        foreach (var (facts, words) in values)
        {
            if (RuleDestinations.Of(allow.Traffic.Filter, lists, GatewayLayer.Network) is not { } ranges)
            {
                points.Add(new GatewayPoint(facts, null, words));
                continue;
            }

            foreach (var range in ranges.Take(MostRanges))
            {
                foreach (var address in range.First == range.Last ? (ReadOnlySpan<Address>)[range.First] : [range.First, range.Last])
                {
                    var text = AddressText.Of(range);
                    points.Add(new GatewayPoint(facts.With(GatewayFields.Destination, new IpValue(address)), range, words.Length == 0 ? $"`{text}`" : $"`{text}`, {words}"));
                }
            }
        }

        // What the allow itself takes out again is none of its destinations.
        return [.. points.Take(MostPoints).Where(point => Match(allow, point, lists) != Formula.Never)];
    }

    // What each of the values that an allow demands beside the address says of a connection.
    private static List<(ConnectionFacts Facts, string Words)> ValuesOf(FilterNode? filter)
    {
        var parts = filter is CombinationNode { Operator: LogicalOperator.And } product ? [.. product.Operands] : filter is null ? Array.Empty<FilterNode>() : [filter];
        var known = new List<(ConnectionFacts Facts, string Words)> { (ConnectionFacts.None, "") };
        foreach (var part in parts)
        {
            var (field, values) = DemandOf(part);
            if (field is null || values.Count == 0 || known.Count * values.Count > 32)
            {
                continue;
            }

            known = [.. known.SelectMany(one => values.Select(value => (one.Facts.With(field, value.Value), one.Words.Length == 0 ? value.Words : $"{one.Words}, {value.Words}")))];
        }

        return known;
    }

    private static (string? Field, IReadOnlyList<(FilterValue Value, string Words)> Values) DemandOf(FilterNode node) => node switch
    {
        ComparisonNode { Field: { Name: GatewayFields.DestinationPort, Steps.IsEmpty: true } } port => (GatewayFields.DestinationPort, [.. PortsOf(port.Comparison).Select(value => ((FilterValue)new IntValue(value), $"port `{value}`"))]),
        ComparisonNode { Field: { Name: GatewayFields.Protocol or GatewayFields.VirtualNetwork or "net.sni.host", Steps.IsEmpty: true } } text => (text.Field.Name, [.. TextsOf(text.Comparison).Select(value => ((FilterValue)value, WordsOf(text.Field.Name, value)))]),
        QuantifierNode { IsAll: false, Operand: ComparisonNode { Field: { Name: "net.sni.domains", IsEachElement: true } } domains } => (domains.Field.Name, [.. TextsOf(domains.Comparison).Select(value => ((FilterValue)new ArrayValue([value]), WordsOf(domains.Field.Name, value)))]),
        _ => (null, []),
    };

    private static string WordsOf(string field, BytesValue value) => field switch
    {
        GatewayFields.Protocol => $"protocol `{value.Bytes}`",
        GatewayFields.VirtualNetwork => $"virtual network `{value.Bytes}`",
        _ => $"`{value.Bytes}`",
    };

    private static IEnumerable<long> PortsOf(Comparison comparison) => comparison switch
    {
        OneOfIntComparison some => some.Ranges.SelectMany(range => range.First == range.Last ? new[] { range.First } : [range.First, range.Last]),
        OrderComparison { Operator: OrderOperator.Equal, Value: IntValue port } => [port.Value],
        _ => [],
    };

    // A text that Terraform fills in could be any.
    private static BytesValue[] TextsOf(Comparison comparison)
    {
        BytesValue[] values = comparison switch
        {
            OneOfBytesComparison some => [.. some.Values],
            OrderComparison { Operator: OrderOperator.Equal, Value: BytesValue value } => [value],
            _ => [],
        };
        return Array.Exists(values, value => ByteStrings.ToText(value.Bytes)?.Contains(Terraform.TerraformText.Hole, StringComparison.Ordinal) != false) ? [] : values;
    }

    private sealed record Block(LintedGatewayRule Rule, IReadOnlyList<AddressRange>? Destinations)
    {
        /// <summary>How long it takes to ask it.</summary>
        public long Size => 1 + (Rule.Traffic.Text?.Text.Length ?? 0) + (Destinations?.Count ?? 0);

        // A block for a part of what an allow is for may be meant as just that.
        public bool IsAboutPartOf(GatewayPoint point, AccountLists lists)
        {
            if (point.Range is not { } wanted || Destinations is null)
            {
                return false;
            }

            foreach (var own in Destinations)
            {
                if (own.First.IsVersion6 == wanted.First.IsVersion6 && own.First.Bits <= wanted.Last.Bits && wanted.First.Bits <= own.Last.Bits)
                {
                    var shared = new IpValue(own.First.Bits >= wanted.First.Bits ? own.First : wanted.First);
                    return Match(Rule, point with { Facts = point.Facts.With(GatewayFields.Destination, shared) }, lists) != Formula.Never;
                }
            }

            return false;
        }
    }
}
