using PolicyLang.Diagnostics;
using PolicyLang.Linting.Policies;
using PolicyLang.Syntax;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class UnknownLabelValue : PolicyRule
{
    public override RuleDescription Description { get; } = new("unknown-label-value", RuleSystem.Policy, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "a selector compares a label with a value that no cluster has",
        Why = "With `!=` such a comparison is true of every cluster, with `=` of none. A misspelt value is how a rule for everything but production comes to include it.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { labels { env = "prod" }  tailscale { tag = "tag:k8s-prod" } }
            cluster dev  { labels { env = "dev" }  tailscale { tag = "tag:k8s-dev" } }
            group dev-team { members = [alice@acme.com] }
            role edit = clusterrole "edit"
            allow dev-team as edit on clusters where env != "production" in web
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { labels { env = "prod" }  tailscale { tag = "tag:k8s-prod" } }
            cluster dev  { labels { env = "dev" }  tailscale { tag = "tag:k8s-dev" } }
            group dev-team { members = [alice@acme.com] }
            role edit = clusterrole "edit"
            allow dev-team as edit on clusters where env != "prod" in web
            """),
    };

    public override void Check(LintedPolicy policy, LintReport report)
    {
        var values = policy.Policy.Clusters.Values.SelectMany(cluster => cluster.Labels)
            .GroupBy(label => label.Key, label => label.Value, StringComparer.Ordinal)
            .ToDictionary(label => label.Key, label => label.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var comparison in Selectors.ClusterSelectors(policy.Trees).SelectMany(selector => Selectors.Parts(selector.Where)).OfType<LabelComparisonSyntax>())
        {
            if (!values.TryGetValue(comparison.Label.Text, out var declared))
            {
                continue;
            }

            foreach (var value in comparison.Values.Where(value => !declared.Contains(value.Text)))
            {
                var known = declared.Order(StringComparer.Ordinal).ToArray();
                report.Add(
                    value.Location,
                    $"no cluster has the value `{value.Text}` for `{comparison.Label.Text}`{(comparison.IsNegated ? ", so this is true of every cluster" : "")}",
                    Suggestions.DidYouMean(value.Text, known) ?? (known.Length <= 8 ? $"the values are {string.Join(", ", known.Select(name => $"`{name}`"))}" : "compare with a value that some cluster has"));
            }
        }
    }
}
