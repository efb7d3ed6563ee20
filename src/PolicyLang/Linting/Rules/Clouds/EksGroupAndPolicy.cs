using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Terraform;

namespace PolicyLang.Linting.Rules.Clouds;

internal sealed class EksGroupAndPolicy : ArtefactRule
{
    public override RuleDescription Description { get; } = new("eks-group-and-policy", RuleSystem.Clouds, RuleCategory.Escalation, LintLevel.Info)
    {
        What = "a principal gets both groups for RBAC and an access policy of EKS",
        Why = "The rights add up. Bindings for the groups show only a part of what the principal may do, and taking it away there leaves the rest.",
        Avoid = new("main.tf", """
            resource "aws_eks_access_entry" "platform" {
              cluster_name      = "prod"
              principal_arn     = "arn:aws:iam::111122223333:role/platform"
              kubernetes_groups = ["acme:viewers"]
            }

            resource "aws_eks_access_policy_association" "platform" {
              cluster_name  = "prod"
              principal_arn = "arn:aws:iam::111122223333:role/platform"
              policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminPolicy"

              access_scope {
                type = "cluster"
              }
            }
            """),
        Prefer = new("main.tf", """
            resource "aws_eks_access_entry" "platform" {
              cluster_name      = "prod"
              principal_arn     = "arn:aws:iam::111122223333:role/platform"
              kubernetes_groups = ["acme:viewers"]
            }
            """),
        References =
        [
            new("Amazon EKS: access policy permissions", "https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html"),
            new("Terraform: aws_eks_access_entry", "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_access_entry"),
        ],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        var entries = artefacts.Terraform.Of("aws_eks_access_entry").Where(entry => entry.Body.Get("kubernetes_groups") is DataList { Items.IsEmpty: false }).ToLookup(KeyOf);
        foreach (var association in artefacts.Terraform.Of("aws_eks_access_policy_association"))
        {
            if (KeyOf(association) is { } key && entries[key].FirstOrDefault() is { } entry)
            {
                report.Add(
                    association.NameLocation,
                    $"this policy adds to the groups that `{entry.Name}` gives the same principal",
                    "give rights in one place: by bindings for the groups, or by access policies",
                    null,
                    new RelatedLocation(entry.Body.Find("kubernetes_groups")!.Value.Location, "the groups"));
            }
        }
    }

    // The same words mean the same in another module only where nothing is to be worked out, and `each.value` only where both go over the same.
    private static PrincipalKey? KeyOf(TerraformResource resource)
    {
        var (cluster, principal) = (resource.Body.Get("cluster_name"), resource.Body.Get("principal_arn"));
        if (resource.Body.Written("cluster_name") is not { } clusterText || resource.Body.Written("principal_arn") is not { } principalText)
        {
            return null;
        }

        var isWritten = cluster is DataScalar && principal is DataScalar;
        return new PrincipalKey(clusterText, principalText, isWritten ? "" : resource.Module, isWritten ? "" : resource.Body.Written("for_each") ?? resource.Body.Written("count") ?? "");
    }

    private sealed record PrincipalKey(string Cluster, string Principal, string Module, string Repetition);
}
