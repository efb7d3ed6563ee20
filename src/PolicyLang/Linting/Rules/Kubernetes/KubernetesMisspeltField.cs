using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Kubernetes;

namespace PolicyLang.Linting.Rules.Kubernetes;

internal sealed class KubernetesMisspeltField : ArtefactRule
{
    public override RuleDescription Description { get; } = new("kubernetes-misspelt-field", RuleSystem.Kubernetes, RuleCategory.Correctness, LintLevel.Error)
    {
        What = "a rule, a subject or a role reference has a field that Kubernetes does not know",
        Why = "Current kubectl refuses such an object. Older clients, and whatever speaks to the API server without asking for strictness, drop the field and apply the rest: a rule with `resourceName` then holds for every object.",
        Avoid = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: deployer}
            rules:
            - apiGroups: [""]
              resources: [secrets]
              verbs: [get]
              resourceName: [deploy-key]
            """),
        Prefer = new("rbac.yaml", """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: deployer}
            rules:
            - apiGroups: [""]
              resources: [secrets]
              verbs: [get]
              resourceNames: [deploy-key]
            """),
        References = [new("Kubernetes: field validation", "https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation")],
        Fix = "writes the field's name",
    };

    private static readonly string[] RuleFields = ["verbs", "apiGroups", "resources", "resourceNames", "nonResourceURLs"];

    private static readonly string[] SubjectFields = ["kind", "apiGroup", "name", "namespace"];

    private static readonly string[] ReferenceFields = ["kind", "apiGroup", "name"];

    private static readonly string[] RoleFields = ["metadata", "rules", "aggregationRule"];

    private static readonly string[] BindingFields = ["metadata", "roleRef", "subjects"];

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var role in artefacts.Kubernetes.Roles.Where(role => role.IsCurrentVersion))
        {
            Look(role.Map, RoleFields, report, isWholeObject: true);
            foreach (var rule in role.Rules)
            {
                Look(rule.Map, RuleFields, report);
            }
        }

        foreach (var binding in artefacts.Kubernetes.Bindings.Where(binding => binding.IsCurrentVersion))
        {
            Look(binding.Map, BindingFields, report, isWholeObject: true);
            if (binding.RoleRef is { } reference)
            {
                Look(reference, ReferenceFields, report);
            }

            foreach (var subject in binding.Subjects)
            {
                Look(subject.Map, SubjectFields, report);
            }
        }
    }

    // Tools put fields of their own beside an object's, which they take out again; only what is a slip of one of Kubernetes' own counts there.
    private static void Look(DataMap map, string[] fields, LintReport report, bool isWholeObject = false)
    {
        foreach (var entry in map.Entries)
        {
            var key = entry.Key;
            if (fields.Contains(key, StringComparer.Ordinal) || key.Length == 0 || key[0] is '$' or '{' || key == "attributeRestrictions")
            {
                continue;
            }

            var meant = NearNames.NearestOf(key, fields) ?? (key + "s" is var plural && fields.Contains(plural, StringComparer.Ordinal) ? plural : null);
            meant = meant is not null && map.Find(meant) is null ? meant : null;
            if (isWholeObject && meant is null)
            {
                continue;
            }

            report.Add(
                entry.KeyLocation,
                $"Kubernetes knows no field `{key}` here: kubectl refuses it, and other clients drop it and apply the rest",
                meant is not null ? $"did you mean `{meant}`?" : $"leave it out; the fields are {string.Join(", ", fields.Select(field => $"`{field}`"))}",
                meant is null ? null : new SuggestedFix($"write `{meant}`", IsSafe: false, [new TextEdit(entry.KeyLocation, entry.KeyLocation.Text.StartsWith('"') ? $"\"{meant}\"" : meant)]));
        }
    }
}
