using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Teleport;

/// <summary>What the files of a Teleport path rest on.</summary>
internal static class TeleportAssumptions
{
    /// <summary>The assumptions of a path as such.</summary>
    public static IEnumerable<Assumption> OfPath(TeleportInstance instance, ImmutableArray<TeleportPlan> plans)
    {
        var path = instance.Path;
        Assumption Of(AssumptionKind kind, string statement) => new(kind, path.Name, statement, path.Location);
        yield return Of(AssumptionKind.AdminPlanes, $"who may change roles, connectors, bots, agents or cluster labels in the Teleport of path `{path.Name}`, or teams and organizations on its GitHub, does not work around the policy");
        yield return Of(AssumptionKind.NoForeignRules, $"on path `{path.Name}` people and bots hold no other role that reaches the clusters: no preset role, access list, access request, login rule, second connector, leftover role or other policyc path gives one");
        yield return Of(AssumptionKind.RevocationLag, $"on path `{path.Name}` a change of roles or teams takes effect at the next login, after {instance.MaxSessionTtl} at the latest");
        if (plans.Any(p => !p.Teams.IsEmpty))
        {
            yield return Of(AssumptionKind.Membership, $"the GitHub teams of path `{path.Name}` hold whom the policy means by them, members of child teams included; Teleport knows organizations and teams by name only, so that a name given up must not be taken by others");
        }
    }

    /// <summary>The assumptions about one cluster.</summary>
    public static IEnumerable<Assumption> OfCluster(TeleportInstance instance, Cluster cluster)
    {
        var path = instance.Path;
        Assumption Of(AssumptionKind kind, string statement) => new(kind, $"{cluster.Name}/{path.Name}", statement, path.Location);
        if (instance.Capabilities.HasOneClusterEach)
        {
            yield return Of(AssumptionKind.AgentLabel, $"the files below `{instance.Folder}{cluster.Name}/` are applied to the Teleport in front of cluster `{cluster.Name}` and to no other");
        }
        else
        {
            var label = cluster.Paths[path.Name].GetText(TeleportSettings.Label, "");
            yield return Of(AssumptionKind.AgentLabel, $"on path `{path.Name}` the agent of cluster `{cluster.Name}` carries the label `{label}` and no other agent does");
        }

        yield return Of(AssumptionKind.VendorImpersonationRoleRemoved, $"in cluster `{cluster.Name}` nothing lets the agent of path `{path.Name}` impersonate more than the role that policyc writes for it: the chart's own ClusterRole is removed");
        if (!instance.Capabilities.HasKubernetesUsers)
        {
            yield return Of(AssumptionKind.NoForeignUserBindings, $"in cluster `{cluster.Name}` no binding names a GitHub login, which is what {instance.Capabilities} gives as the Kubernetes user");
        }
    }
}
