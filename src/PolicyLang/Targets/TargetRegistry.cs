using System.Collections.Immutable;
using PolicyLang.Targets.Cloudflare;
using PolicyLang.Targets.Kubernetes;
using PolicyLang.Targets.Tailscale;
using PolicyLang.Targets.Teleport;

namespace PolicyLang.Targets;

/// <summary>The targets that policyc knows. A new target is a folder and a line here.</summary>
public static class TargetRegistry
{
    /// <summary>All targets, by name.</summary>
    public static ImmutableArray<ITarget> All { get; } =
    [
        new CloudflareTarget(),
        new KubernetesTarget(),
        new TailscaleTarget(),
        new TeleportTarget(),
    ];
}
