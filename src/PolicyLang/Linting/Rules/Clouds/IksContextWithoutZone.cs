using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Clouds;
using PolicyLang.Linting.Artefacts.Terraform;

namespace PolicyLang.Linting.Rules.Clouds;

internal sealed class IksContextWithoutZone : ArtefactRule
{
    public override RuleDescription Description { get; } = new("iks-context-without-zone", RuleSystem.Clouds, RuleCategory.Exposure, LintLevel.Warning)
    {
        What = "a restriction for IBM clusters has a context that names no network",
        Why = "A context for the public endpoint without a zone is the whole internet, and the rule then restricts nothing.",
        Avoid = new("main.tf", """
            resource "ibm_cbr_rule" "prod" {
              description      = "kubectl"
              enforcement_mode = "enabled"

              contexts {
                attributes {
                  name  = "endpointType"
                  value = "public"
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
            resource "ibm_cbr_rule" "prod" {
              description      = "kubectl"
              enforcement_mode = "enabled"

              contexts {
                attributes {
                  name  = "networkZoneId"
                  value = ibm_cbr_zone.office.id
                }
                attributes {
                  name  = "endpointType"
                  value = "public"
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
            new("Terraform: ibm_cbr_rule", "https://registry.terraform.io/providers/IBM-Cloud/ibm/latest/docs/resources/cbr_rule"),
        ],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var rule in ClusterRestrictions.Of(artefacts.Terraform).Where(rule => !rule.Body.MayHaveMore("contexts")))
        {
            foreach (var context in rule.Body.Blocks("contexts").Where(context => !ClusterRestrictions.IsComputed(context, "attributes")))
            {
                if (context.Blocks("attributes").FirstOrDefault(attribute => attribute.Text("name") == "endpointType" && attribute.Text("value") == "public") is { } isPublic && context.Blocks("attributes").Count() == 1)
                {
                    report.Add(isPublic.Get("value")!.Location, $"`{rule.Name}` lets the whole internet reach the public endpoint", "add the attribute `networkZoneId`");
                }
            }
        }
    }
}
