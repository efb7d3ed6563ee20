using System.Globalization;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Targets.Cloudflare.Reading;

/// <summary>Reads a rule: the body of the API (Cloudflare API reference, Gateway rules), or the same attributes of a Terraform resource.</summary>
internal sealed class RuleReader(ArtefactScope scope, PrecedenceScale scale, bool isTerraform)
{
    private static readonly Dictionary<string, HashSet<string>> LegalActions = new(StringComparer.Ordinal)
    {
        ["l4"] = ["allow", "block", "l4_override", "audit_ssh"],
        ["http"] = ["allow", "block", "off", "on", "scan", "noscan", "isolate", "noisolate", "quarantine", "redirect"],
        ["dns"] = ["allow", "block", "override", "safesearch", "ytrestricted"],
        ["egress"] = ["egress"],
        ["dns_resolver"] = ["resolve"],
    };

    private static readonly HashSet<string> ReadOnly = new(StringComparer.Ordinal)
    {
        "id", "created_at", "updated_at", "version", "sharable", "warning_status",
    };

    /// <summary>The names that Terraform has for every resource and that change nothing of what a rule says.</summary>
    public static readonly HashSet<string> HarmlessMeta = new(StringComparer.Ordinal) { "account_id", "depends_on", "//", "timeouts", "provisioner", "connection" };

    /// <summary>Reads a rule and adds it to the log, unless it is deleted.</summary>
    /// <param name="map">The rule.</param>
    /// <param name="label">What to call it when it has no name that is known.</param>
    public void Read(JsonItem map, string label)
    {
        var place = scope.File.PlaceOf(map.Offset);
        if (map.Find("deleted_at") is not null)
        {
            return;
        }

        var nameInAccount = scope.TextOf(map.Find("name"));
        var name = nameInAccount ?? label;
        var isUnderstood = ReadMembers(map, name);
        var isPlaced = map.Find("source_account") is null && map.Find("read_only") is not { Kind: JsonItemKind.True };
        if (!isPlaced)
        {
            scope.ReportNotModelled($"rule `{name}` comes from another account, whose rules take part in an order that is not modelled", map.Offset);
        }

        var (layer, filter) = ReadLayer(map, name);
        var action = scope.TextOf(map.Find("action"));
        var effect = ReadEffect(map, name, layer, filter, action);
        var (isEnabled, isKnown) = ReadEnabled(map, name);
        isUnderstood &= CheckTimes(map, name, filter) & isKnown;
        var precedence = ReadPrecedence(map, name);
        scope.Log.Rules.Add(new GatewayRule(
            name,
            nameInAccount,
            place,
            layer,
            isUnderstood || effect == GatewayEffect.None ? effect : GatewayEffect.Unknown,
            action ?? "",
            isEnabled,
            isPlaced ? precedence : null,
            scale,
            ReadPart(map, "traffic", name),
            ReadPart(map, "identity", name),
            ReadPart(map, "device_posture", name)));
    }

    private bool ReadMembers(JsonItem map, string name)
    {
        var isUnderstood = true;
        foreach (var member in map.Members)
        {
            switch (member.Name)
            {
                case "name" or "description" or "action" or "filters" or "enabled" or "precedence" or "traffic" or "identity" or "device_posture" or "schedule" or "expiration":
                case "deleted_at" or "source_account" or "read_only":
                    break;
                case "rule_settings":
                    if (RuleSettings.FindUnknown(member.Value) is { } setting)
                    {
                        scope.ReportNotModelled($"setting `{setting.Name}` of rule `{name}` is not modelled", setting.Offset);
                        isUnderstood = false;
                    }

                    break;
                default:
                    if (!ReadOnly.Contains(member.Name) && !(isTerraform && HarmlessMeta.Contains(member.Name)) && !member.Value.IsEmpty)
                    {
                        scope.ReportNotModelled($"`{member.Name}` of rule `{name}` is not modelled", member.Offset);
                        isUnderstood = false;
                    }

                    break;
            }
        }

        return isUnderstood;
    }

    private (GatewayLayer Layer, string? Filter) ReadLayer(JsonItem map, string name)
    {
        var filters = map.Find("filters");
        if (filters is not { Kind: JsonItemKind.List } || filters.Items.Length != 1)
        {
            // The provider's documentation: the list can hold only a single value. Without one the API fills something in.
            if (filters is { Items.Length: > 1 })
            {
                scope.Refuse($"rule `{name}` has more than one filter", filters.Offset);
            }
            else
            {
                scope.ReportNotModelled($"rule `{name}` has no filter, and which one Gateway takes instead is not documented", map.Offset);
            }

            return (GatewayLayer.Network, null);
        }

        var filter = scope.TextOf(filters.Items[0]);
        switch (filter)
        {
            case "l4":
                return (GatewayLayer.Network, filter);
            case "http":
                return (GatewayLayer.Http, filter);
            case "dns" or "egress" or "dns_resolver":
                return (GatewayLayer.Other, filter);
            default:
                scope.ReportNotModelled($"the filter of rule `{name}` is not known", filters.Offset);
                return (GatewayLayer.Network, null);
        }
    }

    private GatewayEffect ReadEffect(JsonItem map, string name, GatewayLayer layer, string? filter, string? action)
    {
        if (action is null)
        {
            scope.ReportNotModelled($"the action of rule `{name}` is not known", map.Offset);
            return GatewayEffect.Unknown;
        }

        if (filter is null)
        {
            return GatewayEffect.Unknown;
        }

        if (!LegalActions[filter].Contains(action))
        {
            scope.Refuse($"action `{action}` of rule `{name}` does not go with filter `{filter}`", map.Offset);
            return GatewayEffect.Unknown;
        }

        return (layer, action) switch
        {
            (GatewayLayer.Other, _) => GatewayEffect.None,
            (GatewayLayer.Network, "allow") => GatewayEffect.Allow,
            (GatewayLayer.Network, "block") => GatewayEffect.Block,

            // It leads the connection elsewhere; what a retired action does is not documented any more.
            (GatewayLayer.Network, _) => GatewayEffect.Unknown,
            (_, "off") => GatewayEffect.NoInspect,
            (_, "block" or "isolate" or "quarantine" or "redirect") => GatewayEffect.Block,
            _ => GatewayEffect.None,
        };
    }

    private (bool IsEnabled, bool IsKnown) ReadEnabled(JsonItem map, string name)
    {
        if (map.Find("enabled") is not { } enabled)
        {
            // The provider's default, in version 4 as in version 5; the API documents none.
            if (!isTerraform)
            {
                scope.ReportNotModelled($"rule `{name}` does not say whether it is enabled, and the API documents no default", map.Offset);
            }

            return (!isTerraform, isTerraform);
        }

        if (scope.FlagOf(enabled) is { } flag)
        {
            return (flag, true);
        }

        scope.ReportNotModelled($"whether rule `{name}` is enabled is not known", enabled.Offset);
        return (true, false);
    }

    private bool CheckTimes(JsonItem map, string name, string? filter)
    {
        var isUnderstood = true;
        foreach (var key in (ReadOnlySpan<string>)["schedule", "expiration"])
        {
            if (map.Find(key) is { IsEmpty: false } value && filter is not ("dns" or "dns_resolver"))
            {
                scope.Refuse($"`{key}` of rule `{name}` is only for names: rules about connections have no times", value.Offset);
                isUnderstood = false;
            }
        }

        return isUnderstood;
    }

    private long? ReadPrecedence(JsonItem map, string name)
    {
        var item = map.Find("precedence");
        if (item is { Kind: JsonItemKind.Number } || (isTerraform && item is { Kind: JsonItemKind.Text }))
        {
            var text = item.Kind == JsonItemKind.Number ? item.Text : scope.TextOf(item);
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) < int.MaxValue)
            {
                return value;
            }
        }

        scope.ReportNotModelled(item is null ? $"rule `{name}` has no precedence, so that Gateway gives it one" : $"the precedence of rule `{name}` is not known", item?.Offset ?? map.Offset);
        return null;
    }

    private RulePart ReadPart(JsonItem map, string key, string name)
    {
        if (map.Find(key) is not { } item)
        {
            return RulePart.Empty;
        }

        if (scope.TextOf(item) is not { } text)
        {
            scope.ReportNotModelled(isTerraform ? $"`{key}` of rule `{name}` is known to Terraform alone" : $"`{key}` of rule `{name}` is no text", item.Offset);
            return RulePart.Unknown;
        }

        if (text.Length == 0)
        {
            return RulePart.Empty;
        }

        if (FilterParser.Parse(text, GatewayFields.Scheme, FilterDialect.Gateway, out var error) is { } node)
        {
            return new RulePart(node, false);
        }

        // Gateway's own fields and functions are documented in part.
        var message = $"`{key}` of rule `{name}` does not parse at character {(error!.Start + 1).ToString(CultureInfo.InvariantCulture)}: {error.Message}";
        if (error.Kind == FilterErrorKind.UnknownIdentifier)
        {
            scope.ReportNotModelled(message, item.Offset);
        }
        else
        {
            scope.Refuse(message, item.Offset);
        }

        return RulePart.Unknown;
    }
}
