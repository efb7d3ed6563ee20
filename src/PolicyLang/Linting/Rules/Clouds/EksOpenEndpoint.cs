using PolicyLang.Data;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Terraform;

namespace PolicyLang.Linting.Rules.Clouds;

internal sealed class EksOpenEndpoint : ArtefactRule
{
    public override RuleDescription Description { get; } = new("eks-open-endpoint", RuleSystem.Clouds, RuleCategory.Exposure, LintLevel.Warning)
    {
        What = "the API server of an EKS cluster is open to the internet",
        Why = "The public endpoint is on unless it is switched off, and without `public_access_cidrs` it takes connections from `0.0.0.0/0`. Every token that leaks then works from everywhere.",
        Avoid = new("main.tf", """
            resource "aws_eks_cluster" "prod" {
              name     = "prod"
              role_arn = aws_iam_role.cluster.arn

              vpc_config {
                subnet_ids = var.subnets
              }
            }
            """),
        Prefer = new("main.tf", """
            resource "aws_eks_cluster" "prod" {
              name     = "prod"
              role_arn = aws_iam_role.cluster.arn

              vpc_config {
                subnet_ids = var.subnets
                endpoint_private_access = true
                endpoint_public_access  = false
              }
            }
            """),
        References =
        [
            new("Amazon EKS: cluster API server endpoint", "https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html"),
            new("Terraform: aws_eks_cluster", "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_cluster"),
        ],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var cluster in artefacts.Terraform.Of("aws_eks_cluster").Where(cluster => !cluster.Body.MayHaveMore("vpc_config")))
        {
            foreach (var network in cluster.Body.Blocks("vpc_config").Where(network => network.Get("endpoint_public_access") is null or DataScalar { Text: "true" }))
            {
                var open = network.Get("public_access_cidrs") switch
                {
                    null => network.Find("endpoint_public_access")?.KeyLocation ?? cluster.NameLocation,
                    DataList { Items.IsEmpty: true } list => list.Location,
                    DataList list => list.Items.OfType<DataScalar>().FirstOrDefault(item => item.Text is "0.0.0.0/0" or "::/0")?.Location,
                    _ => null,
                };
                if (open is not null)
                {
                    report.Add(open, $"the API server of `{cluster.Name}` takes connections from the whole internet", "write `endpoint_public_access = false`, or name networks in `public_access_cidrs`");
                }
            }
        }
    }
}
