using System.Collections.Immutable;

namespace PolicyLang.Targets.Tailscale;

/// <summary>What a policy file says, in the order in which it is written.</summary>
/// <param name="Groups">The members of each group.</param>
/// <param name="TagOwners">The owners of each tag.</param>
/// <param name="ServiceApprovers">Which tag may advertise services for which tag.</param>
/// <param name="Postures">The expressions of each posture, all of which must hold.</param>
/// <param name="Grants">The grants.</param>
/// <param name="Tests">The reachability tests.</param>
internal sealed record TailnetPolicy(
    ImmutableSortedDictionary<string, ImmutableArray<string>> Groups,
    ImmutableSortedDictionary<string, ImmutableArray<string>> TagOwners,
    ImmutableArray<string> ServiceApprovers,
    ImmutableSortedDictionary<string, ImmutableArray<string>> Postures,
    ImmutableArray<TailnetGrant> Grants,
    ImmutableArray<ReachabilityTest> Tests);

/// <summary>One grant: the cross product of its lists, so it stands for one subject, one cluster and one condition.</summary>
/// <param name="Sources">Who.</param>
/// <param name="Tags">The proxies of one cluster.</param>
/// <param name="Endpoint">A proxy whose ports and recording hold for all of them.</param>
/// <param name="KubernetesGroups">Which Kubernetes groups the proxies assert.</param>
/// <param name="Posture">The posture that must hold, or nothing.</param>
internal sealed record TailnetGrant(
    ImmutableArray<string> Sources,
    ImmutableArray<string> Tags,
    TailscaleEndpoint Endpoint,
    ImmutableArray<string> KubernetesGroups,
    string? Posture);

/// <summary>One test that the control plane runs before it takes the file.</summary>
/// <param name="Source">A group or a tag.</param>
/// <param name="Accept">Tags and ports that it must reach.</param>
/// <param name="Deny">Tags and ports that it must not reach.</param>
internal sealed record ReachabilityTest(string Source, ImmutableArray<string> Accept, ImmutableArray<string> Deny);
