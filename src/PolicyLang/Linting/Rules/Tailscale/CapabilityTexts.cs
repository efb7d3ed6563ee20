using PolicyLang.Linting.Artefacts.Tailscale;
using PolicyLang.Targets.Tailscale.Reading;

namespace PolicyLang.Linting.Rules.Tailscale;

/// <summary>What stands in the values of <c>tailscale.com/cap/kubernetes</c>; keys in any case, as the proxy takes them.</summary>
internal static class CapabilityTexts
{
    /// <summary>The groups that are impersonated, where they stand.</summary>
    public static IEnumerable<TextAt> Groups(LintedTailnet tailnet) => tailnet.KubernetesRules.SelectMany(rule => rule.Nodes).SelectMany(Groups);

    /// <summary>The groups of one value.</summary>
    public static IEnumerable<TextAt> Groups(PolicyNode value)
        => from impersonate in Values(value, "impersonate")
           from groups in Values(impersonate, "groups")
           from item in groups.Kind == PolicyNodeKind.Text ? [groups] : groups.Items
           where item.Kind == PolicyNodeKind.Text
           select new TextAt(item.Text, item.Offset);

    /// <summary>The members of an object with a key.</summary>
    public static IEnumerable<PolicyMember> Members(PolicyNode value, string key) => value.Members.Where(member => string.Equals(member.Key, key, StringComparison.OrdinalIgnoreCase));

    /// <summary>The values of an object's key.</summary>
    public static IEnumerable<PolicyNode> Values(PolicyNode value, string key) => Members(value, key).Select(member => member.Value);
}
