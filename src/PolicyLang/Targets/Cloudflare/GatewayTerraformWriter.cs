using System.Text.Json;

namespace PolicyLang.Targets.Cloudflare;

/// <summary>
/// Writes rules, lists and routes as Terraform JSON, for version 4 or 5 of the Cloudflare provider. What the versions spell differently
/// is in the provider's own documentation and upgrade guide. Every text goes through <see cref="TerraformText.Literal"/>, because every string is a template.
/// </summary>
internal static class GatewayTerraformWriter
{
    /// <summary>The resource type of lists.</summary>
    public const string ListResource = "cloudflare_zero_trust_list";

    private const string RuleResource = "cloudflare_zero_trust_gateway_policy";
    private const string RouteResource = "cloudflare_zero_trust_tunnel_cloudflared_route";
    private const string RouteResourceOfVersion4 = "cloudflare_zero_trust_tunnel_route";
    private const string FileName = "gateway.tf.json";

    /// <summary>Writes <c>gateway.tf.json</c>.</summary>
    public static OutputFile Write(GatewayRuleSet set) => GatewayJson.File(set.Path.OutputFolder + FileName, writer =>
    {
        var isVersion4 = set.Path.ProviderMajorVersion == 4;
        writer.WriteStartObject();
        WriteProvider(writer, isVersion4);
        if (string.Equals(set.Path.Account, CloudflarePathSettings.DefaultAccount, StringComparison.Ordinal) && !set.Gates.IsEmpty)
        {
            WriteAccountVariable(writer);
        }

        writer.WriteStartObject("resource");
        WriteRules(writer, set, isVersion4);
        WriteLists(writer, set, isVersion4);
        WriteRoutes(writer, set, isVersion4);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    private static void WriteProvider(Utf8JsonWriter writer, bool isVersion4)
    {
        writer.WriteStartObject("terraform");
        writer.WriteStartObject("required_providers");
        writer.WriteStartObject("cloudflare");
        writer.WriteString("source", "cloudflare/cloudflare");
        writer.WriteString("version", isVersion4 ? "~> 4.52" : "~> 5.22");
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteAccountVariable(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("variable");
        writer.WriteStartObject("account_id");
        writer.WriteString("type", "string");
        writer.WriteString("description", "The Cloudflare account.");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteRules(Utf8JsonWriter writer, GatewayRuleSet set, bool isVersion4)
    {
        writer.WriteStartObject(RuleResource);
        var blockLabel = "";
        for (var i = 0; i < set.Rules.Length; i++)
        {
            var rule = set.Rules[i];
            blockLabel = rule is GatewayBlock ? rule.Label : blockLabel;
            WriteRule(writer, set.Path, rule, set.Precedences[i], blockLabel, isVersion4);
        }

        writer.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter writer, CloudflarePathSettings path, GatewayRule rule, int precedence, string blockLabel, bool isVersion4)
    {
        var allow = rule as GatewayAllow;
        writer.WriteStartObject(rule.Label);
        writer.WriteString("account_id", path.Account);
        WriteLiteral(writer, "name", rule.Name);
        WriteLiteral(writer, "description", rule.Description);

        // The provider's default is false.
        writer.WriteBoolean("enabled", true);

        // Version 4 sends this number times a thousand plus the rest of the name's CRC-32: the same number in the account.
        writer.WriteNumber("precedence", isVersion4 ? precedence / PrecedenceBand.Step : precedence);
        writer.WriteString("action", GatewayJson.NameOf(rule.Action));
        writer.WriteTexts("filters", GatewayJson.FilterOf(rule.Action));
        writer.WriteString("traffic", GatewayExpressionText.ForTerraform(rule.Traffic));
        writer.WriteString("identity", allow is null ? "" : GatewayExpressionText.ForTerraform(allow.Identity));
        writer.WriteString("device_posture", allow?.Posture is { } posture ? GatewayExpressionText.ForTerraform(posture) : "");
        WriteSettings(writer, path, rule.Action, isVersion4);
        if (allow is not null)
        {
            WriteDependence(writer, blockLabel);
        }

        writer.WriteEndObject();
    }

    // Terraform creates in parallel: without this an allow rule or a route could stand before the block, and outlive it on removal.
    private static void WriteDependence(Utf8JsonWriter writer, string blockLabel) => writer.WriteTexts("depends_on", $"{RuleResource}.{blockLabel}");

    private static void WriteSettings(Utf8JsonWriter writer, CloudflarePathSettings path, GatewayAction action, bool isVersion4)
    {
        if (action == GatewayAction.Allow && path.SessionDuration is { } duration)
        {
            WriteBlock(writer, "rule_settings", isVersion4, () =>
                WriteBlock(writer, "check_session", isVersion4, () =>
                {
                    writer.WriteBoolean("enforce", true);
                    writer.WriteString("duration", duration);
                }));
        }
        else if (action == GatewayAction.Block && path.BlockMessage is { } message)
        {
            WriteBlock(writer, "rule_settings", isVersion4, () =>
            {
                WriteLiteral(writer, isVersion4 ? "block_page_reason" : "block_reason", message);
                WriteBlock(writer, "notification_settings", isVersion4, () =>
                {
                    writer.WriteBoolean("enabled", true);
                    WriteLiteral(writer, isVersion4 ? "message" : "msg", message);
                });
            });
        }
    }

    // Version 4 has blocks, which JSON writes as lists; version 5 has attributes.
    private static void WriteBlock(Utf8JsonWriter writer, string property, bool isVersion4, Action writeContent)
    {
        writer.WritePropertyName(property);
        if (isVersion4)
        {
            writer.WriteStartArray();
        }

        writer.WriteStartObject();
        writeContent();
        writer.WriteEndObject();
        if (isVersion4)
        {
            writer.WriteEndArray();
        }
    }

    private static void WriteLists(Utf8JsonWriter writer, GatewayRuleSet set, bool isVersion4)
    {
        if (!set.Gates.Any(gate => gate.List is not null))
        {
            return;
        }

        writer.WriteStartObject(ListResource);
        foreach (var list in set.Gates.Select(gate => gate.List).OfType<GatewayList>())
        {
            writer.WriteStartObject(list.Label);
            writer.WriteString("account_id", set.Path.Account);
            WriteLiteral(writer, "name", list.Name);
            WriteLiteral(writer, "description", list.Description);
            writer.WriteString("type", "IP");
            writer.WriteStartArray(isVersion4 ? "items_with_description" : "items");
            foreach (var address in list.Addresses)
            {
                writer.WriteStartObject();
                writer.WriteString("value", address.Text);
                WriteLiteral(writer, "description", list.Description);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteRoutes(Utf8JsonWriter writer, GatewayRuleSet set, bool isVersion4)
    {
        if (!set.Gates.Any(GatewayRuleSet.HasRoutes))
        {
            return;
        }

        writer.WriteStartObject(isVersion4 ? RouteResourceOfVersion4 : RouteResource);
        foreach (var gate in set.Gates.Where(GatewayRuleSet.HasRoutes))
        {
            foreach (var address in gate.Addresses)
            {
                writer.WriteStartObject(TerraformText.Label(gate.Cluster.Name, address.Text.Replace('.', '-').Replace(':', '-')));
                writer.WriteString("account_id", set.Path.Account);
                writer.WriteString("tunnel_id", gate.Tunnel);
                writer.WriteString("network", address.Network);
                WriteLiteral(writer, "comment", $"policyc/{gate.Cluster.Name}");
                if (gate.VirtualNetwork is { } vnet)
                {
                    writer.WriteString("virtual_network_id", vnet);
                }

                WriteDependence(writer, TerraformText.Label(gate.Cluster.Name, "block"));
                writer.WriteEndObject();
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteLiteral(Utf8JsonWriter writer, string property, string text) => writer.WriteString(property, TerraformText.Literal(text));
}
