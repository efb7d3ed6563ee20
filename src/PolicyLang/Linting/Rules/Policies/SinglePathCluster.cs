using PolicyLang.Linting.Policies;

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
        var reached = policy.Access.Clusters
            .Select(access => (access.Cluster, Paths: access.Grants.SelectMany(grant => grant.Paths).Select(path => path.Name).Distinct().ToArray()))
            .Where(cluster => cluster.Paths.Length > 0)
            .ToArray();
        var single = Array.FindAll(reached, cluster => cluster.Paths.Length == 1);
        if (single.Length * 2 > reached.Length)
        {
            return;
        }

        foreach (var (cluster, paths) in single)
        {
            report.Add(cluster.Location, $"`{cluster.Name}` can be reached by `{paths[0]}` only, and most other clusters by several paths", "give it a second path, for the day when this one is down");
        }
    }
}
