using PolicyLang.Diagnostics;
using PolicyLang.Linting.Policies;
using PolicyLang.Semantics;
using PolicyLang.Testing;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class SeparationOfDuties : PolicyRule
{
    public override RuleDescription Description { get; } = new("separation-of-duties", RuleSystem.Policy, RuleCategory.Escalation, LintLevel.Info)
    {
        What = "one machine may both run workloads and hand out rights in a cluster",
        Why = "A pipeline that deploys runs code that many people can change. If it may also write roles or bindings, whoever changes that code decides who has access.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            machine ci { tailscale = "tag:ci" }
            role deploy { can write [deployments.apps, rolebindings.rbac.authorization.k8s.io] }
            allow ci as deploy on prod in web because "CI-1"
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            machine ci { tailscale = "tag:ci" }
            machine rbac-sync { tailscale = "tag:rbac-sync" }
            role deploy { can write deployments.apps }
            role grants { can write rolebindings.rbac.authorization.k8s.io }
            allow ci as deploy on prod in web because "CI-1"
            allow rbac-sync as grants on prod in web because "CI-2"
            """),
    };

    public override void Check(LintedPolicy policy, LintReport report)
    {
        var runs = new PowerSearch(ImpliedRights.RunCode);
        var grants = new PowerSearch(ImpliedRights.CountAsEverything);
        var usesByMachine = policy.RoleUses
            .SelectMany(use => use.Allow.Subjects.Where(subject => subject.Value.Kind == SubjectKind.Machine).Select(subject => (Machine: subject.Value, Use: use)))
            .GroupBy(pair => pair.Machine, pair => pair.Use);
        foreach (var uses in usesByMachine.OrderBy(uses => uses.Key.Name, StringComparer.Ordinal))
        {
            var machine = uses.Key;
            var running = uses.FirstOrDefault(use => runs.In(use.Given) is not null);
            var granting = uses.FirstOrDefault(use => grants.In(use.Given) is not null);
            if (running is not null && granting is not null && running.Allow.Places.Any(place => granting.Allow.Places.Any(other => other.Cluster == place.Cluster)))
            {
                report.Add(
                    granting.Location,
                    $"`{machine.Name}` may hand out rights by `{granting.Role.Name}`, and run workloads by `{running.Role.Name}`",
                    "give the two to different machines",
                    null,
                    new RelatedLocation(running.Location, "workloads by this role"));
            }
        }
    }
}
