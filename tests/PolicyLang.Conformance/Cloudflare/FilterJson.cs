using System.Net;
using System.Text.Json.Nodes;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Conformance.Cloudflare;

/// <summary>Expressions as the engine prints them in JSON.</summary>
internal static class FilterJson
{
    public static JsonNode Print(FilterNode node) => node switch
    {
        CombinationNode combination => new JsonObject { ["op"] = combination.Operator.ToString(), ["items"] = new JsonArray([.. combination.Operands.Select(Print)]) },
        NegationNode negation => new JsonObject { ["op"] = "Not", ["arg"] = Print(negation.Operand) },
        QuantifierNode quantifier => new JsonObject { ["op"] = quantifier.IsAll ? "All" : "Any", ["arg"] = new JsonObject { ["kind"] = "SimpleExpr", ["value"] = Print(quantifier.Operand) } },
        ComparisonNode comparison => Print(comparison),
        _ => throw new InvalidOperationException(node.ToString()),
    };

    public static JsonNode Print(BytesValue value)
        => value.IsByteSequence || ByteStrings.ToText(value.Bytes) is not { } text ? new JsonArray([.. value.Bytes.Select(b => (JsonNode)(int)b)]) : text;

    private static JsonObject Print(ComparisonNode node)
    {
        var (op, value) = Print(node.Comparison);
        var result = new JsonObject { ["lhs"] = Print(node.Field), ["op"] = op };
        if (value is not null)
        {
            result["rhs"] = value;
        }

        return result;
    }

    private static JsonNode Print(FieldAccess access)
    {
        if (access.Steps.IsEmpty)
        {
            return access.Name;
        }

        return new JsonArray([access.Name, .. access.Steps.Select(step => (JsonNode)(step switch
        {
            EachStep => new JsonObject { ["kind"] = "MapEach" },
            PositionStep position => new JsonObject { ["kind"] = "ArrayIndex", ["value"] = position.Position },
            KeyStep key => new JsonObject { ["kind"] = "MapKey", ["value"] = ByteStrings.ToText(key.Key) },
            _ => throw new InvalidOperationException(step.ToString()),
        }))]);
    }

    private static (string Op, JsonNode? Value) Print(Comparison comparison) => comparison switch
    {
        IsTrueComparison => ("IsTrue", null),
        OrderComparison order => (order.Operator.ToString(), order.Value switch
        {
            BytesValue bytes => Print(bytes),
            IntValue number => number.Value,
            IpValue address => Print(address.Value),
            _ => throw new InvalidOperationException(order.ToString()),
        }),
        OneOfBytesComparison texts => ("OneOf", new JsonArray([.. texts.Values.Select(Print)])),
        OneOfIntComparison numbers => ("OneOf", new JsonArray([.. numbers.Ranges.Select(range => (JsonNode)new JsonObject { ["start"] = range.First, ["end"] = range.Last })])),
        OneOfIpComparison addresses => ("OneOf", new JsonArray([.. addresses.Set.Ranges.Select(Print)])),
        InListComparison list => ("InList", list.List),
        ContainsComparison contains => ("Contains", Print(contains.Part)),
        MatchesComparison matches => ("Matches", matches.Source),
        WildcardComparison wildcard => (wildcard.IsStrict ? "Strict Wildcard" : "Wildcard", Print(wildcard.Source)),
        BitsComparison bits => ("BitwiseAnd", bits.Mask),
        _ => throw new InvalidOperationException(comparison.ToString()),
    };

    private static JsonNode Print(AddressRange range)
    {
        if (range.PrefixLength < 0)
        {
            return new JsonObject { ["start"] = Print(range.First), ["end"] = Print(range.Last) };
        }

        return range.First == range.Last ? Print(range.First) : $"{Print(range.First)}/{range.PrefixLength}";
    }

    private static string Print(Address address)
    {
        var bytes = new byte[address.Width / 8];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(address.Bits >> (address.Width - 8 - (8 * i)));
        }

        return new IPAddress(bytes).ToString();
    }
}
