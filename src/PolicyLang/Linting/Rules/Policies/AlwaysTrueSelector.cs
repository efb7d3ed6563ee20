using System.Collections.Immutable;
using PolicyLang.Linting.Policies;
using PolicyLang.Syntax;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class AlwaysTrueSelector : PolicyRule
{
    public override RuleDescription Description { get; } = new("always-true-selector", RuleSystem.Policy, RuleCategory.Correctness, LintLevel.Error)
    {
        What = "a selector is true of every cluster or namespace whatever its labels are",
        Why = "`a != x or a != y` is always true: nothing has both values. What was meant is `and`, or `not in`; as it stands the rule reaches everything.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { labels { env = "prod" }  tailscale { tag = "tag:k8s-prod" } }
            cluster dev  { labels { env = "dev" }  tailscale { tag = "tag:k8s-dev" } }
            group dev-team { members = [alice@acme.com] }
            role edit = clusterrole "edit"
            allow dev-team as edit on clusters where env != "prod" or env != "dev" in web
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { labels { env = "prod" }  tailscale { tag = "tag:k8s-prod" } }
            cluster dev  { labels { env = "dev" }  tailscale { tag = "tag:k8s-dev" } }
            group dev-team { members = [alice@acme.com] }
            role edit = clusterrole "edit"
            allow dev-team as edit on clusters where not env in ["prod"] in web
            """),
    };

    public override void Check(LintedPolicy policy, LintReport report)
    {
        foreach (var expression in Selectors.Expressions(policy.Trees).SelectMany(Selectors.Parts).OfType<LabelJunctionSyntax>().Where(junction => !junction.IsAnd))
        {
            var excluded = expression.Operands.Select(ExcludedBy).ToArray();
            for (var i = 0; i < excluded.Length; i++)
            {
                var first = excluded[i];
                if (first is not null && Array.FindIndex(excluded, i + 1, other => other is not null && other.Value.Label == first.Value.Label && !other.Value.Values.Overlaps(first.Value.Values)) >= 0)
                {
                    report.Add(expression.Location, $"this is always true: nothing has two values for `{first.Value.Label}` at once", "join the comparisons with `and`");
                    break;
                }
            }
        }
    }

    // The values that make an operand false; nothing for an operand that is no exclusion.
    private static (string Label, ImmutableHashSet<string> Values)? ExcludedBy(LabelExpressionSyntax operand) => operand switch
    {
        LabelComparisonSyntax { IsNegated: true } comparison => (comparison.Label.Text, [.. comparison.Values.Select(value => value.Text)]),
        NotSyntax { Operand: LabelComparisonSyntax { IsNegated: false } comparison } => (comparison.Label.Text, [.. comparison.Values.Select(value => value.Text)]),
        _ => null,
    };
}
