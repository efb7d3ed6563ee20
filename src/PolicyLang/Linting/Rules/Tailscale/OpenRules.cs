using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts.Tailscale;
using PolicyLang.Targets.Tailscale.Reading;

namespace PolicyLang.Linting.Rules.Tailscale;

/// <summary>Rules that let everybody reach everything.</summary>
internal static class OpenRules
{
    /// <summary>The first rule by which every device reaches every port of every other.</summary>
    public static AccessRule? Of(LintedTailnet tailnet) => tailnet.File.Rules.FirstOrDefault(IsOpen);

    /// <summary>How many other rules open what it opens already. Capabilities are beyond it, and so are routes by way of some devices.</summary>
    public static int Beside(LintedTailnet tailnet, AccessRule open)
        => tailnet.File.Rules.Count(rule => !ReferenceEquals(rule, open) && !rule.IsUnclear && rule.Capabilities.IsEmpty && rule.Via.IsEmpty && rule.Postures is null && !rule.Network.IsEmpty
            && !rule.Destinations.Any(dst => dst.Selector == "autogroup:internet") && !IsOpen(rule));

    /// <summary>Where the rule says it.</summary>
    public static SourceLocation Place(LintedTailnet tailnet, AccessRule open) => tailnet.At(open.Destinations.First(dst => dst.Selector == "*").Offset);

    private static bool IsOpen(AccessRule rule)
        => !rule.IsUnclear && rule.Postures is null && rule.Via.IsEmpty
            && rule.Sources.Any(src => src.Text is "*" or "autogroup:danger-all")
            && rule.Destinations.Any(dst => dst.Selector == "*" && (rule.IsGrant || dst.Ports.Contains(PortRange.All)))
            && rule.Network.Any(entry => entry.Protocol is null && entry.Ports.Contains(PortRange.All));
}
