using PolicyLang.Diagnostics;

namespace PolicyLang.Semantics;

/// <summary>The diagnostics of what rules and guards select, and of what they give.</summary>
public static partial class SemanticDiagnostics
{
    /// <summary>A comparison on a label that is not there.</summary>
    public static readonly DiagnosticDescriptor MissingLabel = new("missing-label", DiagnosticSeverity.Error, "a selector compares a label that a cluster or namespace does not have")
    {
        Explanation =
            "A selector compares a label that a cluster does not have, or would by a negation select a namespace without it. The comparison then has no answer: "
            + "taking it for false would silently leave the cluster out, taking it for true would silently give rights. Add the label, or ask first: `has tier and "
            + "tier = \"silver\"`.",
        Example = """
            cluster prod { labels { env = "prod"  tier = "gold" } }
            cluster lab  { labels { env = "lab" } }
            fleet golden = clusters where tier = "gold"
            """,
    };

    /// <summary>A selector over namespaces where none are declared.</summary>
    public static readonly DiagnosticDescriptor NoNamespacesDeclared = new("no-namespaces-declared", DiagnosticSeverity.Error, "a selector over namespaces needs `namespaces from`")
    {
        Explanation =
            "A selector over namespaces chooses among the namespaces of an inventory, since RBAC has no patterns and the outputs hold the names. This policy has no "
            + "inventory. Add `namespaces from \"…\"`, or name the namespaces.",
        Example = """
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre    { members = [alice@acme.com] }
            role admin = clusterrole "admin"
            allow sre as admin on prod in namespaces where team = "payments"
            """,
    };

    /// <summary>A text that cannot be a namespace.</summary>
    public static readonly DiagnosticDescriptor InvalidNamespace = new("invalid-namespace", DiagnosticSeverity.Error, "a namespace is not a DNS label")
    {
        Explanation =
            "A Kubernetes namespace is a DNS label: at most 63 small letters, digits and hyphens, with a letter or digit at both ends. No namespace can have this "
            + "name, so the rule would give nothing there. There are no patterns either; name the namespaces, or select them by label.",
        Example = """
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre    { members = [alice@acme.com] }
            role admin = clusterrole "admin"
            allow sre as admin on prod in team-*
            """,
    };

    /// <summary>A namespace that the inventory does not know.</summary>
    public static readonly DiagnosticDescriptor UnknownNamespace = new("unknown-namespace", DiagnosticSeverity.Error, "a rule names a namespace that the inventory does not declare on a cluster of the rule")
    {
        Explanation =
            "The policy declares the namespaces of this cluster by an inventory, and the one that the rule names is not among them. It may be misspelt, or exist "
            + "only on other clusters of the rule. Correct it, declare it in the inventory, or take the cluster out of the rule.",
    };

    /// <summary>A rule on a retired cluster.</summary>
    public static readonly DiagnosticDescriptor RetiredCluster = new("retired-cluster", DiagnosticSeverity.Error, "a rule names a cluster that is retired")
    {
        Explanation =
            "A `retired` cluster is on its way out: its outputs are emptied, so that whoever applies them takes all access away. A rule that names it would "
            + "contradict that. Take the cluster out of the rule, or `retired` out of the cluster; selectors leave retired clusters out by themselves.",
        Example = """
            cluster attic { tailscale { tag = "tag:k8s-attic" }  retired }
            group sre     { members = [alice@acme.com] }
            role admin = clusterrole "cluster-admin"
            allow sre as admin on attic cluster-wide
            """,
    };

    /// <summary>A path that a cluster does not declare.</summary>
    public static readonly DiagnosticDescriptor PathNotDeclared = new("path-not-declared", DiagnosticSeverity.Error, "a rule goes via a path that a cluster of the rule does not declare")
    {
        Explanation =
            "The rule goes via a path that one of its clusters does not declare, so nobody could use the rule there. It is an error because the rule says "
            + "otherwise: leaving the cluster out by itself would be a promise that nobody keeps. Give the cluster a block of the path, select `clusters where with "
            + "PATH`, or name other paths.",
        Example = """
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre    { members = [alice@acme.com]  github = "acme/sre" }
            role admin = clusterrole "cluster-admin"
            allow sre as admin on prod cluster-wide via teleport
            """,
    };

    /// <summary>A rule that must say its path.</summary>
    public static readonly DiagnosticDescriptor PathNeeded = new("path-needed", DiagnosticSeverity.Error, "a rule does not say its path and neither does the policy")
    {
        Explanation =
            "A rule without `via` takes the paths of `default via` that the cluster declares, or else the only path of the cluster. Here that leaves nothing, or "
            + "several to choose from, and policyc does not open a way that nobody asked for. Add `via …` to the rule, a `default via` line to the policy, or a path "
            + "to the cluster.",
        Example = """
            cluster prod {
              tailscale { tag = "tag:k8s-prod" }
              teleport  { label = "policyc-cluster=prod" }
            }
            group sre { members = [alice@acme.com]  github = "acme/sre" }
            role admin = clusterrole "cluster-admin"
            allow sre as admin on prod cluster-wide
            """,
    };

    /// <summary>A subject that a path cannot tell apart.</summary>
    public static readonly DiagnosticDescriptor NoIdentityForPath = new("no-identity-for-path", DiagnosticSeverity.Error, "a subject lacks the identity that a path of the rule needs")
    {
        Explanation =
            "Every path knows people by names of one identity provider, and the subject has no such name; nor have its members. Without it the other system could "
            + "not tell who is meant. Add the identity to the subject, such as `github = \"acme/sre\"`, or name other paths with `via`. Where an API server "
            + "authenticates people by itself, they also need its `users_prefix`.",
        Example = """
            cluster prod      { tailscale { tag = "tag:k8s-prod" } }
            group contractors { okta = "Contractors" }
            role view = clusterrole "view"
            allow contractors as view on prod cluster-wide
            """,
    };

    /// <summary>A kind of subject that a path cannot serve.</summary>
    public static readonly DiagnosticDescriptor SubjectCannotUsePath = new("subject-cannot-use-path", DiagnosticSeverity.Error, "a path cannot tell this kind of subject apart")
    {
        Explanation =
            "The path's system cannot tell this kind of subject apart, whatever name it has: Teleport's GitHub connector knows teams and bots but no single people, "
            + "and Cloudflare knows people and groups but no machines. Name a group that the path knows, or other paths with `via`.",
        Example = """
            cluster prod { teleport { label = "policyc-cluster=prod" } }
            user carol   { email = "carol@acme.com"  github = "carol-c" }
            role view = clusterrole "view"
            allow carol as view on prod cluster-wide
            """,
    };

    /// <summary>A condition that a path cannot check.</summary>
    public static readonly DiagnosticDescriptor ConditionNotEnforceable = new("condition-not-enforceable", DiagnosticSeverity.Error, "a rule has a condition that one of its paths does not check")
    {
        Explanation =
            "The rule has a condition, and the posture does not say what one of the rule's paths checks for it. By that path the condition would always hold and "
            + "the rule would give more than it says. Add the path to the posture, or name only paths that check it.",
        Example = """
            default via tailscale, teleport
            cluster prod {
              tailscale { tag = "tag:k8s-prod" }
              teleport  { label = "policyc-cluster=prod" }
            }
            group sre       { members = [alice@acme.com]  github = "acme/sre" }
            posture managed { tailscale = "node:os == 'macos'" }
            role admin = clusterrole "cluster-admin"
            allow sre as admin on prod cluster-wide when managed
            """,
    };

    /// <summary>A cluster whose API server's authentication is not declared.</summary>
    public static readonly DiagnosticDescriptor AuthenticationNeeded = new("authentication-needed", DiagnosticSeverity.Error, "a path carries only reach, and the cluster does not say how its API server authenticates")
    {
        Explanation =
            "A path such as Cloudflare carries only reach: it opens the connection and does not tell the API server who is calling. The API server authenticates "
            + "people by itself, and policyc must know how, or it could not bind a role to the names that arrive there. Add an `authentication` block with the "
            + "provider and the prefixes of the API server's flags.",
        Example = """
            cluster prod   { cloudflare { addresses = ["198.51.100.1"] } }
            group payments { okta = "Payments"  cloudflare = "Payments" }
            role view = clusterrole "view"
            allow payments as view on prod cluster-wide
            """,
    };

    /// <summary>A ClusterRole name that cannot exist.</summary>
    public static readonly DiagnosticDescriptor InvalidClusterRole = new("invalid-clusterrole", DiagnosticSeverity.Error, "a ClusterRole name cannot exist or is reserved for generated ones")
    {
        Explanation =
            "A role refers to an existing ClusterRole by its name, and no ClusterRole can have this one: it holds `/` or `%` or is too long. Names that begin with "
            + "`policyc:` are those of generated ClusterRoles, which a policy uses by including the role itself.",
        Example = """
            role support = clusterrole "team/support"
            """,
    };

    /// <summary>A role without content.</summary>
    public static readonly DiagnosticDescriptor EmptyRole = new("empty-role", DiagnosticSeverity.Error, "a role has no content")
    {
        Explanation =
            "The role holds nothing, so rules that give it would give nothing although they look as if they did. Give it rights, other roles, or an existing "
            + "ClusterRole; or remove it with the rules that use it.",
        Example = """
            role oncall {
              # can exec pods
            }
            """,
    };

    /// <summary>A role that has no effect in a namespace.</summary>
    public static readonly DiagnosticDescriptor RoleWithoutEffect = new("role-without-effect", DiagnosticSeverity.Error, "a role is given in namespaces but holds only rights on resources outside namespaces")
    {
        Explanation =
            "The rule gives a role in namespaces, and the role holds only rights on things that stand in no namespace, such as nodes or URLs. RBAC ignores such "
            + "rights in a namespace, so nobody would get anything. Give the role `cluster-wide`, or another role.",
        Example = """
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre    { members = [alice@acme.com] }
            role nodes   { can read nodes }
            allow sre as nodes on prod in payments
            """,
    };

    /// <summary>Part of a role has no effect in a namespace.</summary>
    public static readonly DiagnosticDescriptor RolePartlyWithoutEffect = new("role-partly-without-effect", DiagnosticSeverity.Warning, "a role is given in namespaces and some of its rights are on resources outside namespaces")
    {
        Explanation =
            "The rule gives a role in namespaces, and some of its rights are on things that stand in no namespace, such as nodes or URLs. Those rights have no "
            + "effect there; the others do. If they are needed, give them by a role of their own `cluster-wide`; if not, take them out of the role so that it says "
            + "what it does.",
        Example = """
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre    { members = [alice@acme.com] }
            role support { can read [pods, nodes] }
            allow sre as support on prod in payments
            """,
    };

    /// <summary>A text that is no date.</summary>
    public static readonly DiagnosticDescriptor InvalidDate = new("invalid-date", DiagnosticSeverity.Error, "`until` takes a day written as year-month-day")
    {
        Explanation =
            "`until` takes the last day of a rule as year-month-day, such as `2026-12-31`. Other spellings mean different days in different countries, and a day "
            + "that no calendar has means none. The rule holds through that day, UTC.",
        Example = """
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre    { members = [alice@acme.com] }
            role admin = clusterrole "cluster-admin"
            allow sre as admin on prod cluster-wide until 31-12-2026
            """,
    };

    /// <summary>A rule whose last day has passed.</summary>
    public static readonly DiagnosticDescriptor ExpiredRule = new("expired-rule", DiagnosticSeverity.Warning, "a rule's last day has passed: it gives no rights any more")
    {
        Explanation =
            "The last day of the rule is over, so it gives no rights any more. No output changes by itself: access that ended is taken away by the next build and "
            + "by applying it. Remove the rule, or give it a later day.",
        Example = """
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group sre    { members = [alice@acme.com] }
            role admin = clusterrole "cluster-admin"
            allow sre as admin on prod cluster-wide until 2026-03-31
            """,
    };

    /// <summary>A rule that gives no right.</summary>
    public static readonly DiagnosticDescriptor RuleGivesNothing = new("rule-gives-nothing", DiagnosticSeverity.Warning, "a rule selects no cluster or no namespace: it gives no rights")
    {
        Explanation =
            "The rule's selector matches no cluster, or no namespace on any of its clusters, so it gives nobody anything. That can be meant, when a selector waits "
            + "for clusters to come; more often a label is misspelt or a cluster was retired. Correct the selector, or remove the rule.",
        Example = """
            cluster prod {
              labels    { env = "prod" }
              tailscale { tag = "tag:k8s-prod" }
            }
            group sre { members = [alice@acme.com] }
            role admin = clusterrole "cluster-admin"
            allow sre as admin on clusters where env = "production" cluster-wide
            """,
    };

    /// <summary>A group without members.</summary>
    public static readonly DiagnosticDescriptor EmptyGroup = new("empty-group", DiagnosticSeverity.Warning, "a rule names a group that lists no member: nobody gets in by it")
    {
        Explanation =
            "A rule names a group whose list of members is empty, and nobody gets in by it. It is a warning and no error, so that taking the last member out of a "
            + "group never fails a build. Remove the rules when they are no longer needed.",
        Example = """
            cluster prod { tailscale { tag = "tag:k8s-prod" } }
            group oncall { members = [] }
            role admin = clusterrole "cluster-admin"
            allow oncall as admin on prod cluster-wide
            """,
    };

    /// <summary>A guard or expectation about nothing.</summary>
    public static readonly DiagnosticDescriptor EmptySelection = new("empty-selection", DiagnosticSeverity.Error, "a guard or expectation selects no cluster or namespace, so it would hold without saying anything")
    {
        Explanation =
            "A guard or expectation selects no cluster or no namespace. It would hold whatever the rules say, and look like a protection that is not there. Correct "
            + "the selector, often a misspelt value of a label, or remove the statement.",
        Example = """
            cluster prod      { labels { env = "prod" }  tailscale { tag = "tag:k8s-prod" } }
            group contractors { members = [eve@acme.com] }
            never contractors on clusters where env = "production"
            """,
    };

    /// <summary>A subject named twice.</summary>
    public static readonly DiagnosticDescriptor RepeatedName = new("repeated-name", DiagnosticSeverity.Error, "a list names the same thing twice")
    {
        Explanation =
            "A list names the same thing twice, or a subject gives one identity twice. It does no harm by itself, but often another name was meant. Remove one of "
            + "the two, or correct it.",
        Example = """
            group sre { members = [alice@acme.com, bob@acme.com, Alice@acme.com] }
            """,
    };

    /// <summary>An assumption about fewer than two subjects.</summary>
    public static readonly DiagnosticDescriptor NothingToCompare = new("nothing-to-compare", DiagnosticSeverity.Error, "`assume disjoint` needs two subjects at least")
    {
        Explanation = "`assume disjoint` says that nobody is in two of the subjects that it names, so it needs two at least. Name the subjects that share no member.",
        Example = """
            group contractors { okta = "Contractors" }
            assume disjoint contractors because "HR-7"
            """,
    };
}
