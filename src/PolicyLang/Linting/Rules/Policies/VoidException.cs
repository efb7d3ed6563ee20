using PolicyLang.Linting.Policies;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class VoidException : PolicyRule
{
    public override RuleDescription Description { get; } = new("void-exception", RuleSystem.Policy, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "an `except` takes nothing away",
        Why = "The clusters behind `except` are not among those before it, so the exception protects nothing. Often the fleet changed and the exception did not.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { labels { env = "prod" }  tailscale { tag = "tag:k8s-prod" } }
            cluster dev  { labels { env = "dev" }  tailscale { tag = "tag:k8s-dev" } }
            fleet production = clusters where env = "prod"
            group sre { members = [alice@acme.com] }
            role view = clusterrole "view"
            allow sre as view on production except dev cluster-wide
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { labels { env = "prod" }  tailscale { tag = "tag:k8s-prod" } }
            cluster dev  { labels { env = "dev" }  tailscale { tag = "tag:k8s-dev" } }
            group sre { members = [alice@acme.com] }
            role view = clusterrole "view"
            allow sre as view on all clusters except dev cluster-wide
            """),
    };

    public override void Check(LintedPolicy policy, LintReport report)
    {
        var clusters = new ClusterSets(policy);
        foreach (var selector in Selectors.ClusterSelectors(policy.Trees).Where(selector => !selector.Except.IsEmpty))
        {
            var selected = clusters.Of(selector with { Except = [] });
            foreach (var name in selector.Except)
            {
                var excepted = clusters.Of(name.Text);
                if (selected is not null && excepted is { Count: > 0 } && !selected.Overlaps(excepted))
                {
                    report.Add(name.Location, $"`{name.Text}` is not among the clusters before `except`, so the exception takes nothing away", "remove it, or correct what stands before it");
                }
            }
        }
    }
}
