using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesSuperuserGroup : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-superuser-group", RuleSystem.Kubernetes, RuleCategory.Escalation, LintLevel.Error)
    {
        What = "a binding names the group `system:masters`, or a role lets somebody act as its member",
        Why = "Who is in `system:masters` passes every check of the API server, whatever any binding says. A binding for it adds nothing, looks as if it could be taken away, and invites proxies to hand the group out.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: admins}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:masters"}]
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: viewers}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "acme:viewers"}]
            """),
        References = [new("Kubernetes: default roles and bindings", "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var subject in artefacts.Kubernetes.Bindings.Where(binding => !binding.IsKubernetesOwn).SelectMany(binding => binding.Subjects).Where(subject => subject.Sort == SubjectSort.Superuser))
        {
            report.Add(subject.Location, "`system:masters` passes every check, so that this binding neither gives nor limits anything", "bind a group of your own, and take people out of `system:masters`");
        }

        foreach (var rule in artefacts.Kubernetes.Roles.Where(role => !role.IsKubernetesOwn).SelectMany(role => role.Rules))
        {
            if (rule.ResourceNames.FirstOrDefault(name => name.Text == KubernetesSubjects.Masters) is { } name
                && RightRisks.Gives(rule.Rights with { ResourceNames = [] }, "", "groups", "impersonate"))
            {
                report.Add(name.Location, "whoever has this role may act as a member of `system:masters`, which passes every check", "let them act as a group of your own that a binding gives its rights");
            }
        }
    }
}
