using System.Collections.Frozen;
using System.Collections.Immutable;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Targets.Cloudflare.Reading;

/// <summary>Reads a list: the body of the API (Cloudflare API reference, Gateway lists), or the same attributes of a Terraform resource.</summary>
internal sealed class ListReader(ArtefactScope scope, bool isTerraform)
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "id", "name", "description", "type", "items", "items_with_description", "count", "list_count", "created_at", "updated_at",
    };

    /// <summary>Reads a list and adds it to the log.</summary>
    /// <param name="map">The list.</param>
    /// <param name="key">What rules name it by.</param>
    public void Read(JsonItem map, string key)
    {
        var name = scope.TextOf(map.Find("name")) ?? key;
        var place = scope.File.PlaceOf(map.Offset);
        var isUnderstood = true;
        foreach (var member in map.Members)
        {
            // In Terraform a count says how many of the resource there are.
            var isKnown = Known.Contains(member.Name) && !(isTerraform && member.Name == "count");
            if (!isKnown && !(isTerraform && RuleReader.HarmlessMeta.Contains(member.Name)) && !member.Value.IsEmpty)
            {
                scope.ReportNotModelled($"`{member.Name}` of list `{name}` is not modelled", member.Offset);
                isUnderstood = false;
            }
        }

        var values = isUnderstood ? ReadItems(map, name) : null;
        AddressSet? addresses = null;
        FrozenSet<string>? texts = null;
        switch (scope.TextOf(map.Find("type")))
        {
            case "IP" when values is not null:
                addresses = ReadAddresses(values, name, map.Offset);
                break;
            case "EMAIL" when values is not null:
                texts = values.Select(ByteStrings.FromText).ToFrozenSet(StringComparer.Ordinal);
                break;

            // What lists of other types match (suffixes, categories, devices) is not the equality of texts.
            case "IP" or "EMAIL" or "SERIAL" or "URL" or "DOMAIN" or "CATEGORY" or "LOCATION" or "DEVICE" or "AAGUID":
                break;
            default:
                scope.ReportNotModelled($"the type of list `{name}` is not known", map.Offset);
                break;
        }

        scope.Log.Lists.Add(new AccountList(key, name, place, addresses, texts));
    }

    private List<string>? ReadItems(JsonItem map, string name)
    {
        var items = map.Find("items") ?? map.Find("items_with_description");
        if (items is null)
        {
            // The API leaves the items out of its answers; a resource without them makes an empty list.
            return isTerraform || map.Find("count") is { Text: "0" } ? [] : null;
        }

        var values = new List<string>();
        foreach (var item in RuleItems(items))
        {
            if (scope.TextOf(item.Kind == JsonItemKind.Map ? item.Find("value") : item) is not { } value || !HasOnlyKnownMembers(item))
            {
                scope.ReportNotModelled($"an item of list `{name}` is not known", item.Offset);
                return null;
            }

            values.Add(value);
        }

        return values;
    }

    private static ImmutableArray<JsonItem> RuleItems(JsonItem items) => items.Kind == JsonItemKind.List ? items.Items : [items];

    private static bool HasOnlyKnownMembers(JsonItem item) => item.Members.All(member => member.Name is "value" or "description" or "created_at" || member.Value.IsEmpty);

    private AddressSet? ReadAddresses(List<string> values, string name, int offset)
    {
        var ranges = ImmutableArray.CreateBuilder<AddressRange>(values.Count);
        foreach (var value in values)
        {
            if (!AddressRange.TryParseNetwork(value, out var range, out _, out var reason))
            {
                scope.ReportNotModelled($"item `{value}` of list `{name}` is no address: {reason}", offset);
                return null;
            }

            ranges.Add(range);
        }

        return new AddressSet(ranges.ToImmutable());
    }
}
