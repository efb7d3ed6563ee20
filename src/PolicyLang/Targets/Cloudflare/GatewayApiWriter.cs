using System.Text.Json;

namespace PolicyLang.Targets.Cloudflare;

/// <summary>Writes rules and lists as bodies for the Cloudflare API.</summary>
internal static class GatewayApiWriter
{
    private const string RulesFile = "gateway-rules.json";
    private const string ListsFile = "gateway-lists.json";

    /// <summary>Writes <c>gateway-rules.json</c>, and <c>gateway-lists.json</c> where a cluster uses a list.</summary>
    public static IEnumerable<OutputFile> Write(GatewayRuleSet set)
    {
        yield return GatewayJson.File(set.Path.OutputFolder + RulesFile, writer =>
        {
            writer.WriteStartArray();
            for (var i = 0; i < set.Rules.Length; i++)
            {
                WriteRule(writer, set.Path, set.Rules[i], set.Precedences[i]);
            }

            writer.WriteEndArray();
        });

        if (set.Gates.Any(gate => gate.List is not null))
        {
            yield return GatewayJson.File(set.Path.OutputFolder + ListsFile, writer => WriteLists(writer, set));
        }
    }

    private static void WriteRule(Utf8JsonWriter writer, CloudflarePathSettings path, GatewayRule rule, int precedence)
    {
        var allow = rule as GatewayAllow;
        writer.WriteStartObject();
        writer.WriteString("name", rule.Name);
        writer.WriteString("description", rule.Description);
        writer.WriteBoolean("enabled", true);
        writer.WriteNumber("precedence", precedence);
        writer.WriteString("action", GatewayJson.NameOf(rule.Action));
        writer.WriteTexts("filters", GatewayJson.FilterOf(rule.Action));
        writer.WriteString("traffic", GatewayExpressionText.ForApi(rule.Traffic));
        writer.WriteString("identity", allow is null ? "" : GatewayExpressionText.ForApi(allow.Identity));
        writer.WriteString("device_posture", allow?.Posture is { } posture ? GatewayExpressionText.ForApi(posture) : "");
        WriteSettings(writer, path, rule.Action);
        writer.WriteEndObject();
    }

    private static void WriteSettings(Utf8JsonWriter writer, CloudflarePathSettings path, GatewayAction action)
    {
        if (action == GatewayAction.Allow && path.SessionDuration is { } duration)
        {
            writer.WriteStartObject("rule_settings");
            writer.WriteStartObject("check_session");
            writer.WriteBoolean("enforce", true);
            writer.WriteString("duration", duration);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        else if (action == GatewayAction.Block && path.BlockMessage is { } message)
        {
            writer.WriteStartObject("rule_settings");
            writer.WriteString("block_reason", message);
            writer.WriteStartObject("notification_settings");
            writer.WriteBoolean("enabled", true);
            writer.WriteString("msg", message);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
    }

    // By identifier, because a body does not hold it and rules refer to nothing else.
    private static void WriteLists(Utf8JsonWriter writer, GatewayRuleSet set)
    {
        writer.WriteStartObject();
        foreach (var list in set.Gates.Select(gate => gate.List).OfType<GatewayList>())
        {
            writer.WriteStartObject(list.Id ?? throw new InvalidOperationException("a list without an identifier"));
            writer.WriteString("name", list.Name);
            writer.WriteString("description", list.Description);
            writer.WriteString("type", "IP");
            writer.WriteStartArray("items");
            foreach (var address in list.Addresses)
            {
                writer.WriteStartObject();
                writer.WriteString("value", address.Text);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
