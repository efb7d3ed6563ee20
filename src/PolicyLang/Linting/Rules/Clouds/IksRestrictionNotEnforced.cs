using PolicyLang.Data;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Clouds;
using PolicyLang.Linting.Artefacts.Terraform;

namespace PolicyLang.Linting.Rules.Clouds;

internal sealed class IksRestrictionNotEnforced : ArtefactRule
{
    public override RuleDescription Description { get; } = new("iks-restriction-not-enforced", RuleSystem.Clouds, RuleCategory.Assurance, LintLevel.Warning)
    {
        What = "a restriction for IBM clusters is switched off or only reports",
        Why = "The cluster stays open to everybody whom the rule seems to keep out. The mode `report` is not there for clusters at all.",
        Avoid = new("main.tf", """
            resource "ibm_cbr_rule" "prod" {
              description      = "kubectl"
              enforcement_mode = "disabled"

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
            new("Terraform: ibm_cbr_rule", "https://registry.terraform.io/providers/IBM-Cloud/ibm/latest/docs/resources/cbr_rule"),
        ],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var rule in ClusterRestrictions.Of(artefacts.Terraform))
        {
            if (rule.Body.Get("enforcement_mode") is DataScalar { Text: "disabled" or "report" } mode)
            {
                report.Add(mode.Location, $"`{rule.Name}` keeps nobody out", "write `enabled`");
            }
        }
    }
}
