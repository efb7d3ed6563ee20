using PolicyLang.Data;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Terraform;

namespace PolicyLang.Linting.Rules.Clouds;

internal sealed class EksAdminViewForReaders : ArtefactRule
{
    public override RuleDescription Description { get; } = new("eks-admin-view-for-readers", RuleSystem.Clouds, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "`AmazonEKSAdminViewPolicy` is given as if it were for reading alone",
        Why = "The policy reads everything, Secrets with all their tokens and passwords included. `AmazonEKSViewPolicy` leaves Secrets out.",
        Avoid = new("main.tf", """
            resource "aws_eks_access_policy_association" "readonly" {
              cluster_name  = "prod"
              principal_arn = "arn:aws:iam::111122223333:role/platform"
              policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminViewPolicy"

              access_scope {
                type = "cluster"
              }
            }
            """),
        Prefer = new("main.tf", """
            resource "aws_eks_access_policy_association" "readonly" {
              cluster_name  = "prod"
              principal_arn = "arn:aws:iam::111122223333:role/platform"
              policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"

              access_scope {
                type = "cluster"
              }
            }
            """),
        References =
        [
            new("Amazon EKS: access policy permissions", "https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html"),
            new("Terraform: aws_eks_access_policy_association", "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_access_policy_association"),
        ],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var association in artefacts.Terraform.Of("aws_eks_access_policy_association").Where(association => IsForReaders(association.Name)))
        {
            if (association.Body.Get("policy_arn") is DataScalar policy && policy.Text.EndsWith("/AmazonEKSAdminViewPolicy", StringComparison.Ordinal))
            {
                report.Add(policy.Location, "`AmazonEKSAdminViewPolicy` also reads every Secret", "use `AmazonEKSViewPolicy` for people who only look");
            }
        }
    }

    private static bool IsForReaders(string name)
        => name.ToLowerInvariant().Split('_', '-') is var words
            && Array.Exists(words, word => word is "view" or "viewer" or "viewers" or "read" or "reader" or "readers" or "readonly" or "ro" or "auditor" or "auditors")
            && !Array.Exists(words, word => word.StartsWith("admin", StringComparison.Ordinal));
}
