using PolicyLang.Diagnostics;

namespace PolicyLang.Semantics;

/// <summary>The diagnostics of names, declarations and rules.</summary>
public static class SemanticDiagnostics
{
    /// <summary>A name that nothing declares.</summary>
    public static readonly DiagnosticDescriptor UnknownName = Error("unknown-name", "a name is used that nothing declares");

    /// <summary>A name that is declared as something else.</summary>
    public static readonly DiagnosticDescriptor WrongKind = Error("wrong-kind", "a name is declared, but as something that cannot stand here");

    /// <summary>A name declared twice.</summary>
    public static readonly DiagnosticDescriptor DuplicateName = Error("duplicate-name", "a name is declared twice; subjects share one name space, clusters and fleets another");

    /// <summary>A statement that may stand only once.</summary>
    public static readonly DiagnosticDescriptor RepeatedStatement = Error("repeated-statement", "a statement that may stand only once in a policy stands twice");

    /// <summary>A declared name that is not spelled as names are.</summary>
    public static readonly DiagnosticDescriptor InvalidName = Error("invalid-name", "a declared name is not made of lower-case letters, digits and single hyphens, or is too long");

    /// <summary>A declaration that depends on itself.</summary>
    public static readonly DiagnosticDescriptor CyclicDeclaration = Error("cyclic-declaration", "a group, fleet or role contains itself");

    /// <summary>Two subjects with one identity.</summary>
    public static readonly DiagnosticDescriptor DuplicateIdentity = Error("duplicate-identity", "two subjects have the same identity, so rights of one would be rights of the other");

    /// <summary>A text that is no e-mail.</summary>
    public static readonly DiagnosticDescriptor InvalidEmail = Error("invalid-email", "a text that must be an e-mail is none");

    /// <summary>A Kubernetes group name that must not be used.</summary>
    public static readonly DiagnosticDescriptor ReservedKubernetesName = Error("reserved-kubernetes-name", "a Kubernetes name starts with a prefix that other software gives a meaning to");

    /// <summary>A value that two clusters share.</summary>
    public static readonly DiagnosticDescriptor SharedClusterValue = Error("shared-cluster-value", "two clusters have the same tag, label value or address, so rights on one would be rights on the other");

    /// <summary>A placeholder that a cluster cannot fill.</summary>
    public static readonly DiagnosticDescriptor UnknownPlaceholder = Error("unknown-placeholder", "a `{placeholder}` in `cluster *` names nothing that a cluster has");

    /// <summary>A field of an inventory row that looks like a misspelt setting.</summary>
    public static readonly DiagnosticDescriptor MisspeltField = Error("misspelt-field", "a field of an inventory row is used by no placeholder and looks like a misspelt setting");

    /// <summary>A Kubernetes version that is not understood.</summary>
    public static readonly DiagnosticDescriptor UnknownKubernetesVersion = Error("unknown-kubernetes-version", "a Kubernetes version is outside the range that policyc knows");

    /// <summary>A prefix of an authenticator that would let it assert reserved names.</summary>
    public static readonly DiagnosticDescriptor UnsafePrefix = Error("unsafe-prefix", "a prefix of an authenticator would let a provider's names collide with names that have rights");

    /// <summary>A comparison on a label that is not there.</summary>
    public static readonly DiagnosticDescriptor MissingLabel = Error("missing-label", "a selector compares a label that a cluster or namespace does not have");

    /// <summary>A selector over namespaces where none are declared.</summary>
    public static readonly DiagnosticDescriptor NoNamespacesDeclared = Error("no-namespaces-declared", "a selector over namespaces needs `namespaces from`");

    /// <summary>A text that cannot be a namespace.</summary>
    public static readonly DiagnosticDescriptor InvalidNamespace = Error("invalid-namespace", "a namespace is not a DNS label");

    /// <summary>A namespace that the inventory does not know.</summary>
    public static readonly DiagnosticDescriptor UnknownNamespace = Error("unknown-namespace", "a rule names a namespace that the inventory does not declare on a cluster of the rule");

    /// <summary>A rule on a retired cluster.</summary>
    public static readonly DiagnosticDescriptor RetiredCluster = Error("retired-cluster", "a rule names a cluster that is retired");

    /// <summary>A path that a cluster does not declare.</summary>
    public static readonly DiagnosticDescriptor PathNotDeclared = Error("path-not-declared", "a rule goes via a path that a cluster of the rule does not declare");

    /// <summary>A rule that must say its path.</summary>
    public static readonly DiagnosticDescriptor PathNeeded = Error("path-needed", "a rule does not say its path and neither does the policy");

    /// <summary>A subject that a path cannot tell apart.</summary>
    public static readonly DiagnosticDescriptor NoIdentityForPath = Error("no-identity-for-path", "a subject lacks the identity that a path of the rule needs");

    /// <summary>A kind of subject that a path cannot serve.</summary>
    public static readonly DiagnosticDescriptor SubjectCannotUsePath = Error("subject-cannot-use-path", "a path cannot tell this kind of subject apart");

    /// <summary>A condition that a path cannot check.</summary>
    public static readonly DiagnosticDescriptor ConditionNotEnforceable = Error("condition-not-enforceable", "a rule has a condition that one of its paths does not check");

    /// <summary>A cluster whose API server's authentication is not declared.</summary>
    public static readonly DiagnosticDescriptor AuthenticationNeeded = Error("authentication-needed", "a path carries only reach, and the cluster does not say how its API server authenticates");

    /// <summary>A ClusterRole name that cannot exist.</summary>
    public static readonly DiagnosticDescriptor InvalidClusterRole = Error("invalid-clusterrole", "a ClusterRole name cannot exist or is reserved for generated ones");

    /// <summary>A role without content.</summary>
    public static readonly DiagnosticDescriptor EmptyRole = Error("empty-role", "a role has no content");

    /// <summary>A role that has no effect in a namespace.</summary>
    public static readonly DiagnosticDescriptor RoleWithoutEffect = Error("role-without-effect", "a role is given in namespaces but holds only rights on resources outside namespaces");

    /// <summary>Part of a role has no effect in a namespace.</summary>
    public static readonly DiagnosticDescriptor RolePartlyWithoutEffect = Warning("role-partly-without-effect", "a role is given in namespaces and some of its rights are on resources outside namespaces");

    /// <summary>A text that is no date.</summary>
    public static readonly DiagnosticDescriptor InvalidDate = Error("invalid-date", "`until` takes a day written as year-month-day");

    /// <summary>A rule whose last day has passed.</summary>
    public static readonly DiagnosticDescriptor ExpiredRule = Warning("expired-rule", "a rule's last day has passed: it gives no rights any more");

    /// <summary>A rule that gives no right.</summary>
    public static readonly DiagnosticDescriptor RuleGivesNothing = Warning("rule-gives-nothing", "a rule selects no cluster or no namespace: it gives no rights");

    /// <summary>A group without members.</summary>
    public static readonly DiagnosticDescriptor EmptyGroup = Warning("empty-group", "a rule names a group that lists no member: nobody gets in by it");

    /// <summary>A guard or expectation about nothing.</summary>
    public static readonly DiagnosticDescriptor EmptySelection = Error("empty-selection", "a guard or expectation selects no cluster or namespace, so it would hold without saying anything");

    /// <summary>A subject named twice.</summary>
    public static readonly DiagnosticDescriptor RepeatedName = Error("repeated-name", "a list names the same thing twice");

    /// <summary>An assumption about fewer than two subjects.</summary>
    public static readonly DiagnosticDescriptor NothingToCompare = Error("nothing-to-compare", "`assume disjoint` needs two subjects at least");

    private static DiagnosticDescriptor Error(string code, string title) => new(code, DiagnosticSeverity.Error, title);

    private static DiagnosticDescriptor Warning(string code, string title) => new(code, DiagnosticSeverity.Warning, title);
}
