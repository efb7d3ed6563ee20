using PolicyLang.Data;
using PolicyLang.Linting.Artefacts;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesSuperuserGroup : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-superuser-group", RuleSystem.Kubernetes, RuleCategory.Escalation, LintLevel.Error)
    {
        What = "a binding names the group `system:masters`",
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
        References = [new("Kubernetes: authorization", "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var document in artefacts.Files.SelectMany(file => file.Documents).OfType<DataMap>())
        {
            if (document.Find("kind")?.Value is not DataScalar { Text: "ClusterRoleBinding" or "RoleBinding" } || document.Find("subjects")?.Value is not DataList subjects)
            {
                continue;
            }

            foreach (var subject in subjects.Items.OfType<DataMap>())
            {
                if (subject.Find("kind")?.Value is DataScalar { Text: "Group" } && subject.Find("name")?.Value is DataScalar { Text: "system:masters" } name)
                {
                    report.Add(name.Location, "`system:masters` passes every check, so that this binding neither gives nor limits anything", "bind a group of your own, and take people out of `system:masters`");
                }
            }
        }
    }
}
