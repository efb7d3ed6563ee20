using System.Globalization;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Cloudflare.Reading;

/// <summary>
/// Reads Terraform's JSON syntax for versions 3 to 5 of the Cloudflare provider (its documentation of <c>cloudflare_zero_trust_gateway_policy</c>,
/// <c>cloudflare_zero_trust_list</c> and their older names). Files of one module share their lists and the version of the provider.
/// </summary>
internal sealed class TerraformReader
{
    private static readonly HashSet<string> RuleTypes = new(StringComparer.Ordinal) { "cloudflare_zero_trust_gateway_policy", "cloudflare_teams_rule" };
    private static readonly HashSet<string> ListTypes = new(StringComparer.Ordinal) { "cloudflare_zero_trust_list", "cloudflare_teams_list" };
    private static readonly HashSet<string> SettingTypes = new(StringComparer.Ordinal) { "cloudflare_zero_trust_gateway_settings", "cloudflare_teams_account" };

    private static readonly HashSet<string> RouteTypes = new(StringComparer.Ordinal)
    {
        "cloudflare_zero_trust_tunnel_cloudflared_route", "cloudflare_zero_trust_tunnel_route", "cloudflare_tunnel_route",
    };

    private static readonly HashSet<string> RouteKeys = new(StringComparer.Ordinal) { "tunnel_id", "network", "comment", "virtual_network_id" };

    private static readonly HashSet<string> HarmlessBlocks = new(StringComparer.Ordinal)
    {
        "//", "terraform", "provider", "variable", "locals", "output", "data", "check", "moved", "import",
    };

    private readonly List<Resource> _resources = [];
    private readonly Dictionary<string, string> _lists = new(StringComparer.Ordinal);
    private readonly ReadingLog _log;
    private string? _account;
    private PrecedenceScale _scale = PrecedenceScale.Unsaid;

    private TerraformReader(ReadingLog log) => _log = log;

    /// <summary>Reads the files of a module.</summary>
    public static void Read(IReadOnlyList<JsonFile> files, ReadingLog log)
    {
        var reader = new TerraformReader(log);
        foreach (var file in files)
        {
            reader.Gather(file);
        }

        reader.ReadResources();
    }

    private void Gather(JsonFile file)
    {
        var scope = new ArtefactScope(file, _log, new TerraformTemplate(FindList));
        foreach (var block in RuleSettings.Blocks(file.Root!))
        {
            foreach (var member in block.Members)
            {
                switch (member.Name)
                {
                    case "resource":
                        GatherResources(member.Value, scope);
                        break;
                    case "terraform":
                        ReadVersion(member.Value);
                        break;
                    default:
                        if (!HarmlessBlocks.Contains(member.Name))
                        {
                            // A module can hold rules, and "removed" takes some away.
                            scope.ReportNotModelled($"`{member.Name}` is not modelled", member.Offset);
                            _log.IsIncomplete = true;
                        }

                        break;
                }
            }
        }
    }

    private void GatherResources(JsonItem resources, ArtefactScope scope)
    {
        foreach (var type in RuleSettings.Blocks(resources).SelectMany(block => block.Members))
        {
            if (type.Name == "//")
            {
                continue;
            }

            foreach (var label in RuleSettings.Blocks(type.Value).SelectMany(block => block.Members))
            {
                foreach (var body in RuleSettings.Blocks(label.Value))
                {
                    _resources.Add(new Resource(type.Name, label.Name, body, scope));
                    if (ListTypes.Contains(type.Name))
                    {
                        _lists[$"{type.Name}.{label.Name}"] = TerraformReferences.Mark + _lists.Count.ToString(CultureInfo.InvariantCulture);
                    }
                }
            }
        }
    }

    private string? FindList(string type, string label) => _lists.GetValueOrDefault($"{type}.{label}");

    // "~> 4.52" and the like; a constraint that allows several versions says nothing.
    private void ReadVersion(JsonItem terraform)
    {
        foreach (var provider in RuleSettings.Blocks(terraform).Select(block => block.Find("required_providers")).OfType<JsonItem>().SelectMany(RuleSettings.Blocks))
        {
            var version = provider.Find("cloudflare") is { } item ? (item.Kind == JsonItemKind.Text ? item.Text : item.Find("version")?.Text) : null;
            var text = (version ?? "").TrimStart('~', '>', '=', ' ');
            var isExact = version is not null && !version.Contains(',', StringComparison.Ordinal) && (version.StartsWith("~>", StringComparison.Ordinal) || char.IsAsciiDigit(version.TrimStart('=', ' ').FirstOrDefault()));

            // "~> 4" alone allows version 5.
            var end = text.IndexOf('.', StringComparison.Ordinal);
            if (isExact && end > 0 && int.TryParse(text[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var major))
            {
                _scale = major >= 5 ? PrecedenceScale.Account : PrecedenceScale.Thousandfold;
            }
        }
    }

    private void ReadResources()
    {
        if (_resources.Exists(resource => resource.Type is "cloudflare_teams_rule" or "cloudflare_teams_list"))
        {
            _scale = PrecedenceScale.Thousandfold;
        }

        foreach (var resource in _resources)
        {
            Read(resource);
        }
    }

    private void Read(Resource resource)
    {
        var (type, label, body, scope) = resource;
        if (RuleTypes.Contains(type))
        {
            new RuleReader(scope, CheckAccount(resource) ? _scale : PrecedenceScale.Unsaid, isTerraform: true).Read(body, $"{type}.{label}");
        }
        else if (ListTypes.Contains(type))
        {
            new ListReader(scope, isTerraform: true).Read(body, FindList(type, label)!);
        }
        else if (RouteTypes.Contains(type))
        {
            ReadRoute(resource);
        }
        else if (SettingTypes.Contains(type))
        {
            _log.MatchesEmailVariants |= FindsExtendedEmail(body);
            _log.Effects.Add(new OtherEffect($"sets the account's Gateway settings (`{type}.{label}`)", scope.File.PlaceOf(body.Offset)));
        }
        else
        {
            _log.Effects.Add(new OtherEffect($"makes `{type}.{label}`", scope.File.PlaceOf(body.Offset)));
        }
    }

    // One order goes over the rules of one account.
    private bool CheckAccount(Resource resource)
    {
        var account = resource.Body.Find("account_id")?.Text;
        _account ??= account;
        if (account is null || account == _account)
        {
            return true;
        }

        resource.Scope.ReportNotModelled("the rules are of more than one account", resource.Body.Offset);
        _log.IsIncomplete = true;
        return false;
    }

    private static void ReadRoute(Resource resource)
    {
        foreach (var member in resource.Body.Members)
        {
            if (!RouteKeys.Contains(member.Name) && !RuleReader.HarmlessMeta.Contains(member.Name))
            {
                resource.Scope.ReportNotModelled($"`{member.Name}` of route `{resource.Label}` is not modelled", member.Offset);
            }
        }

        // A route to one address opens no other: whoever may not reach it is blocked by the rules, or by nothing.
        var network = resource.Scope.TextOf(resource.Body.Find("network"));
        if (network is null || !Expressions.AddressRange.TryParseNetwork(network, out var range, out _, out _) || range.First != range.Last)
        {
            resource.Scope.Log.Effects.Add(new OtherEffect($"routes {(network is null ? "a network" : $"`{network}`")} to a tunnel (`{resource.Type}.{resource.Label}`)", resource.Scope.File.PlaceOf(resource.Body.Offset)));
        }
    }

    private static bool FindsExtendedEmail(JsonItem item)
        => item.Items.Any(FindsExtendedEmail) || item.Members.Any(member => (member.Name == "extended_email_matching" && !member.Value.IsEmpty) || FindsExtendedEmail(member.Value));

    private sealed record Resource(string Type, string Label, JsonItem Body, ArtefactScope Scope);
}
