using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Tailscale.Reading;

/// <summary>What a policy file does beyond Kubernetes access.</summary>
internal sealed class FileEffects
{
    // Nobody reads more names in one sentence.
    private const int GreatestNamed = 8;

    private readonly TailnetFile _file;
    private readonly Selectors _selectors;
    private readonly List<IndexedRule> _rules;
    private readonly ImmutableArray<OtherEffect> _withoutOwners;

    public FileEffects(TailnetFile file, Selectors selectors, List<IndexedRule> rules)
    {
        _file = file;
        _selectors = selectors;
        _rules = rules;
        var effects = new List<OtherEffect>();
        AddRules(effects);
        AddSections(effects);
        _withoutOwners = Sort(effects);
        AddOwners(effects, null);
        Always = Sort(effects);
    }

    /// <summary>Effects that do not depend on the endpoints.</summary>
    public ImmutableArray<OtherEffect> Always { get; }

    public ImmutableArray<OtherEffect> Beyond(IEnumerable<TailnetEndpoint> endpoints, Func<string, string, bool>? isDeclaredOwner)
    {
        var ports = endpoints.SelectMany(endpoint => endpoint.Tags.Select(tag => (tag, endpoint.Port)))
            .GroupBy(pair => pair.tag, pair => pair.Port, StringComparer.Ordinal)
            .ToDictionary(tag => tag.Key, tag => tag.ToArray(), StringComparer.Ordinal);
        var effects = new List<OtherEffect>(_withoutOwners);
        AddOwners(effects, isDeclaredOwner);
        foreach (var (rule, who, _) in _rules)
        {
            string? from = null;
            int[]? last = null;
            var isLastOnly = false;
            foreach (var dst in rule.Destinations)
            {
                if (_selectors[dst.Selector].Kind != SelectorKind.Tag || ReferenceEquals(who, Formula.Never))
                {
                    continue;
                }

                if (!ports.TryGetValue(dst.Selector, out var own))
                {
                    Add(effects, $"{from ??= List(rule.Sources)} reach `{dst.Selector}`, which is no endpoint", dst.Offset);
                }
                else if (!OpensOnly(dst, own))
                {
                    Add(effects, $"{from ??= List(rule.Sources)} reach more of `{dst.Selector}` than the endpoint's port", dst.Offset);
                }
            }

            // Most proxies have the same ports.
            bool OpensOnly(RuleDestination destination, int[] endpointPorts)
            {
                if (last is null || !last.AsSpan().SequenceEqual(endpointPorts))
                {
                    (last, isLastOnly) = (endpointPorts, rule.IsTcpOnly(endpointPorts));
                }

                return isLastOnly && destination.Ports.All(range => range.IsOneOf(endpointPorts));
            }
        }

        return Sort(effects);
    }

    private void AddRules(List<OtherEffect> effects)
    {
        if (!_file.HasRules)
        {
            effects.Add(new OtherEffect("every device reaches every device, because the file has neither grants nor acls", _file.Text.Whole));
        }

        foreach (var (rule, _, _) in _rules)
        {
            string? from = null;
            foreach (var dst in rule.Destinations)
            {
                if (_selectors[dst.Selector].Kind != SelectorKind.Tag)
                {
                    Add(effects, $"{from ??= List(rule.Sources)} reach `{dst.Selector}`", dst.Offset);
                }
            }

            foreach (var capability in rule.Capabilities)
            {
                if (!string.Equals(capability.Name, KubernetesCapability.Name, StringComparison.Ordinal))
                {
                    Add(effects, $"{from ??= List(rule.Sources)} hold `{capability.Name}`", capability.Offset);
                }
            }
        }
    }

    private void AddSections(List<OtherEffect> effects)
    {
        foreach (var rule in _file.Ssh)
        {
            Add(effects, $"{List(rule.Sources)} may log in by SSH to {List(rule.Destinations)} as {List(rule.Users)}", rule.Offset);
        }

        foreach (var entry in _file.NodeAttributes)
        {
            Add(effects, $"{List(entry.Targets)} get attributes {List(entry.Attributes.AddRange(entry.Pools))}", entry.Offset);
        }

        foreach (var approval in _file.Approvals)
        {
            effects.Add(new OtherEffect($"{approval.Name} of {List(approval.Items)} are approved without asking", _file.Text.Place(approval.Offset))
            {
                Topic = $"{approval.Name} by {string.Join(' ', approval.Items.Select(item => item.Text))}",
            });
        }

        foreach (var setting in _file.Settings)
        {
            Add(effects, $"setting `{setting.Text}` of the tailnet", setting.Offset);
        }
    }

    // Without owners, a tag is the administrators' to give.
    private void AddOwners(List<OtherEffect> effects, Func<string, string, bool>? isDeclaredOwner)
    {
        foreach (var tag in _file.TagOwners.Values)
        {
            foreach (var owner in tag.Items)
            {
                if (isDeclaredOwner is null || !isDeclaredOwner(tag.Name, owner.Text))
                {
                    Add(effects, $"`{owner.Text}` may give devices `{tag.Name}`, and what it opens", owner.Offset);
                }
            }
        }
    }

    private static string List(ImmutableArray<TextAt> texts)
    {
        if (texts.IsEmpty)
        {
            return "nobody";
        }

        var named = string.Join(", ", texts.Take(GreatestNamed).Select(t => $"`{t.Text}`"));
        return texts.Length <= GreatestNamed ? named : string.Create(CultureInfo.InvariantCulture, $"{named} and {texts.Length - GreatestNamed} more");
    }

    private void Add(List<OtherEffect> effects, string what, int offset) => effects.Add(new OtherEffect(what, _file.Text.Place(offset)));

    private static ImmutableArray<OtherEffect> Sort(List<OtherEffect> effects)
        => [.. effects.OrderBy(e => e.Place, Comparer<ArtefactPlace>.Create(ArtefactPlace.Compare)).ThenBy(e => e.What, StringComparer.Ordinal)];
}
