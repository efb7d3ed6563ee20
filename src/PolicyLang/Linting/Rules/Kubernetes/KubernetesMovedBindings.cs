using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesMovedBindings : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-moved-bindings", RuleSystem.Kubernetes, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "a kustomization gives one namespace to RoleBindings that are written for several",
        Why = "The field `namespace` of a kustomization writes its namespace into every object that is in one. A RoleBinding for `kube-system` is moved along with the rest, so that it gives its rights where nobody needs them, and not where they are needed.",
        Avoid = new("kustomization.yaml", """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            namespace: web
            resources: [rbac.yaml]
            ---
            # rbac.yaml
            apiVersion: v1
            kind: List
            items:
            - apiVersion: rbac.authorization.k8s.io/v1
              kind: RoleBinding
              metadata: {name: metrics, namespace: kube-system}
              roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: extension-apiserver-authentication-reader}
              subjects: [{kind: ServiceAccount, name: metrics, namespace: web}]
            - apiVersion: rbac.authorization.k8s.io/v1
              kind: RoleBinding
              metadata: {name: metrics, namespace: web}
              roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: metrics}
              subjects: [{kind: ServiceAccount, name: metrics, namespace: web}]
            """),
        Prefer = new("kustomization.yaml", """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            resources: [rbac.yaml]
            ---
            # rbac.yaml
            apiVersion: v1
            kind: List
            items:
            - apiVersion: rbac.authorization.k8s.io/v1
              kind: RoleBinding
              metadata: {name: metrics, namespace: kube-system}
              roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: extension-apiserver-authentication-reader}
              subjects: [{kind: ServiceAccount, name: metrics, namespace: web}]
            - apiVersion: rbac.authorization.k8s.io/v1
              kind: RoleBinding
              metadata: {name: metrics, namespace: web}
              roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: metrics}
              subjects: [{kind: ServiceAccount, name: metrics, namespace: web}]
            """),
        References = [new("kustomize: namespace", "https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/namespace/")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        var bindings = artefacts.Kubernetes.Bindings.Where(binding => binding is { IsNamespaced: true, NamespaceText: not null } && !binding.NamespaceText.IsTemplate()).ToLookup(binding => binding.Source.Path, StringComparer.Ordinal);
        foreach (var file in artefacts.Files.Where(file => KustomizationReader.IsKustomization(file.Source.Path)))
        {
            if (file.Documents.FirstOrDefault() is not DataMap kustomization || kustomization.Text("namespace") is not { } ns || ns.IsTemplate())
            {
                continue;
            }

            var folder = file.Source.Path[..(file.Source.Path.LastIndexOf('/') + 1)];
            var listed = kustomization.Texts("resources").Select(resource => resource.Text.StartsWith("./", StringComparison.Ordinal) ? resource.Text[2..] : resource.Text).Distinct(StringComparer.Ordinal);

            // Kustomize takes no further documents beside a kustomization, so that whoever shows some means them to be in files of their own.
            var moved = listed.SelectMany(resource => bindings[folder + resource]).Concat(bindings[file.Source.Path]).DistinctBy(binding => binding.Namespace, StringComparer.Ordinal).Take(4).ToArray();

            // With one namespace alone it is meant that all moves.
            if (moved.Length > 1)
            {
                report.Add(
                    ns.Location,
                    $"this moves RoleBindings of {string.Join(" and ", moved.Select(binding => $"`{binding.Namespace}`"))} into `{ns.Text}`",
                    "write the namespaces in the objects and leave this out, or put what belongs into other namespaces into a kustomization of its own",
                    null,
                    [.. moved.Where(binding => binding.Namespace != ns.Text).Select(binding => new RelatedLocation(binding.NamespaceText!.Location, "this is not where it will be"))]);
            }
        }
    }
}
