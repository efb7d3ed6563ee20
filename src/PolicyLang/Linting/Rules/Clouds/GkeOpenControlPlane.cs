using PolicyLang.Data;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Terraform;

namespace PolicyLang.Linting.Rules.Clouds;

internal sealed class GkeOpenControlPlane : ArtefactRule
{
    public override RuleDescription Description { get; } = new("gke-open-control-plane", RuleSystem.Clouds, RuleCategory.Exposure, LintLevel.Warning)
    {
        What = "the API server of a GKE cluster is open to the internet",
        Why = "Without `master_authorized_networks_config` the external endpoint takes connections from everywhere. An empty block closes it.",
        Avoid = new("main.tf", """
            resource "google_container_cluster" "prod" {
              name     = "prod"
              location = "europe-west1"
            }
            """),
        Prefer = new("main.tf", """
            resource "google_container_cluster" "prod" {
              name     = "prod"
              location = "europe-west1"

              master_authorized_networks_config {
                cidr_blocks {
                  cidr_block = "203.0.113.0/24"
                }
              }
            }
            """),
        References = [new("Terraform: google_container_cluster", "https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/container_cluster")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var cluster in artefacts.Terraform.Of("google_container_cluster"))
        {
            const string Networks = "master_authorized_networks_config";
            if (IsPrivate(cluster.Body) || cluster.Body.MayHaveMore(Networks))
            {
                continue;
            }

            if (cluster.Body.Get(Networks) is null)
            {
                report.Add(cluster.NameLocation, $"the API server of `{cluster.Name}` takes connections from the whole internet", "add `master_authorized_networks_config { … }` with the networks that may connect, or switch on the private endpoint");
            }

            foreach (var cidr in cluster.Body.Blocks(Networks).SelectMany(block => block.Blocks("cidr_blocks")).Select(block => block.Get("cidr_block")).OfType<DataScalar>().Where(cidr => cidr.Text is "0.0.0.0/0" or "::/0"))
            {
                report.Add(cidr.Location, $"the API server of `{cluster.Name}` takes connections from the whole internet", "name the networks that may connect");
            }
        }
    }

    // Whatever may take the external endpoint away counts as if it did.
    private static bool IsPrivate(DataMap cluster)
        => cluster.MayHaveMore("private_cluster_config")
            || cluster.Get("control_plane_endpoints_config") is not null
            || cluster.MayHaveMore("control_plane_endpoints_config")
            || cluster.Blocks("private_cluster_config").Any(block => block.Get("enable_private_endpoint") is not (null or DataScalar { Text: "false" }));
}
