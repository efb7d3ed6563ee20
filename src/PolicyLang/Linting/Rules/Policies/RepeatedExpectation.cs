using PolicyLang.Diagnostics;
using PolicyLang.Linting.Policies;
using PolicyLang.Syntax;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class RepeatedExpectation : PolicyRule
{
    public override RuleDescription Description { get; } = new("repeated-expectation", RuleSystem.Policy, RuleCategory.Upkeep, LintLevel.Warning)
    {
        What = "an expectation stands twice",
        Why = "The second one tests nothing. Often it is a copy in which something should have been changed.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role view = clusterrole "view"
            allow sre as view on prod cluster-wide
            test "sre" { expect sre can read pods on prod }
            test "on call" { expect sre can read pods on prod }
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre { members = [alice@acme.com] }
            role view = clusterrole "view"
            allow sre as view on prod cluster-wide
            test "sre" { expect sre can read pods on prod }
            test "on call" { expect sre cannot exec pods on prod }
            """),
    };

    public override void Check(LintedPolicy policy, LintReport report)
    {
        var first = new Dictionary<string, ExpectSyntax>(StringComparer.Ordinal);
        foreach (var expectation in policy.Statements<TestSyntax>().SelectMany(test => test.Expectations))
        {
            // Words are compared: what is broken into other lines is the same.
            var key = string.Join(' ', expectation.Location.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (!first.TryAdd(key, expectation))
            {
                report.Add(
                    expectation.Location,
                    "this is expected twice",
                    "remove one of them, or change what was meant to be different",
                    null,
                    new RelatedLocation(first[key].Location, "first expected here"));
            }
        }
    }
}
