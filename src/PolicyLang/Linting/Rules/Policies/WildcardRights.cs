using PolicyLang.Linting.Policies;
using PolicyLang.Syntax;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class WildcardRights : PolicyRule
{
    public override RuleDescription Description { get; } = new("wildcard-rights", RuleSystem.Policy, RuleCategory.Escalation, LintLevel.Warning)
    {
        What = "a role holds all verbs or all resources",
        Why = "`*` grows with every Kubernetes version and every CustomResourceDefinition, and among the verbs are impersonate, bind and escalate. Nobody can review what a wildcard will mean next year.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group dev { members = [alice@acme.com] }
            role tuner { can * configmaps }
            allow dev as tuner on prod in web
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group dev { members = [alice@acme.com] }
            role tuner { can [read, write, delete] configmaps }
            allow dev as tuner on prod in web
            """),
        References = [new("Kubernetes: RBAC good practices", "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege")],
    };

    public override void Check(LintedPolicy policy, LintReport report)
    {
        foreach (var phrase in policy.Statements<RoleSyntax>().SelectMany(role => role.Items).OfType<CanSyntax>())
        {
            var word = phrase.Rights.Verbs.FirstOrDefault(verb => verb.Text == "*") ?? phrase.Rights.Resources.FirstOrDefault(resource => !resource.IsQuoted && resource.Text.Split('/')[0] == "*");
            if (word is not null)
            {
                report.Add(phrase.Location, $"`{word.Text}` stands for whatever Kubernetes and its extensions come to have", "name what is needed: `read`, `write` and `delete` are the usual verbs");
            }
        }
    }
}
