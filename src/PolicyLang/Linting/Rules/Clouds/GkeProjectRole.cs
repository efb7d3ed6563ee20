using PolicyLang.Data;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Terraform;

namespace PolicyLang.Linting.Rules.Clouds;

internal sealed class GkeProjectRole : ArtefactRule
{
    public override RuleDescription Description { get; } = new("gke-project-role", RuleSystem.Clouds, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "an IAM role of a project writes in all its clusters, beside RBAC",
        Why = "A role on a project counts for all clusters in it and for all namespaces, and adds to what bindings give. `container.clusterViewer` is enough to fetch credentials; bindings say the rest. Service accounts are left alone, since what deploys needs the role, and so is a grant with a condition.",
        Avoid = new("main.tf", """
            resource "google_project_iam_member" "team" {
              project = "acme-prod"
              role    = "roles/container.developer"
              member  = "group:team@example.com"
            }
            """),
        Prefer = new("main.tf", """
            resource "google_project_iam_member" "team" {
              project = "acme-prod"
              role    = "roles/container.clusterViewer"
              member  = "group:team@example.com"
            }
            """),
        References = [new("Google Kubernetes Engine: access control", "https://cloud.google.com/kubernetes-engine/docs/concepts/access-control")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var type in (ReadOnlySpan<string>)["google_project_iam_member", "google_project_iam_binding", "google_folder_iam_member", "google_folder_iam_binding", "google_organization_iam_member", "google_organization_iam_binding"])
        {
            foreach (var grant in artefacts.Terraform.Of(type).Where(grant => IsUnconditional(grant.Body) && IsForPeople(grant.Body)))
            {
                if (grant.Body.Get("role") is DataScalar { Text: "roles/container.admin" or "roles/container.developer" } role)
                {
                    report.Add(role.Location, $"`{role.Text}` writes in every namespace of every cluster below, whatever bindings say", "give `roles/container.clusterViewer`, and the rights by RoleBindings for a Google group");
                }
            }
        }
    }

    // A condition may name one cluster or an end.
    private static bool IsUnconditional(DataMap grant) => grant.Find("condition") is null && !grant.MayHaveMore("condition");

    // Whom only Terraform knows may well be a service account.
    private static bool IsForPeople(DataMap grant)
    {
        DataNode[] members = [.. grant.Get("members") is DataList list ? list.Items : [], .. grant.Get("member") is { } member ? [member] : Array.Empty<DataNode>()];
        return Array.Exists(members, member => member switch
        {
            DataScalar scalar => NamesPeople(scalar.Text),

            // In `"group:${var.team}"` the kind is written out.
            DataExpression expression => NamesPeople(expression.Text.TrimStart('"')),
            _ => false,
        });
    }

    private static bool NamesPeople(string member)
        => member is "allUsers" or "allAuthenticatedUsers"
            || member.StartsWith("user:", StringComparison.Ordinal)
            || member.StartsWith("group:", StringComparison.Ordinal)
            || member.StartsWith("domain:", StringComparison.Ordinal);
}
