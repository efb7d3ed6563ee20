using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts.Terraform;
using PolicyLang.Reading;
using PolicyLang.Targets.Cloudflare.Reading;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Linting.Artefacts.Cloudflare;

/// <summary>A route of a tunnel.</summary>
/// <param name="Network">The network as written.</param>
/// <param name="Range">Its addresses.</param>
internal sealed record TunnelRoute(DataScalar Network, AddressRange Range);

/// <summary>
/// The Gateway rules, lists and routes of a run: of Terraform in versions 3 to 5 of the provider (its documentation of
/// <c>cloudflare_zero_trust_gateway_policy</c> and <c>cloudflare_zero_trust_list</c>, and their older names), and as the API gives them.
/// </summary>
internal sealed class GatewayConfiguration
{
    private readonly Lazy<GatewayCoverage> _coverage;

    private GatewayConfiguration(ImmutableArray<LintedGatewayRule> rules, AccountLists lists, ImmutableArray<TunnelRoute> routes)
    {
        Rules = rules;
        Lists = lists;
        Routes = routes;
        _coverage = new(() => GatewayCoverage.Of(this));
    }

    /// <summary>The rules, in the order of the files.</summary>
    public ImmutableArray<LintedGatewayRule> Rules { get; }

    /// <summary>The lists whose items are written out.</summary>
    public AccountLists Lists { get; }

    /// <summary>The routes whose network is written out.</summary>
    public ImmutableArray<TunnelRoute> Routes { get; }

    /// <summary>Which blocks stop what allows are for.</summary>
    public GatewayCoverage Coverage => _coverage.Value;

    /// <summary>Reads the rules of a run.</summary>
    public static GatewayConfiguration Read(ImmutableArray<ArtefactFile> files, TerraformResources terraform) => new Reader(terraform).Read(files);

    private sealed class Reader(TerraformResources terraform)
    {
        private static readonly string[] RuleTypes = ["cloudflare_teams_rule", "cloudflare_zero_trust_gateway_policy"];
        private static readonly string[] ListTypes = ["cloudflare_teams_list", "cloudflare_zero_trust_list"];
        private static readonly string[] RouteTypes = ["cloudflare_tunnel_route", "cloudflare_zero_trust_tunnel_route", "cloudflare_zero_trust_tunnel_cloudflared_route"];

        private readonly Dictionary<string, int> _holes = new(StringComparer.Ordinal);
        private readonly Dictionary<string, AccountList> _lists = new(StringComparer.Ordinal);
        private readonly ImmutableArray<LintedGatewayRule>.Builder _rules = ImmutableArray.CreateBuilder<LintedGatewayRule>();

        public GatewayConfiguration Read(ImmutableArray<ArtefactFile> files)
        {
            foreach (var list in ListTypes.SelectMany(type => terraform.Of(type)))
            {
                AddList(KeyOf(list.Module, list.Address + ".id"), list.Body, isTerraform: true, list.IsRepeated);
            }

            var scales = terraform.Settings.GroupBy(setting => setting.Module, StringComparer.Ordinal).ToDictionary(group => group.Key, group => ScaleOf(group.Select(setting => setting.Body)), StringComparer.Ordinal);
            foreach (var resource in RuleTypes.SelectMany(type => terraform.Of(type)))
            {
                var scale = resource.Type == RuleTypes[0] ? PrecedenceScale.Thousandfold : scales.GetValueOrDefault(resource.Module, PrecedenceScale.Unsaid);
                AddRule(resource, scale);
            }

            foreach (var file in files.Where(file => !TerraformResources.IsTerraform(file.Source.Path) && file.Source.Path.EndsWith("json", StringComparison.OrdinalIgnoreCase)))
            {
                ReadApi(file);
            }

            var routes = RouteTypes.SelectMany(type => terraform.Of(type)).Select(route => route.Body.Get("network")).OfType<DataScalar>()
                .Select(network => AddressRange.TryParseNetwork(network.Text, out var range, out _, out _) ? new TunnelRoute(network, range) : null)
                .OfType<TunnelRoute>();
            return new GatewayConfiguration(_rules.ToImmutable(), new AccountLists([.. _lists.Values]), [.. routes]);
        }

        // "~> 4.52" and the like; a constraint that allows several versions says nothing.
        private static PrecedenceScale ScaleOf(IEnumerable<DataMap> settings)
        {
            foreach (var provider in settings.SelectMany(setting => setting.Blocks("required_providers")))
            {
                var version = provider.Text("cloudflare") ?? provider.Blocks("cloudflare").Select(map => map.Text("version")).FirstOrDefault();
                var text = (version ?? "").TrimStart('~', '>', '=', ' ');
                var end = text.IndexOf('.', StringComparison.Ordinal);
                if (end > 0 && !text.Contains(',', StringComparison.Ordinal) && !version!.StartsWith('>') && int.TryParse(text.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var major))
                {
                    return major >= 5 ? PrecedenceScale.Account : PrecedenceScale.Thousandfold;
                }
            }

            return PrecedenceScale.Unsaid;
        }

        private void ReadApi(ArtefactFile file)
        {
            foreach (var document in file.Documents)
            {
                var items = document is DataMap map && map.Get("result") is { } result ? result : document;
                foreach (var item in TerraformData.Blocks(items))
                {
                    if (item.Get("action") is DataScalar { IsQuoted: true } && item.Get("name") is DataScalar name && (item.Get("filters") is DataList || item.Find("traffic") is not null))
                    {
                        if (item.Get("deleted_at") is null)
                        {
                            AddRule(item, name.Text, name.Location, null, file.Source.Path, PrecedenceScale.Account, item.Get("source_account") is null && item.Text("read_only") is not "true");
                        }
                    }
                    else if (item.Get("type") is DataScalar { IsQuoted: true } && item.Get("id") is DataScalar id && item.Get("items") is DataList)
                    {
                        AddList(id.Text.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant(), item, isTerraform: false, isRepeated: false);
                    }
                }
            }
        }

        private void AddRule(TerraformResource resource, PrecedenceScale scale)
            => AddRule(resource.Body, resource.Body.Text("name") ?? resource.Name, resource.NameLocation, resource.Type, resource.Module, scale, !resource.IsRepeated);

        private void AddRule(DataMap body, string name, SourceLocation place, string? type, string module, PrecedenceScale scale, bool isSure)
        {
            var filters = body.Get("filters");
            var traffic = ReadPart(body, "traffic", module);
            _rules.Add(new LintedGatewayRule(name, place, $"{module}\n{body.Written("account_id")}", type, body)
            {
                Filter = FilterOf(filters, traffic),
                FilterNode = filters,
                Action = body.Get("action") as DataScalar,
                IsEnabled = body.Get("enabled") switch
                {
                    DataScalar { Text: "true" } => Truth.True,
                    DataScalar { Text: "false" } => Truth.False,

                    // The provider's default, in versions 3 to 5; the API documents none.
                    null when type is not null => Truth.False,
                    _ => Truth.Unknown,
                },
                IsSure = isSure,
                Precedence = body.Get("precedence") is DataScalar number && long.TryParse(number.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var precedence) ? precedence : null,
                Scale = scale,
                Traffic = traffic,
                Identity = ReadPart(body, "identity", module),
                Posture = ReadPart(body, "device_posture", module),
            });
        }

        // Without a filter Gateway chooses one; fields of network rules are in no other but the egress rules', which have an action of their own.
        private static string? FilterOf(DataNode? filters, GatewayPart traffic) => filters switch
        {
            DataList { Items: [DataScalar filter] } => filter.Text,
            null when traffic.Text?.Text.Contains("net.", StringComparison.Ordinal) == true => "l4",
            _ => null,
        };

        private GatewayPart ReadPart(DataMap body, string key, string module)
        {
            if (body.Find(key) is not { } entry || body.Get(key) is not { } node)
            {
                return new GatewayPart(null, GatewayPartState.Empty);
            }

            if (TerraformTextReader.Read(node, hole => NumberOf(module, hole)) is not { } text)
            {
                return new GatewayPart(entry, GatewayPartState.Unknown);
            }

            if (string.IsNullOrWhiteSpace(text.Text))
            {
                return new GatewayPart(entry, GatewayPartState.Empty, text);
            }

            if (FilterParser.Parse(text.Text, GatewayFields.Scheme, FilterDialect.Gateway, out var error) is { } filter)
            {
                return new GatewayPart(entry, GatewayPartState.Read, text, filter);
            }

            // What Terraform fills in may make it whole.
            return new GatewayPart(entry, text.IsComputed ? GatewayPartState.Unknown : GatewayPartState.Refused, text, null, error);
        }

        private int NumberOf(string module, string hole)
        {
            var key = $"{module}\n{hole}";
            if (!_holes.TryGetValue(key, out var number))
            {
                number = _holes.Count;
                _holes.Add(key, number);
            }

            return number;
        }

        private string KeyOf(string module, string hole) => TerraformReferences.Mark + NumberOf(module, hole).ToString(CultureInfo.InvariantCulture);

        private void AddList(string key, DataMap body, bool isTerraform, bool isRepeated)
        {
            if (_lists.ContainsKey(key))
            {
                return;
            }

            var values = isRepeated ? null : ReadItems(body, isTerraform);
            var type = body.Text("type");
            _lists.Add(key, new AccountList(key, body.Text("name") ?? key, default, type == "IP" && values is not null ? ReadAddresses(values) : null, type == "EMAIL" ? values?.Select(ByteStrings.FromText).ToFrozenSet(StringComparer.Ordinal) : null));
        }

        private static List<string>? ReadItems(DataMap body, bool isTerraform)
        {
            var values = new List<string>();
            foreach (var key in (ReadOnlySpan<string>)["items", "items_with_description"])
            {
                if (body.MayHaveMore(key))
                {
                    return null;
                }

                foreach (var item in body.Get(key) switch { DataList list => list.Items, DataMap map => [map], _ => [] })
                {
                    if ((item is DataMap map ? map.Get("value") : item) is not DataScalar value)
                    {
                        return null;
                    }

                    values.Add(value.Text);
                }
            }

            // The API leaves the items out of most answers.
            return isTerraform || values.Count > 0 ? values : null;
        }

        private static AddressSet? ReadAddresses(List<string> values)
        {
            var ranges = ImmutableArray.CreateBuilder<AddressRange>(values.Count);
            foreach (var value in values)
            {
                if (!AddressRange.TryParseNetwork(value, out var range, out _, out _))
                {
                    return null;
                }

                ranges.Add(range);
            }

            return new AddressSet(ranges.ToImmutable());
        }
    }
}
