using PolicyLang.Data;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Clouds;
using PolicyLang.Linting.Artefacts.Terraform;

namespace PolicyLang.Linting.Rules.Clouds;

internal sealed class IksOpenEndpoint : ArtefactRule
{
    public override RuleDescription Description { get; } = new("iks-open-endpoint", RuleSystem.Clouds, RuleCategory.Exposure, LintLevel.Warning)
    {
        Lifecycle = RuleLifecycle.Preview,
        What = "an IBM cluster has a public endpoint that no restriction of the run is about",
        Why = "The public service endpoint is on unless it is switched off, and without a context-based restriction it takes connections from everywhere.",
        Avoid = new("main.tf", """
            resource "ibm_container_vpc_cluster" "prod" {
              name   = "prod"
              vpc_id = ibm_is_vpc.prod.id
              flavor = "bx2.4x16"
            }
            """),
        Prefer = new("main.tf", """
            resource "ibm_container_vpc_cluster" "prod" {
              name   = "prod"
              vpc_id = ibm_is_vpc.prod.id
              flavor = "bx2.4x16"

              disable_public_service_endpoint = true
            }
            """),
        References =
        [
            new("Terraform: ibm_container_vpc_cluster", "https://registry.terraform.io/providers/IBM-Cloud/ibm/latest/docs/resources/container_vpc_cluster"),
            new("IBM Cloud: context-based restrictions", "https://cloud.ibm.com/apidocs/context-based-restrictions"),
        ],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        if (ClusterRestrictions.Of(artefacts.Terraform).Any())
        {
            return;
        }

        foreach (var cluster in artefacts.Terraform.Of("ibm_container_vpc_cluster").Where(cluster => cluster.Body.Get("disable_public_service_endpoint") is null or DataScalar { Text: "false" }))
        {
            report.Add(cluster.Body.Find("disable_public_service_endpoint")?.Value.Location ?? cluster.NameLocation, $"the API server of `{cluster.Name}` takes connections from the whole internet", "write `disable_public_service_endpoint = true`, or restrict it by an `ibm_cbr_rule`");
        }
    }
}
