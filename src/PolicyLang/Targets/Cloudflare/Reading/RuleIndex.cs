using System.Collections.Immutable;
using PolicyLang.Reading;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Targets.Cloudflare.Reading;

/// <summary>Rules of one layer in an order, found by the destinations that they can match, so that a question about an endpoint costs only the rules about it.</summary>
internal sealed class RuleIndex
{
    private readonly AccountLists _lists;
    private readonly bool _matchesEmailVariants;
    private readonly Dictionary<Address, List<int>> _single = [];
    private readonly List<(int Rule, AddressSet Set)> _wide = [];
    private readonly List<int> _any = [];
    private readonly ImmutableArray<Formula?> _callers;

    public RuleIndex(ImmutableArray<GatewayRule> rules, AccountLists lists, bool matchesEmailVariants)
    {
        Rules = rules;
        _lists = lists;
        _matchesEmailVariants = matchesEmailVariants;
        Destinations = [.. rules.Select(rule => rule.Traffic.IsUnknown ? null : RuleDestinations.Of(rule.Traffic.Node, lists, rule.Layer))];
        _callers = [.. rules.Select(CallersOf)];
        for (var i = 0; i < rules.Length; i++)
        {
            Add(i, Destinations[i]);
        }
    }

    public ImmutableArray<GatewayRule> Rules { get; }

    /// <summary>By rule the only destinations that it can match; nothing where it may match any.</summary>
    public ImmutableArray<IReadOnlyList<AddressRange>?> Destinations { get; }

    /// <summary>The rules that can match an address of a range, in order.</summary>
    public IEnumerable<int> CandidatesFor(AddressRange range)
    {
        if (range.First != range.Last)
        {
            return Enumerable.Range(0, Rules.Length).Where(i => Destinations[i] is not { } ranges || ranges.Any(r => Overlaps(r, range)));
        }

        var found = new SortedSet<int>(_any);
        found.UnionWith(_single.GetValueOrDefault(range.First) ?? []);
        found.UnionWith(_wide.Where(wide => wide.Set.Contains(range.First)).Select(wide => wide.Rule));
        return found;
    }

    /// <summary>Every address at which the rules' answers may change within a range, starting with its first; nothing where there are too many.</summary>
    public void CollectBoundaries(AddressRange range, SortedSet<UInt128> boundaries)
    {
        foreach (var i in CandidatesFor(range))
        {
            foreach (var written in AddressesIn(Rules[i].Traffic.Node))
            {
                if (Overlaps(written, range))
                {
                    boundaries.Add(UInt128.Max(written.First.Bits, range.First.Bits));
                    if (written.Last.Bits < range.Last.Bits)
                    {
                        boundaries.Add(written.Last.Bits + 1);
                    }
                }
            }
        }
    }

    /// <summary>For whom a rule matches a connection.</summary>
    public Formula MatchOf(int rule, ConnectionFacts facts)
    {
        var traffic = TrafficOf(rule, facts);
        if (traffic == Formula.Never)
        {
            return traffic;
        }

        var callers = _callers[rule] ?? Evaluate(Rules[rule].Identity, facts, Rules[rule]).And(Evaluate(Rules[rule].Posture, facts, Rules[rule]));
        return traffic.And(callers);
    }

    /// <summary>For whom a rule matches a connection, as far as its traffic says.</summary>
    public Formula TrafficOf(int rule, ConnectionFacts facts) => Evaluate(Rules[rule].Traffic, facts, Rules[rule]);

    private void Add(int rule, IReadOnlyList<AddressRange>? ranges)
    {
        if (ranges is null)
        {
            _any.Add(rule);
            return;
        }

        foreach (var address in ranges.Where(range => range.First == range.Last).Select(range => range.First))
        {
            if (!_single.TryGetValue(address, out var found))
            {
                _single.Add(address, found = []);
            }

            found.Add(rule);
        }

        var wide = ranges.Where(range => range.First != range.Last).ToImmutableArray();
        if (!wide.IsEmpty)
        {
            _wide.Add((rule, new AddressSet(wide)));
        }
    }

    // Identity and posture are the same for every connection, unless they speak of connections.
    private Formula? CallersOf(GatewayRule rule)
        => IsOfCaller(rule.Identity.Node) && IsOfCaller(rule.Posture.Node) ? Evaluate(rule.Identity, ConnectionFacts.None, rule).And(Evaluate(rule.Posture, ConnectionFacts.None, rule)) : null;

    private Formula Evaluate(RulePart part, ConnectionFacts facts, GatewayRule rule)
    {
        if (part.Node is null)
        {
            return part.IsUnknown ? Formula.Undecided : Formula.Always;
        }

        return new SymbolicEvaluator(_lists, facts, _matchesEmailVariants || rule.Effect == GatewayEffect.Block).Evaluate(part.Node);
    }

    private static bool IsOfCaller(FilterNode? node) => node switch
    {
        null => true,
        CombinationNode combination => combination.Operands.All(IsOfCaller),
        NegationNode negation => IsOfCaller(negation.Operand),
        QuantifierNode quantifier => IsOfCaller(quantifier.Operand),
        ComparisonNode comparison => GatewayFields.IsOfCaller(comparison.Field.Name),
        _ => false,
    };

    private IEnumerable<AddressRange> AddressesIn(FilterNode? node) => node switch
    {
        CombinationNode combination => combination.Operands.SelectMany(AddressesIn),
        NegationNode negation => AddressesIn(negation.Operand),
        QuantifierNode quantifier => AddressesIn(quantifier.Operand),
        ComparisonNode { Comparison: OneOfIpComparison one } => one.Set.Ranges,
        ComparisonNode { Comparison: InListComparison list } => _lists.AddressesOf(list.List)?.Ranges ?? [],
        ComparisonNode { Comparison: OrderComparison { Value: IpValue address } } => [new AddressRange(address.Value, address.Value, address.Value.Width)],
        _ => [],
    };

    private static bool Overlaps(AddressRange a, AddressRange b) => a.First.IsVersion6 == b.First.IsVersion6 && a.First.Bits <= b.Last.Bits && b.First.Bits <= a.Last.Bits;
}
