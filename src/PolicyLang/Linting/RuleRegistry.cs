// Made from the files under Linting/Rules: POLICYC_UPDATE=1 dotnet test. A test fails when it is not current.
using System.Collections.Immutable;

namespace PolicyLang.Linting;

internal static class RuleRegistry
{
    public static ImmutableArray<LintRule> All { get; } =
    [
        new Rules.Kubernetes.KubernetesSuperuserGroup(),
        new Rules.Suppressions.UnexplainedSuppression(),
        new Rules.Suppressions.UnknownSuppression(),
        new Rules.Suppressions.UnusedSuppression(),
        new Rules.Tailscale.TailscaleBroadProxySource(),
        new Rules.Tailscale.TailscaleEnforcedWithoutRecorder(),
        new Rules.Tailscale.TailscaleEveryoneEverywhere(),
        new Rules.Tailscale.TailscaleFailingTest(),
        new Rules.Tailscale.TailscaleIpsetRemovesNothing(),
        new Rules.Tailscale.TailscaleLegacyCapability(),
        new Rules.Tailscale.TailscaleMalformedCapability(),
        new Rules.Tailscale.TailscaleMemberProxySource(),
        new Rules.Tailscale.TailscaleMissingRules(),
        new Rules.Tailscale.TailscaleMisspeltKey(),
        new Rules.Tailscale.TailscaleOpenApprovers(),
        new Rules.Tailscale.TailscaleOpenProxyPorts(),
        new Rules.Tailscale.TailscalePosturesAreAlternatives(),
        new Rules.Tailscale.TailscaleProxyTagForEveryone(),
        new Rules.Tailscale.TailscaleRecordingFailsOpen(),
        new Rules.Tailscale.TailscaleRefused(),
        new Rules.Tailscale.TailscaleRepeatedKey(),
        new Rules.Tailscale.TailscaleSeveralRecorders(),
        new Rules.Tailscale.TailscaleSuperuserGroup(),
        new Rules.Tailscale.TailscaleSystemGroup(),
        new Rules.Tailscale.TailscaleTagsAsGroups(),
        new Rules.Tailscale.TailscaleUndefinedName(),
        new Rules.Tailscale.TailscaleUnknownCapabilityKey(),
        new Rules.Tailscale.TailscaleUnreachableProxy(),
        new Rules.Tailscale.TailscaleVoidDestination(),
        new Rules.Tailscale.TailscaleVoidLowerRole(),
        new Rules.Tailscale.TailscaleVoidRules(),
    ];
}
