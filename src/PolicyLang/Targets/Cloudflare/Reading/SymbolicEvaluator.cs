using PolicyLang.Reading;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Targets.Cloudflare.Reading;

/// <summary>
/// Evaluates expressions for every caller at once: what is known of the connection is a truth value, what speaks of the caller becomes atoms, and the
/// rest is undecided. What it decides, the engine decides alike for each caller that the atoms describe.
/// </summary>
/// <param name="lists">The lists.</param>
/// <param name="facts">What is known of the connection.</param>
/// <param name="matchesEmailVariants">
/// Whether an e-mail address also stands for its variants with dots and <c>+tag</c>, as in rules that block
/// (Cloudflare One documentation, "Extended email addresses").
/// </param>
internal sealed class SymbolicEvaluator(IListSource lists, ConnectionFacts facts, bool matchesEmailVariants)
{
    // Each "xor" says its parts twice.
    private const int MostXorSize = 2000;

    /// <summary>For whom an expression holds.</summary>
    public Formula Evaluate(FilterNode node) => node switch
    {
        CombinationNode { Operator: LogicalOperator.And } product => Formula.All(product.Operands.Select(Evaluate)),
        CombinationNode { Operator: LogicalOperator.Or } sum => Formula.Any(sum.Operands.Select(Evaluate)),
        CombinationNode xor => xor.Operands.Select(Evaluate).Aggregate(Xor),
        NegationNode negation => Evaluate(negation.Operand).Not(),
        QuantifierNode quantifier => EvaluateQuantifier(quantifier),
        ComparisonNode comparison => EvaluateComparison(comparison.Field, comparison.Comparison),
        _ => Formula.Undecided,
    };

    private static Formula Xor(Formula a, Formula b)
    {
        if (SizeOf(a) + SizeOf(b) > MostXorSize)
        {
            return Formula.Undecided;
        }

        return a.And(b.Not()).Or(a.Not().And(b));
    }

    private static int SizeOf(Formula formula) => formula switch
    {
        NotFormula not => 1 + SizeOf(not.Part),
        AllFormula all => 1 + all.Parts.Sum(SizeOf),
        AnyFormula any => 1 + any.Parts.Sum(SizeOf),
        _ => 1,
    };

    private Formula EvaluateComparison(FieldAccess access, Comparison comparison)
    {
        if (access.Steps.IsEmpty && facts.Find(access.Name) is { } value)
        {
            return Formula.Of(comparison.Holds(value, lists));
        }

        var isElement = access.Steps is [PositionStep];
        if (!access.Steps.IsEmpty && !isElement)
        {
            return Formula.Undecided;
        }

        if (comparison is OrderComparison { Operator: OrderOperator.NotEqual } unequal)
        {
            // Whether an absent field is unequal is not known of Gateway, and the field may be absent. Of an element, the value may be at another position.
            return isElement ? Formula.Undecided : HasOneOf(access.Name, [unequal.Value]).Not().And(Formula.Undecided);
        }

        var holds = ValuesOf(comparison) is { } values ? HasOneOf(access.Name, values) : Formula.Undecided;

        // That the caller has the value does not say at which position.
        return isElement ? holds.And(Formula.Undecided) : holds;
    }

    // The values that alone fulfil a comparison; nothing where they are no finite set, or not known.
    private IEnumerable<FilterValue>? ValuesOf(Comparison comparison) => comparison switch
    {
        OrderComparison { Operator: OrderOperator.Equal } equal => [equal.Value],
        OneOfBytesComparison texts => texts.Values,
        OneOfIntComparison { Ranges.IsEmpty: true } => [],
        OneOfIpComparison { Set.Ranges.IsEmpty: true } => [],
        InListComparison list when lists is AccountLists account && account.TextsOf(list.List) is { } texts => texts.Order(StringComparer.Ordinal).Select(text => new BytesValue(text)),
        _ => null,
    };

    private Formula HasOneOf(string field, IEnumerable<FilterValue> values) => Formula.Any(values.Select(value => Has(field, value)));

    private Formula Has(string field, FilterValue value)
    {
        // Bytes that are no text, and the empty text, which could be how an absent value looks.
        if (value is not BytesValue bytes || ByteStrings.ToText(bytes.Bytes) is not { Length: > 0 } text)
        {
            return Formula.Undecided;
        }

        if (GatewayFields.AtomOf(field, text) is { } atom)
        {
            var has = Formula.Of(atom);
            return matchesEmailVariants && field == GatewayFields.Email ? has.Or(Formula.Undecided) : has;
        }

        return GatewayFields.IsOfCaller(field) ? Formula.Undecided : Formula.Of(new Atom(AtomKind.Connection, field, text));
    }

    private Formula EvaluateQuantifier(QuantifierNode quantifier)
    {
        if (FieldOf(quantifier.Operand) is not { } field)
        {
            return Formula.Undecided;
        }

        if (facts.Find(field) is not null)
        {
            return Formula.Of(new FilterEvaluator(facts.Fields, lists).Evaluate(quantifier));
        }

        return quantifier.IsAll ? AnyElement(field, quantifier.Operand, isNegated: true).Not() : AnyElement(field, quantifier.Operand, isNegated: false);
    }

    // The field whose elements an expression speaks of, when it is one alone.
    private static string? FieldOf(FilterNode node)
    {
        switch (node)
        {
            case ComparisonNode { Field: { IsEachElement: true } access }:
                return access.Name;
            case NegationNode negation:
                return FieldOf(negation.Operand);
            case CombinationNode combination:
                var first = FieldOf(combination.Operands[0]);
                return combination.Operands.Skip(1).All(operand => FieldOf(operand) == first) ? first : null;
            default:
                return null;
        }
    }

    // For whom an element fulfils an expression, or its contrary. One that fulfils either of two fulfils their sum.
    private Formula AnyElement(string field, FilterNode node, bool isNegated)
    {
        switch (node)
        {
            case NegationNode negation:
                return AnyElement(field, negation.Operand, !isNegated);
            case CombinationNode { Operator: LogicalOperator.Or } sum when !isNegated:
                return Formula.Any(sum.Operands.Select(operand => AnyElement(field, operand, isNegated)));
            case CombinationNode { Operator: LogicalOperator.And } product when isNegated:
                return Formula.Any(product.Operands.Select(operand => AnyElement(field, operand, isNegated)));
        }

        // Only a finite set of elements can be asked for one by one; that another element is there cannot be told.
        var elements = ElementsOf(node, isNegated);
        return elements is { IsComplement: false } ? HasOneOf(field, elements.Values.Order(StringComparer.Ordinal).Select(text => new BytesValue(text))) : Formula.Undecided;
    }

    private ElementSet? ElementsOf(FilterNode node, bool isNegated)
    {
        switch (node)
        {
            case NegationNode negation:
                return ElementsOf(negation.Operand, !isNegated);
            case ComparisonNode { Comparison: OrderComparison { Operator: OrderOperator.NotEqual, Value: BytesValue value } }:
                return new ElementSet([value.Bytes], !isNegated);
            case ComparisonNode comparison:
                var values = ValuesOf(comparison.Comparison)?.ToArray();
                return values is not null && Array.TrueForAll(values, value => value is BytesValue)
                    ? new ElementSet(values.Select(value => ((BytesValue)value).Bytes).ToHashSet(StringComparer.Ordinal), isNegated)
                    : null;
            case CombinationNode { Operator: not LogicalOperator.Xor } combination:
                var isAnd = (combination.Operator == LogicalOperator.And) != isNegated;
                ElementSet? result = null;
                foreach (var operand in combination.Operands)
                {
                    if (ElementsOf(operand, isNegated) is not { } set)
                    {
                        return null;
                    }

                    result = result is null ? set : isAnd ? result.Intersect(set) : result.Complement().Intersect(set.Complement()).Complement();
                }

                return result;
            default:
                return null;
        }
    }

    /// <summary>Some texts, or all others.</summary>
    private sealed record ElementSet(HashSet<string> Values, bool IsComplement)
    {
        public ElementSet Complement() => this with { IsComplement = !IsComplement };

        public ElementSet Intersect(ElementSet other)
        {
            var values = new HashSet<string>(Values, StringComparer.Ordinal);
            switch (IsComplement, other.IsComplement)
            {
                case (false, false):
                    values.IntersectWith(other.Values);
                    return new ElementSet(values, false);
                case (false, true):
                    values.ExceptWith(other.Values);
                    return new ElementSet(values, false);
                case (true, false):
                    return other.Intersect(this);
                default:
                    values.UnionWith(other.Values);
                    return new ElementSet(values, true);
            }
        }
    }
}
