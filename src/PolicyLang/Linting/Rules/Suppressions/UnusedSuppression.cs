using PolicyLang.Diagnostics;

namespace PolicyLang.Linting.Rules.Suppressions;

internal sealed class UnusedSuppression : FindingRule
{
    public override RuleDescription Description { get; } = new("unused-suppression", RuleSystem.Any, RuleCategory.Upkeep, LintLevel.Warning)
    {
        What = "a comment ignores a rule that finds nothing there",
        Why = "A comment that outlives its reason hides the next real finding on the same lines, and its text says something about the access that is no longer true.",
        Avoid = new("groups.yaml", """
            kind: ClusterRoleBinding
            apiVersion: rbac.authorization.k8s.io/v1
            metadata: {name: viewers}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            # policyc: ignore kubernetes-superuser-group because "until OPS-12 is done"
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: viewers}]
            """),
        Prefer = new("groups.yaml", """
            kind: ClusterRoleBinding
            apiVersion: rbac.authorization.k8s.io/v1
            metadata: {name: viewers}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: viewers}]
            """),
        Fix = "removes the rule from the comment, or the comment; nobody's access changes",
    };

    public override void Check(Suppression suppression, SuppressionUse use, LintReport report)
    {
        var isAll = use.Unused.Length == suppression.Rules.Length;
        foreach (var rule in use.Unused)
        {
            report.Add(
                rule.Location,
                $"`{rule.Id}` finds nothing here",
                isAll ? "remove the comment" : "remove it from the comment",
                new SuggestedFix(isAll ? "remove the comment" : $"remove `{rule.Id}`", IsSafe: true, [isAll ? suppression.Removal() : suppression.Without(rule)]));
        }
    }
}
