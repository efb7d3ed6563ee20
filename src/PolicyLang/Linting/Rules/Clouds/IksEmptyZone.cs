using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Clouds;
using PolicyLang.Linting.Artefacts.Terraform;

namespace PolicyLang.Linting.Rules.Clouds;

internal sealed class IksEmptyZone : ArtefactRule
{
    public override RuleDescription Description { get; } = new("iks-empty-zone", RuleSystem.Clouds, RuleCategory.Exposure, LintLevel.Warning)
    {
        What = "a restriction for IBM clusters names a zone without addresses",
        Why = "A rule for the private endpoint whose only zone is empty allows every address.",
        Avoid = new("main.tf", """
            resource "ibm_cbr_zone" "office" {
              name       = "office"
              account_id = var.account
            }

            resource "ibm_cbr_rule" "prod" {
              description      = "kubectl"
              enforcement_mode = "enabled"

              contexts {
                attributes {
                  name  = "networkZoneId"
                  value = ibm_cbr_zone.office.id
                }
              }

              resources {
                attributes {
                  name  = "serviceName"
                  value = "containers-kubernetes"
                }
              }
            }
            """),
        Prefer = new("main.tf", """
            resource "ibm_cbr_zone" "office" {
              name       = "office"
              account_id = var.account

              addresses {
                type  = "subnet"
                value = "203.0.113.0/24"
              }
            }

            resource "ibm_cbr_rule" "prod" {
              description      = "kubectl"
              enforcement_mode = "enabled"

              contexts {
                attributes {
                  name  = "networkZoneId"
                  value = ibm_cbr_zone.office.id
                }
              }

              resources {
                attributes {
                  name  = "serviceName"
                  value = "containers-kubernetes"
                }
              }
            }
            """),
        References =
        [
            new("IBM Cloud: context-based restrictions", "https://cloud.ibm.com/apidocs/context-based-restrictions"),
            new("Terraform: ibm_cbr_zone", "https://registry.terraform.io/providers/IBM-Cloud/ibm/latest/docs/resources/cbr_zone"),
        ],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        if (!artefacts.Terraform.Of("ibm_cbr_zone_addresses").IsEmpty)
        {
            return;
        }

        var used = ClusterRestrictions.Of(artefacts.Terraform)
            .SelectMany(rule => rule.Body.Blocks("contexts").Select(context => ClusterRestrictions.ValueOf(context, "attributes", "networkZoneId")).OfType<string>().Select(zone => (rule.Module, zone)))
            .ToHashSet();
        foreach (var zone in artefacts.Terraform.Of("ibm_cbr_zone").Where(zone => used.Contains((zone.Module, zone.Address + ".id")) && zone.Body.Find("addresses") is null && !zone.Body.MayHaveMore("addresses")))
        {
            report.Add(zone.NameLocation, $"zone `{zone.Name}` is empty, and a rule for the private endpoint then allows every address", "give it addresses; to allow none, `1.1.1.1/32`");
        }
    }
}
