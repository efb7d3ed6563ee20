using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesReservedName : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-reserved-name", RuleSystem.Kubernetes, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "a subject has a name in `system:` that nobody has, one slip away from one that somebody has",
        Why = "Names that begin with `system:` are given out by Kubernetes alone. A binding for a misspelt one, or for a group where a user has that name, gives nothing to anybody.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: viewers}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects:
            - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:authenicated"}
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: viewers}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects:
            - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:authenticated"}
            """),
        References = [new("Kubernetes: referring to subjects", "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects")],
    };

    private static readonly string[] Groups =
        [KubernetesSubjects.Masters, KubernetesSubjects.Authenticated, KubernetesSubjects.Unauthenticated, KubernetesSubjects.ServiceAccounts, "system:nodes", "system:monitoring", "system:bootstrappers", "system:node-proxier"];

    private static readonly string[] Users = [KubernetesSubjects.AnonymousUser, "system:kube-controller-manager", "system:kube-scheduler", "system:kube-proxy", "system:apiserver"];

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var subject in artefacts.Kubernetes.Bindings.SelectMany(binding => binding.Subjects))
        {
            if (subject.Name.StartsWith("system:", StringComparison.OrdinalIgnoreCase) && !subject.NameText!.IsTemplate() && Mistake(subject.Kind, subject.Name) is var (message, help))
            {
                report.Add(subject.Location, message, help);
            }
        }
    }

    private static (string Message, string Help)? Mistake(string kind, string name)
    {
        if (kind is not (RbacWords.GroupSubject or RbacWords.UserSubject))
        {
            return null;
        }

        var (own, other, otherKind) = kind == RbacWords.GroupSubject ? (Groups, Users, "user") : (Users, Groups, "group");
        var isServiceAccount = kind == RbacWords.GroupSubject && name.StartsWith(RbacWords.ServiceAccountUserPrefix, StringComparison.Ordinal);
        if (isServiceAccount || other.Contains(name, StringComparer.Ordinal))
        {
            return ($"`{name}` is a {otherKind}, so that this binding gives it nothing", isServiceAccount ? "write `kind: ServiceAccount` with its name and namespace" : $"write `kind: {(otherKind == "user" ? RbacWords.UserSubject : RbacWords.GroupSubject)}`");
        }

        return own.Contains(name, StringComparer.Ordinal) || NearNames.NearestOf(name, own) is not { } nearest ? null
            : ($"nobody is `{name}`: Kubernetes alone gives out names in `system:`, and has no such one", $"did you mean `{nearest}`?");
    }
}
