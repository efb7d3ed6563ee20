namespace PolicyLang.Linting.Rules.Suppressions;

internal sealed class UnexplainedSuppression : FindingRule
{
    public override RuleDescription Description { get; } = new("unexplained-suppression", RuleSystem.Any, RuleCategory.Assurance, LintLevel.Error)
    {
        What = "a comment ignores a rule without saying why, or names no rule",
        Why = "Whoever reviews access has to be able to judge the exception. Without a reason nobody knows whether it still holds.",
        Avoid = new("groups.yaml", """
            kind: ClusterRoleBinding
            apiVersion: rbac.authorization.k8s.io/v1
            metadata: {name: admins}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
            # policyc: ignore kubernetes-superuser-group
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:masters"}]
            """),
        Prefer = new("groups.yaml", """
            kind: ClusterRoleBinding
            apiVersion: rbac.authorization.k8s.io/v1
            metadata: {name: admins}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
            # policyc: ignore kubernetes-superuser-group because "kubeadm binds it, and we keep its file as it is"
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:masters"}]
            """),
    };

    public override void Check(Suppression suppression, SuppressionUse use, LintReport report)
    {
        if (suppression.Rules.IsEmpty)
        {
            report.Add(suppression.Location, "this comment names no rule to ignore", "write `policyc: ignore RULE because \"…\"`; a finding shows its rule in brackets");
        }
        else if (suppression.Because is null)
        {
            report.Add(suppression.Location, "this comment does not say why the rule is ignored", "add `because \"…\"` at its end");
        }
    }
}
