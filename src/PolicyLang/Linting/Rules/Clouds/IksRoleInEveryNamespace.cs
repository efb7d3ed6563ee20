using PolicyLang.Data;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Clouds;
using PolicyLang.Linting.Artefacts.Terraform;

namespace PolicyLang.Linting.Rules.Clouds;

internal sealed class IksRoleInEveryNamespace : ArtefactRule
{
    public override RuleDescription Description { get; } = new("iks-role-in-every-namespace", RuleSystem.Clouds, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "an IBM service role that writes is given without a namespace",
        Why = "Service roles become bindings. `Manager` without a namespace binds `cluster-admin`, and `Writer` binds `edit` in every namespace, those of the system included.",
        Avoid = new("main.tf", """
            resource "ibm_iam_access_group_policy" "team" {
              access_group_id = ibm_iam_access_group.team.id
              roles           = ["Manager"]

              resource_attributes {
                name  = "serviceName"
                value = "containers-kubernetes"
              }
            }
            """),
        Prefer = new("main.tf", """
            resource "ibm_iam_access_group_policy" "team" {
              access_group_id = ibm_iam_access_group.team.id
              roles           = ["Manager"]

              resource_attributes {
                name  = "serviceName"
                value = "containers-kubernetes"
              }

              resource_attributes {
                name  = "namespace"
                value = "web"
              }
            }
            """),
        References = [new("Terraform: ibm_iam_access_group_policy", "https://registry.terraform.io/providers/IBM-Cloud/ibm/latest/docs/resources/iam_access_group_policy")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var policy in ClusterRestrictions.RolePolicies(artefacts.Terraform))
        {
            const string Attributes = "resource_attributes";
            var isInNamespace = ClusterRestrictions.IsComputed(policy.Body, Attributes) || ClusterRestrictions.ValueOf(policy.Body, Attributes, "namespace") is not null;
            var isForClusters = ClusterRestrictions.ValueOf(policy.Body, Attributes, "serviceName") == ClusterRestrictions.Service;
            foreach (var resources in policy.Body.Blocks("resources").Where(resources => resources.Text("service") == ClusterRestrictions.Service))
            {
                isForClusters = true;
                isInNamespace |= resources.Get("attributes") is DataExpression || resources.Blocks("attributes").Any(attributes => attributes.Find("namespace") is not null);
            }

            if (isForClusters && !isInNamespace && policy.Body.Get("roles") is DataList roles && roles.Items.OfType<DataScalar>().FirstOrDefault(role => role.Text is "Manager" or "Writer") is { } role)
            {
                report.Add(role.Location, role.Text == "Manager" ? $"`Manager` without a namespace is `cluster-admin`{In(policy.Body, " in ")}" : $"`Writer` without a namespace is `edit` in every namespace{In(policy.Body, " of ")}", "name the namespace: the resource attribute `namespace`");
            }
        }
    }

    // In which clusters, where that is said: without an instance, and nothing else that chooses some, it is all of them.
    private static string In(DataMap policy, string preposition)
    {
        var chosen = policy.Blocks("resource_attributes").Where(attribute => attribute.Text("name") is not "serviceName").Select(attribute => (Key: attribute.Text("name"), Value: attribute.Get("value")))
            .Concat(policy.Blocks("resources").SelectMany(resources => resources.Entries).Where(entry => entry.Key != "service").Select(entry => ((string?)entry.Key, (DataNode?)entry.Value)))
            .ToArray();
        return chosen switch
        {
            [] when policy.Find("resource_tags") is null && !policy.MayHaveMore("resource_tags") => $"{preposition}every cluster of the account",
            [("serviceInstance" or "resource_instance_id", DataScalar cluster)] => $"{preposition}cluster `{cluster.Text}`",
            [("serviceInstance" or "resource_instance_id", DataExpression cluster)] when !cluster.Text.Contains('"', StringComparison.Ordinal) => $"{preposition}cluster `{cluster.Text}`",
            _ => "",
        };
    }
}
