using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Linting.Policies;
using PolicyLang.Semantics;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class SinglePathCluster : PolicyRule
{
    public override RuleDescription Description { get; } = new("single-path-cluster", RuleSystem.Policy, RuleCategory.Assurance, LintLevel.Info)
    {
        What = "a cluster can be reached by one path only, where the others have several",
        Why = "When that path is down or its provider locks the company out, nobody reaches the cluster. Where other clusters have a second way, this one was probably forgotten.",
        Avoid = new("access.policy", """
            default via tailscale, teleport
            cluster blue  { tailscale { tag = "tag:blue" }  teleport { label = "c=blue" } }
            cluster green { tailscale { tag = "tag:green" }  teleport { label = "c=green" } }
            cluster red   { tailscale { tag = "tag:red" } }
            group sre { members = [alice@acme.com]  github = "acme/sre" }
            role view = clusterrole "view"
            allow sre as view on all clusters cluster-wide
            """),
        Prefer = new("access.policy", """
            default via tailscale, teleport
            cluster blue  { tailscale { tag = "tag:blue" }  teleport { label = "c=blue" } }
            cluster green { tailscale { tag = "tag:green" }  teleport { label = "c=green" } }
            cluster red   { tailscale { tag = "tag:red" }  teleport { label = "c=red" } }
            group sre { members = [alice@acme.com]  github = "acme/sre" }
            role view = clusterrole "view"
            allow sre as view on all clusters cluster-wide
            """),
    };

    public override void Check(LintedPolicy policy, LintReport report)
    {
        var single = new List<(Cluster Cluster, string Path)>();
        var reached = 0;
        foreach (var cluster in policy.Access.Clusters.Where(cluster => !cluster.Grants.IsEmpty))
        {
            reached++;
            if (OnlyPathOf(cluster.Grants) is { } path)
            {
                single.Add((cluster.Cluster, path.Name));
            }
        }

        if (single.Count * 2 > reached)
        {
            return;
        }

        foreach (var (cluster, path) in single)
        {
            report.Add(cluster.Location, $"`{cluster.Name}` can be reached by `{path}` only, and most other clusters by several paths", "give it a second path, for the day when this one is down");
        }
    }

    private static AccessPath? OnlyPathOf(ImmutableArray<AccessGrant> grants)
    {
        AccessPath? only = null;
        foreach (var grant in grants)
        {
            foreach (var path in grant.Paths)
            {
                if (only is not null && path.Name != only.Name)
                {
                    return null;
                }

                only = path;
            }
        }

        return only;
    }
}
