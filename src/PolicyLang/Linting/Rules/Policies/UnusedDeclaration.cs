using PolicyLang.Diagnostics;
using PolicyLang.Linting.Policies;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class UnusedDeclaration : PolicyRule
{
    public override RuleDescription Description { get; } = new("unused-declaration", RuleSystem.Policy, RuleCategory.Upkeep, LintLevel.Warning)
    {
        What = "a name is declared and never used",
        Why = "Most often a rule was removed or renamed and its group, role or fleet stayed. What is not used is not checked against anything either, and grows old.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            group dev { members = [bob@acme.com] }
            role view = clusterrole "view"
            allow sre as view on prod cluster-wide
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role view = clusterrole "view"
            allow sre as view on prod cluster-wide
            """),
        Fix = "removes the declaration; nobody's access changes",
    };

    public override void Check(LintedPolicy policy, LintReport report)
    {
        var used = UsedNames.In(policy.Trees);
        foreach (var (kind, name, statement) in UsedNames.DeclaredIn(policy.Trees))
        {
            // A user is also named by the e-mail that it stands for.
            if (!used.Contains(name.Text) && !(policy.Policy.Subjects.GetValueOrDefault(name.Text)?.Identities.GetValueOrDefault("email", []).Any(email => used.Contains(email.Text.ToLowerInvariant())) ?? false))
            {
                report.Add(
                    name.Location,
                    $"the {kind} `{name.Text}` is never used",
                    "remove it, or use it",
                    new SuggestedFix("remove the declaration", IsSafe: true, [LintedPolicy.Removal(statement.Location)]));
            }
        }
    }
}
