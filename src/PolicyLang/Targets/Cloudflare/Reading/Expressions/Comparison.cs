using System.Collections.Immutable;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Cloudflare.Reading.Expressions;

/// <summary>Where the lists that expressions name are found.</summary>
internal interface IListSource
{
    /// <summary>Whether a list holds a value; unknown for a list that is not known.</summary>
    Truth Contains(string list, FilterValue value);
}

/// <summary>What is said of a value.</summary>
internal abstract record Comparison
{
    /// <summary>Whether it holds of a value; unknown where the language does not say it, or where it is not modelled.</summary>
    public abstract Truth Holds(FilterValue value, IListSource lists);
}

/// <summary>A truth value, without an operator.</summary>
internal sealed record IsTrueComparison : Comparison
{
    public override Truth Holds(FilterValue value, IListSource lists) => value is BoolValue flag ? flag.Value.ToTruth() : Truth.Unknown;
}

/// <summary>The operators that order values.</summary>
internal enum OrderOperator
{
    Equal,
    NotEqual,
    GreaterThanEqual,
    LessThanEqual,
    GreaterThan,
    LessThan,
}

/// <summary>Equality and order. Addresses of different families are unequal and have no order.</summary>
internal sealed record OrderComparison(OrderOperator Operator, FilterValue Value) : Comparison
{
    public override Truth Holds(FilterValue value, IListSource lists)
    {
        int? order = (value, Value) switch
        {
            (BytesValue a, BytesValue b) => string.CompareOrdinal(a.Bytes, b.Bytes),
            (IntValue a, IntValue b) => a.Value.CompareTo(b.Value),
            (IpValue a, IpValue b) => a.Value.IsVersion6 == b.Value.IsVersion6 ? a.Value.Bits.CompareTo(b.Value.Bits) : null,
            _ => null,
        };
        return (Operator switch
        {
            OrderOperator.Equal => order == 0,
            OrderOperator.NotEqual => order != 0,
            OrderOperator.GreaterThanEqual => order >= 0,
            OrderOperator.LessThanEqual => order <= 0,
            OrderOperator.GreaterThan => order > 0,
            _ => order < 0,
        }).ToTruth();
    }
}

/// <summary>One of some texts.</summary>
internal sealed record OneOfBytesComparison(ImmutableArray<BytesValue> Values) : Comparison
{
    public override Truth Holds(FilterValue value, IListSource lists)
    {
        if (value is BytesValue bytes)
        {
            foreach (var candidate in Values)
            {
                if (string.Equals(candidate.Bytes, bytes.Bytes, StringComparison.Ordinal))
                {
                    return Truth.True;
                }
            }
        }

        return Truth.False;
    }
}

/// <summary>In one of some ranges of numbers, first and last included.</summary>
internal sealed record OneOfIntComparison(ImmutableArray<(long First, long Last)> Ranges) : Comparison
{
    public override Truth Holds(FilterValue value, IListSource lists)
    {
        if (value is IntValue number)
        {
            foreach (var (first, last) in Ranges)
            {
                if (first <= number.Value && number.Value <= last)
                {
                    return Truth.True;
                }
            }
        }

        return Truth.False;
    }
}

/// <summary>In one of some ranges of addresses.</summary>
internal sealed record OneOfIpComparison(AddressSet Set) : Comparison
{
    public override Truth Holds(FilterValue value, IListSource lists) => (value is IpValue address && Set.Contains(address.Value)).ToTruth();
}

/// <summary>In a list of the account.</summary>
internal sealed record InListComparison(string List) : Comparison
{
    public override Truth Holds(FilterValue value, IListSource lists) => lists.Contains(List, value);
}

/// <summary>Holds a text.</summary>
internal sealed record ContainsComparison(BytesValue Part) : Comparison
{
    public override Truth Holds(FilterValue value, IListSource lists)
        => (value is BytesValue bytes && bytes.Bytes.Contains(Part.Bytes, StringComparison.Ordinal)).ToTruth();
}

/// <summary>Holds something that a regular expression matches.</summary>
/// <param name="Source">The expression as the engine sees it.</param>
/// <param name="Pattern">It in a form that can be run; absent where it uses what is not modelled.</param>
internal sealed record MatchesComparison(string Source, BytePattern? Pattern) : Comparison
{
    public override Truth Holds(FilterValue value, IListSource lists)
        => value is not BytesValue bytes ? Truth.False : Pattern is null ? Truth.Unknown : Pattern.IsMatch(bytes.Bytes);
}

/// <summary>Is matched as a whole by a text with <c>*</c>.</summary>
/// <param name="Source">The pattern as written.</param>
/// <param name="Pattern">It in a form that can be run.</param>
/// <param name="IsStrict">Whether letters differ by case.</param>
internal sealed record WildcardComparison(BytesValue Source, WildcardPattern Pattern, bool IsStrict) : Comparison
{
    public override Truth Holds(FilterValue value, IListSource lists) => (value is BytesValue bytes && Pattern.IsMatch(bytes.Bytes, IsStrict)).ToTruth();
}

/// <summary>Shares a bit with a number.</summary>
internal sealed record BitsComparison(long Mask) : Comparison
{
    public override Truth Holds(FilterValue value, IListSource lists) => (value is IntValue number && (number.Value & Mask) != 0).ToTruth();
}
