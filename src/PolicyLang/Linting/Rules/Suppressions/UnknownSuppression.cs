using PolicyLang.Diagnostics;

namespace PolicyLang.Linting.Rules.Suppressions;

internal sealed class UnknownSuppression : FindingRule
{
    public override RuleDescription Description { get; } = new("unknown-suppression", RuleSystem.Any, RuleCategory.Assurance, LintLevel.Error)
    {
        What = "a comment ignores a rule that does not exist",
        Why = "A misspelt name ignores nothing, and whoever wrote it believes that it does.",
        Avoid = new("groups.yaml", """
            kind: ClusterRoleBinding
            apiVersion: rbac.authorization.k8s.io/v1
            metadata: {name: admins}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
            # policyc: ignore kubernetes-superuser-groups because "kubeadm binds it, and we keep its file as it is"
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
        foreach (var rule in use.Unknown)
        {
            report.Add(rule.Location, $"there is no rule `{rule.Id}`", Suggestions.DidYouMean(rule.Id, use.KnownNames) ?? "`policyc rules` lists all rules");
        }
    }
}
