using PolicyLang.Linting.Artefacts.Teleport;

namespace PolicyLang.Linting.Rules.Teleport;

internal sealed class TeleportEntryWithoutVerbs : RoleRule
{
    public override RuleDescription Description { get; } = new("teleport-entry-without-verbs", RuleSystem.Teleport, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "an entry of `kubernetes_resources` names no verbs and so matches nothing",
        Why = "Up to version v6 Teleport fills in all verbs. From v7 on an entry without verbs lets nothing through, and where it denies, denies nothing.",
        Avoid = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_labels: {env: [prod]}
                kubernetes_groups: [acme:sre]
                kubernetes_resources: [{kind: pod, namespace: web, name: '*'}]
            """),
        Prefer = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_labels: {env: [prod]}
                kubernetes_groups: [acme:sre]
                kubernetes_resources: [{kind: pod, namespace: web, name: '*', verbs: ['*']}]
            """),
        References = [TeleportReferences.RoleSource],
    };

    protected override void Check(TeleportRole role, LintReport report)
    {
        foreach (var side in role.Version >= 7 ? new[] { role.Allow, role.Deny } : [])
        {
            foreach (var entry in TeleportData.Maps(side, "kubernetes_resources").Where(entry => !TeleportData.Says(entry, "verbs")))
            {
                var place = entry.Find("verbs")?.KeyLocation ?? entry.Find("kind")?.Value.Location ?? entry.Location;
                report.Add(place, $"this entry has no verbs, and so {(ReferenceEquals(side, role.Deny) ? "denies" : "lets through")} nothing", "add `verbs: ['*']`, or the verbs that are meant");
            }
        }
    }
}
