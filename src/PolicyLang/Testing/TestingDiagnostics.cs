using PolicyLang.Diagnostics;

namespace PolicyLang.Testing;

/// <summary>The diagnostics of guards and tests.</summary>
public static class TestingDiagnostics
{
    /// <summary>A guard that the policy breaks.</summary>
    public static readonly DiagnosticDescriptor GuardBroken = new("guard-broken", DiagnosticSeverity.Error, "a rule gives somebody a right that a guard denies them")
    {
        Explanation =
            "A guard (`never` or `only`) says that somebody must not have a right, and a rule gives it to them. Nothing is written until the two agree. The finding "
            + "names who, the right, the path and the rule: change the rule, or except the subject in the guard if the access is meant. Rights that give others, such "
            + "as impersonating or writing role bindings, count as every right in their scope.",
        Example = """
            cluster prod   { tailscale { tag = "tag:k8s-prod" } }
            group sre      { members = [alice@acme.com] }
            group payments { members = [dave@acme.com] }
            role oncall    { can exec pods }
            allow payments as oncall on prod in payments
            only sre can exec pods on prod
            """,
    };

    /// <summary>A guard that hinges on who is in two groups.</summary>
    public static readonly DiagnosticDescriptor GuardUnproved = new("guard-unproved", DiagnosticSeverity.Error, "whether a guard holds hinges on whether two subjects share a member, which nothing says")
    {
        Explanation =
            "The guard holds only if nobody is in both of two subjects, and nothing says so: another system decides who is in a group that is known only by its "
            + "name there. A guard that may be broken is treated as broken, and nothing is written. If nobody is in both, say it by `assume disjoint`, which then "
            + "stands in the list of assumptions; otherwise change the rule.",
        Example = """
            cluster prod      { teleport { label = "policyc-cluster=prod" } }
            group payments    { github = "acme/payments" }
            group contractors { github = "acme/contractors" }
            role view = clusterrole "view"
            allow payments as view on prod cluster-wide
            never contractors on prod
            """,
    };

    /// <summary>A statement that no rule could decide.</summary>
    public static readonly DiagnosticDescriptor NothingToDecide = new("nothing-to-decide", DiagnosticSeverity.Error, "a guard or expectation would hold, or fail, whatever the rules say")
    {
        Explanation =
            "The guard or expectation speaks of a path that none of its clusters declares, or asks in a namespace for rights on things that are in none. No rule "
            + "could ever decide it, so it would only look like a check. Name a path that the clusters have, or leave `in …` away to speak of the whole cluster.",
        Example = """
            cluster prod      { tailscale { tag = "tag:k8s-prod" } }
            group contractors { members = [eve@acme.com] }
            never contractors can delete nodes on prod in payments
            """,
    };

    /// <summary>An expectation that is not fulfilled. <c>policyc test</c> reports it, a build does not.</summary>
    public static readonly DiagnosticDescriptor ExpectationFailed = new("expectation-failed", DiagnosticSeverity.Error, "a test expects something else than what the rules give")
    {
        Explanation =
            "A test expects something else than what the rules give. `can` must hold for all that is named, without any condition that the expectation does not "
            + "say, and `cannot` for none of it; what lies between fulfils neither. Correct the rules, or the expectation if the change was meant. Only `policyc "
            + "test` runs tests; a build does not.",
        Example = """
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre    { members = [alice@acme.com] }
            role view = clusterrole "view"
            allow sre as view on prod in payments
            test "on-call may look into pods" {
              expect sre can exec pods on prod in payments
            }
            """,
    };
}
