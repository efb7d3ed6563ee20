using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesUnknownRole : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-unknown-role", RuleSystem.Kubernetes, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "a binding names a role that nobody has, one slip away from one that is there",
        Why = "The API server takes a binding to a role that does not exist, and gives nothing. It starts to give something on the day when somebody makes a role of that name.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: viewers}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admn}
            subjects:
            - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: "acme:viewers"}
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: viewers}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects:
            - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: "acme:viewers"}
            """),
        References = [new("Kubernetes: RBAC", "https://kubernetes.io/docs/reference/access-authn-authz/rbac/")],
        Fix = "writes the name or the kind of the role that is there",
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        var objects = artefacts.Kubernetes;
        var byFolder = objects.Roles.Where(role => role.NameText is not null && !role.NameText.IsTemplate()).ToLookup(role => (Folder(role.Source.Path), role.Kind.Text));
        foreach (var binding in objects.Bindings.Where(binding => !binding.IsKubernetesOwn))
        {
            if (binding is not { RoleKind.Text: var kind, RoleName: { } name } || name.IsTemplate() || objects.RolesNamed(kind, name.Text).Count > 0 || (kind == RbacWords.ClusterRole && IsBuiltIn(name.Text)))
            {
                continue;
            }

            var otherKind = kind == RbacWords.Role ? RbacWords.ClusterRole : RbacWords.Role;
            if (objects.RolesNamed(otherKind, name.Text).Take(100).FirstOrDefault(role => ReferenceEquals(role.Source, binding.Source)) is { } other)
            {
                var isPossible = otherKind == RbacWords.ClusterRole || binding.IsNamespaced;
                report.Add(
                    binding.RoleKind!.Location,
                    $"there is no {kind} `{name.Text}`: it is a {otherKind}",
                    isPossible ? $"write `kind: {otherKind}`" : "make it a ClusterRole, or bind it by a RoleBinding",
                    isPossible ? new SuggestedFix($"write `kind: {otherKind}`", IsSafe: false, [KubernetesEdits.Replace(binding.RoleKind, otherKind)]) : null,
                    [new RelatedLocation(other.NameLocation, "the role")]);
            }
            else if (kind == RbacWords.Role && binding.IsNamespaced && name.Text is "view" or "edit" or "cluster-admin")
            {
                report.Add(binding.RoleKind!.Location, $"`{name.Text}` is a ClusterRole; this means a Role of that name in the binding's namespace", "write `kind: ClusterRole`", new SuggestedFix("write `kind: ClusterRole`", IsSafe: false, [KubernetesEdits.Replace(binding.RoleKind, RbacWords.ClusterRole)]));
            }
            else if (Near(name.Text, kind, byFolder[(Folder(binding.Source.Path), kind)]) is { } near)
            {
                report.Add(name.Location, $"there is no {kind} `{name.Text}`", $"did you mean `{near}`?", new SuggestedFix($"write `{near}`", IsSafe: false, [KubernetesEdits.Replace(name, near)]));
            }
        }
    }

    private static string? Near(string name, string kind, IEnumerable<KubernetesRole> roles)
        => (kind == RbacWords.ClusterRole ? NearNames.NearestOf(name, BuiltInRoles.Default.ClusterRoleNames) : null) ?? NearNames.NearestOf(name, roles.Take(500).Select(role => role.Name));

    private static bool IsBuiltIn(string name) => BuiltInRoles.Default.RulesOf(name) is not null;

    private static string Folder(string path) => path[..(path.LastIndexOf('/') + 1)];
}
