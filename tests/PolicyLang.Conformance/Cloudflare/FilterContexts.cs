using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PolicyLang.Reading;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;
using PolicyLang.Tests.Oracle;

namespace PolicyLang.Conformance.Cloudflare;

/// <summary>The scheme, the lists and the contexts that the engine was run with.</summary>
internal static class FilterContexts
{
    private static readonly JsonNode Recorded = OracleData.Read("cloudflare", "gateway_scheme.json");

    public static FilterScheme Scheme { get; } = new(Recorded["fields"]!.AsObject().Select(field => KeyValuePair.Create(field.Key, TypeOf((string)field.Value!))));

    public static IListSource Lists { get; } = new RecordedLists(Recorded["lists_by_name"]!.AsObject().ToDictionary(list => list.Key, list => list.Value!.AsArray().Select(item => (string)item!).ToArray(), StringComparer.Ordinal));

    public static ImmutableArray<ImmutableDictionary<string, FilterValue>> All { get; } =
    [
        .. OracleData.Cases("cloudflare", "contexts.json").Select(context => context["values"]!.AsObject()
            .ToImmutableDictionary(value => value.Key, value => ValueOf(value.Value!, Scheme.Find(value.Key)!), StringComparer.Ordinal)),
    ];

    /// <summary>What an expression gives in each context, as the recordings write it.</summary>
    public static string Evaluate(FilterNode node, bool absentIsUnequal = true)
        => string.Concat(All.Select(context => new FilterEvaluator(context, Lists, absentIsUnequal).Evaluate(node) switch { Truth.True => '1', Truth.False => '0', _ => '?' }));

    private static FieldType TypeOf(string text) => text switch
    {
        "Bool" => FieldType.Bool,
        "Bytes" => FieldType.Bytes,
        "Int" => FieldType.Int,
        "Ip" => FieldType.Ip,
        _ => FieldType.ArrayOf(TypeOf(text["Array(".Length..^1])),
    };

    private static FilterValue ValueOf(JsonNode node, FieldType type) => type.Kind switch
    {
        FieldTypeKind.Bool => new BoolValue((bool)node),
        FieldTypeKind.Bytes => new BytesValue(ByteStrings.FromText((string)node!)),
        FieldTypeKind.Int => new IntValue((long)node),
        FieldTypeKind.Ip => Address.TryParse((string)node!, out var address) ? new IpValue(address) : throw new InvalidOperationException((string)node!),
        _ => new ArrayValue([.. node.AsArray().Select(item => ValueOf(item!, type.Element!))]),
    };

    // A list that is not known holds nothing, as the program did that made the recordings.
    private sealed class RecordedLists(Dictionary<string, string[]> lists) : IListSource
    {
        public Truth Contains(string list, FilterValue value) => (lists.GetValueOrDefault(list) ?? []).Any(item => value switch
        {
            BytesValue bytes => bytes.Bytes == item,
            IpValue address => AddressRange.TryParseNetwork(item, out var range, out _, out _) && range.Contains(address.Value),
            _ => false,
        }).ToTruth();
    }
}
