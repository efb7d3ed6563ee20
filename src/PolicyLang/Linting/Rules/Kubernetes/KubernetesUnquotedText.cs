using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesUnquotedText : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-unquoted-text", RuleSystem.Kubernetes, RuleCategory.Correctness, LintLevel.Error)
    {
        What = "a name without quotes is a boolean or a number to YAML",
        Why = "The tools that send manifests to the API server read YAML 1.1, in which `on`, `no` and `y` are booleans and `007` and `1e3` are numbers. The API server takes only texts as names and labels, and refuses the object.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: viewers}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects:
            - {apiGroup: rbac.authorization.k8s.io, kind: User, name: 1007}
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: viewers}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects:
            - {apiGroup: rbac.authorization.k8s.io, kind: User, name: "1007"}
            """),
        References = [new("YAML 1.1: booleans", "https://yaml.org/type/bool.html")],
        Fix = "puts the name in quotes",
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var role in artefacts.Kubernetes.Roles)
        {
            LookAtMetadata(role, report);
            foreach (var rule in role.Rules)
            {
                Look("a name in a rule", rule.Verbs.Concat(rule.ApiGroups).Concat(rule.Resources).Concat(rule.ResourceNames).Concat(rule.Urls), report);
            }
        }

        foreach (var binding in artefacts.Kubernetes.Bindings)
        {
            LookAtMetadata(binding, report);
            Look("the role", [binding.RoleName], report);
            foreach (var subject in binding.Subjects)
            {
                Look("a subject", [subject.NameText, subject.NamespaceText], report);
            }
        }
    }

    private static void LookAtMetadata(KubernetesObject item, LintReport report)
    {
        Look("a name", [item.NameText, item.NamespaceText], report);
        Look("a label", item.Labels.Select(label => label.Value as DataScalar), report);
        Look("an annotation", item.Metadata.Map("annotations")?.Entries.Select(entry => entry.Value as DataScalar) ?? [], report);
    }

    private static void Look(string what, IEnumerable<DataScalar?> items, LintReport report)
    {
        foreach (var item in items)
        {
            // A tag such as !!str says what is meant.
            if (item is { IsQuoted: false } && item.Location.Text == item.Text && YamlScalars.KindOf(item.Text) is (ManifestScalarKind.Boolean or ManifestScalarKind.Number) and var kind)
            {
                report.Add(
                    item.Location,
                    $"`{item.Text}` without quotes is a {(kind == ManifestScalarKind.Boolean ? "boolean" : "number")}, and {what} has to be a text",
                    "put it in quotes",
                    new SuggestedFix("put it in quotes", IsSafe: false, [new TextEdit(item.Location, $"\"{item.Text}\"")]));
            }
        }
    }
}
