using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesImpersonatingServiceAccount : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-impersonating-service-account", RuleSystem.Kubernetes, RuleCategory.Escalation, LintLevel.Info)
    {
        Lifecycle = RuleLifecycle.Preview,
        What = "a ServiceAccount may act as any user and group",
        Why = "Access proxies, those of Tailscale and Teleport among them, come with a role that lets them act as anybody. Then whoever may change what the proxy hands out, in a tailnet policy file or in a Teleport role, may become `system:masters`. A role that lists the groups makes the API server refuse what nobody meant to hand out.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: access-proxy}
            rules:
            - {apiGroups: [""], resources: [users, groups], verbs: [impersonate]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: access-proxy}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: access-proxy}
            subjects: [{kind: ServiceAccount, name: proxy, namespace: access}]
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: access-proxy}
            rules:
            - {apiGroups: [""], resources: [users], verbs: [impersonate]}
            - {apiGroups: [""], resources: [groups], verbs: [impersonate], resourceNames: ["acme:viewers"]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: access-proxy}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: access-proxy}
            subjects: [{kind: ServiceAccount, name: proxy, namespace: access}]
            """),
        References = [new("Kubernetes: user impersonation", "https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var binding in artefacts.Kubernetes.Bindings)
        {
            if (binding is not { IsClusterWide: true, IsKubernetesOwn: false, RoleName: { } name }
                || binding.Subjects.FirstOrDefault(subject => subject.Sort == SubjectSort.ServiceAccount) is not { } account
                || artefacts.Kubernetes.ReachOf(binding) is not { IsEverything: false } reach
                || reach.Rights.FirstOrDefault(given => given.Rule is not null && RightRisks.Gives(given.Rights, "", "groups", "impersonate")) is not { Rule: { } rule })
            {
                continue;
            }

            report.Add(
                name.Location,
                $"`{account.Name}` may act as a member of any group, `system:masters` too",
                "list in `resourceNames` the groups that the proxy hands out",
                null,
                [new RelatedLocation((rule.Resources.FirstOrDefault(resource => resource.Text == "groups") ?? rule.Resources[0]).Location, "by this rule")]);
        }
    }
}
