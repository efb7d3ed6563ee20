using System.Globalization;
using Newtonsoft.Json.Linq;

namespace PolicyLang.Tests.Targets.Cloudflare;

/// <summary>A connection as Gateway sees it.</summary>
internal sealed record Connection(string Address, int Port, string Protocol, string? Vnet, string? Email, string[] Groups, string[] PassedChecks);

/// <summary>Decides connections as Gateway does: ascending precedence, the first network rule that matches decides, and no match means pass.</summary>
internal static class GatewaySimulation
{
    public static bool LetsThrough(JArray rules, Connection connection)
    {
        var fields = new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["net.dst.ip"] = ["ip:" + connection.Address],
            ["net.dst.port"] = ["int:" + connection.Port.ToString(CultureInfo.InvariantCulture)],
            ["net.protocol"] = ["bytes:" + connection.Protocol],
            ["identity.groups.name"] = [.. connection.Groups.Select(g => "bytes:" + g)],
            ["device_posture.checks.passed"] = [.. connection.PassedChecks.Select(c => "bytes:" + c)],
        };
        if (connection.Vnet is { } vnet)
        {
            fields["net.vnet_id"] = ["bytes:" + vnet];
        }

        if (connection.Email is { } email)
        {
            fields["identity.email"] = ["bytes:" + email];
        }

        foreach (var rule in rules.OrderBy(r => (int)r["precedence"]!))
        {
            var isNetworkRule = (string?)rule["filters"]![0] == "l4" && (bool)rule["enabled"]!;
            if (isNetworkRule && Matches("traffic") && Matches("identity") && Matches("device_posture"))
            {
                return (string?)rule["action"] == "allow";
            }

            bool Matches(string field) => WirefilterReference.Holds((string)rule[field]!, fields);
        }

        return true;
    }
}
