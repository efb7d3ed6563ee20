using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesLiteralWildcard : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-literal-wildcard", RuleSystem.Kubernetes, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "a `*` stands where Kubernetes takes it for a letter",
        Why = "RBAC knows `*` alone as a verb, an API group or a resource, `*/name` as a subresource of any resource, and `*` at the end of a URL. Anywhere else it is a letter of a name that nothing has, so that the rule or the binding gives nothing.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: deployer}
            rules:
            - {apiGroups: [""], resources: ["pods/*"], verbs: [get]}
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: deployer}
            rules:
            - {apiGroups: [""], resources: [pods/log, pods/status], verbs: [get]}
            """),
        References = [new("Kubernetes: how rules are matched", "https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/rbac/v1/evaluation_helpers.go")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var rule in artefacts.Kubernetes.Roles.Where(role => !role.IsKubernetesOwn).SelectMany(role => role.Rules))
        {
            Look(rule.Resources, "list the resources and subresources", report, text => text == "*" || (text.StartsWith("*/", StringComparison.Ordinal) && !text.AsSpan(1).Contains('*')));
            Look(rule.Verbs, "list the verbs", report, text => text == "*");
            Look(rule.ApiGroups, "list the API groups", report, text => text == "*");
            Look(rule.ResourceNames, rule.ResourceNames.Length == 1 ? "leave `resourceNames` out to mean all objects" : "list the names", report, _ => false);
            Look(rule.Urls, "end the URL in `*`, or list the URLs", report, text => text.IndexOf('*', StringComparison.Ordinal) == text.Length - 1);
        }

        foreach (var subject in artefacts.Kubernetes.Bindings.SelectMany(binding => binding.Subjects).Where(subject => subject.Sort == SubjectSort.People && subject.Name.Contains('*', StringComparison.Ordinal)))
        {
            report.Add(subject.Location, $"`*` is no pattern in the name of a {subject.Kind.ToLowerInvariant()}: this means one that is called `{subject.Name}`", "name each, or bind a group that they are all in; `system:authenticated` is everybody");
        }
    }

    // Beside a `*` that does mean everything nothing is lost.
    private static void Look(ImmutableArray<DataScalar> items, string help, LintReport report, Func<string, bool> isPattern)
    {
        if (items.Any(item => item.Text == "*" && isPattern("*")))
        {
            return;
        }

        foreach (var item in items.Where(item => item.Text.Contains('*', StringComparison.Ordinal) && !item.IsTemplate() && !isPattern(item.Text)))
        {
            report.Add(item.Location, $"`*` is no pattern here: `{item.Text}` means only what has this very name, and nothing has", help);
        }
    }
}
