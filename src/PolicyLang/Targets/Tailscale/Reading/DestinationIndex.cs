using PolicyLang.Reading;

namespace PolicyLang.Targets.Tailscale.Reading;

/// <summary>A rule with what is asked of it again and again.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Who">Whom it is for.</param>
/// <param name="Kubernetes">What it lets them be at API servers; absent where it does not speak of it.</param>
internal sealed record IndexedRule(AccessRule Rule, Formula Who, KubernetesGrant? Kubernetes);

/// <summary>Finds the rules whose destinations may include a device, without looking at the others.</summary>
internal sealed class DestinationIndex
{
    private readonly Dictionary<string, List<IndexedRule>> _byTag = new(StringComparer.Ordinal);
    private readonly List<IndexedRule> _broad = [];
    private readonly Selectors _selectors;

    public DestinationIndex(IEnumerable<IndexedRule> rules, Selectors selectors)
    {
        _selectors = selectors;
        foreach (var rule in rules)
        {
            var isBroad = rule.Rule.IsUnclear;
            foreach (var dst in rule.Rule.Destinations)
            {
                if (selectors[dst.Selector].Kind != SelectorKind.Tag)
                {
                    isBroad = true;
                    continue;
                }

                if (!_byTag.TryGetValue(dst.Selector, out var list))
                {
                    _byTag.Add(dst.Selector, list = []);
                }

                if (list.Count == 0 || !ReferenceEquals(list[^1], rule))
                {
                    list.Add(rule);
                }
            }

            if (isBroad)
            {
                _broad.Add(rule);
            }
        }
    }

    /// <summary>The rules that may reach a device, in file order.</summary>
    public IReadOnlyList<IndexedRule> RulesFor(TailnetEndpoint endpoint)
    {
        var found = new List<IndexedRule>(_broad);
        foreach (var tag in endpoint.Tags)
        {
            if (_byTag.TryGetValue(tag, out var list))
            {
                found.AddRange(list);
            }
        }

        if (endpoint.Tags.Length > 1 || _broad.Count > 0)
        {
            found = [.. found.Distinct(ReferenceEqualityComparer.Instance).Cast<IndexedRule>()];
            found.Sort(static (a, b) => a.Rule.Offset.CompareTo(b.Rule.Offset));
        }

        return found;
    }

    /// <summary>Whether packets of a rule reach the port of a device.</summary>
    public Truth Opens(AccessRule rule, TailnetEndpoint endpoint)
    {
        var result = Truth.False;
        var isOpen = rule.Opens(ProtocolPorts.Tcp, endpoint.Port);
        foreach (var dst in rule.Destinations)
        {
            if (isOpen && dst.Opens(ProtocolPorts.Tcp, endpoint.Port, rule.IsGrant))
            {
                result = result.Or(Includes(_selectors[dst.Selector], endpoint));
            }
        }

        return rule.IsUnclear || (!rule.Via.IsEmpty && result != Truth.False) ? Truth.Unknown : result;
    }

    /// <summary>Whether capabilities of a rule are held at a device. <c>via</c> does not matter to them, and services and subnets give none.</summary>
    public Truth Grants(AccessRule rule, TailnetEndpoint endpoint)
    {
        var result = Truth.False;
        foreach (var dst in rule.Destinations)
        {
            var selector = _selectors[dst.Selector];
            var truth = selector.Kind == SelectorKind.Service ? Truth.False : Includes(selector, endpoint);
            result = result.Or(selector.Range is { IsSingle: false } && truth == Truth.True ? Truth.Unknown : truth);
        }

        return rule.IsUnclear ? Truth.Unknown : result;
    }

    private static Truth Includes(Selector selector, TailnetEndpoint endpoint)
    {
        switch (selector.Kind)
        {
            case SelectorKind.Any:
                return Truth.True;
            case SelectorKind.Tag:
                return endpoint.Tags.Contains(selector.Text, StringComparer.Ordinal).ToTruth();
            case SelectorKind.Tagged when !endpoint.Tags.IsEmpty:
                return Truth.True;
            case SelectorKind.User or SelectorKind.UserDomain or SelectorKind.Group or SelectorKind.Member or SelectorKind.Role or SelectorKind.Self when !endpoint.Tags.IsEmpty:
                return Truth.False;
            case SelectorKind.Internet or SelectorKind.Shared or SelectorKind.DangerAll:
                return Truth.False;
            case SelectorKind.Service when !endpoint.MayHostServices:
                return Truth.False;
            case SelectorKind.IpSet when selector.IsOutsideTailnet:
                return Truth.False;
            case SelectorKind.Address when !endpoint.Addresses.IsEmpty:
                return endpoint.Addresses.Aggregate(Truth.False, (truth, address) => truth.Or(AddressRange.TryParse(address) is { } own ? selector.Range!.Value.Contains(own).ToTruth() : Truth.Unknown));
            case SelectorKind.Address:
                return selector.Range!.Value.MayBeDevice() ? Truth.Unknown : Truth.False;
            default:
                return Truth.Unknown;
        }
    }
}
