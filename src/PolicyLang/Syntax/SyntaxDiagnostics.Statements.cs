using PolicyLang.Diagnostics;

namespace PolicyLang.Syntax;

/// <summary>The diagnostics of statements: which words they take, and in which order.</summary>
public static partial class SyntaxDiagnostics
{
    // -- Statements.

    /// <summary>A first word that begins no statement.</summary>
    public static readonly DiagnosticDescriptor UnknownStatement = new("unknown-statement", DiagnosticSeverity.Error, "a statement begins with a word that begins none")
    {
        Explanation =
            "A statement begins with a word such as `allow`, `never`, `only`, `cluster`, `fleet`, `user`, `group`, `machine`, `role`, `posture`, `test`, `assume` "
            + "or `default`. This word begins none. It is misspelt, or the line goes on with a list and the comma before it was lost.",
        Example = """
            gruop sre { okta = "SRE" }
            """,
    };

    /// <summary>A word of another language.</summary>
    public static readonly DiagnosticDescriptor ForeignWord = new("foreign-word", DiagnosticSeverity.Error, "a word of another language or tool stands for one of this language")
    {
        Explanation =
            "The word begins a statement in another language or tool, but not in this one; the finding says what is written for it. There is no `deny`, because "
            + "what no rule allows is denied, and there are no imports, variables, functions, branches and loops: all `.policy` files of a project are one policy, "
            + "and every value stands where it is used.",
        Example = """
            deny contractors on prod
            """,
    };

    /// <summary>A word where another one is due.</summary>
    public static readonly DiagnosticDescriptor WrongWord = new("wrong-word", DiagnosticSeverity.Error, "a word stands where another word of the language is due")
    {
        Explanation =
            "The sentence needs one of the language's words here and found another: a word of everyday speech or of another tool (`to`, `with`, `if`), a misspelt "
            + "one, or one that stands elsewhere. The finding names the word that is meant where there is only one.",
        Example = """
            allow sre as admin to prod cluster-wide
            """,
    };

    /// <summary>A word of the language as a name.</summary>
    public static readonly DiagnosticDescriptor ReservedName = new("reserved-name", DiagnosticSeverity.Error, "a word of the language is used as a name")
    {
        Explanation =
            "The words of the language, such as `group`, `role` or `in`, cannot be names of what a policy declares, because a sentence with them could be read in "
            + "two ways. Choose another name. Where another system's vocabulary stands (keys, verbs, resources, namespaces, labels), these words are free.",
        Example = """
            group test { okta = "Testers" }
            """,
    };

    /// <summary>A word that is kept for a later version.</summary>
    public static readonly DiagnosticDescriptor ReservedForLater = new("reserved-for-later", DiagnosticSeverity.Error, "a word is kept for a later version of the language")
    {
        Explanation =
            "The words `within`, `emergency`, `formerly` and `approved`, and `from` inside of a rule, are kept for later versions of the language, so that a policy "
            + "that is written today keeps its meaning then. Choose another name, or leave the word out.",
        Example = """
            group emergency { okta = "Emergency" }
            """,
    };

    /// <summary>The kind of a thing before its name.</summary>
    public static readonly DiagnosticDescriptor KindBeforeName = new("kind-before-name", DiagnosticSeverity.Error, "the kind of a thing stands before its name in a sentence")
    {
        Explanation =
            "In a sentence a name stands alone: `allow sre …` and not `allow group sre …`. The policy knows what `sre` is, since users, groups and machines share "
            + "one name space, and so do clusters and fleets. Remove the word before the name.",
        Example = """
            allow group sre as admin on cluster prod cluster-wide
            """,
    };

    /// <summary>A name that is missing.</summary>
    public static readonly DiagnosticDescriptor MissingName = new("missing-name", DiagnosticSeverity.Error, "a name is missing")
    {
        Explanation =
            "A name is missing where the sentence needs one: behind `allow`, `on`, `via`, `from`, `named` or the word that begins a declaration. Often the name is "
            + "there and the word before it is too much.",
        Example = """
            allow sre as admin on prod cluster-wide via
            """,
    };

    /// <summary>A rule without a role.</summary>
    public static readonly DiagnosticDescriptor MissingRole = new("missing-role", DiagnosticSeverity.Error, "a rule lacks `as ROLE`")
    {
        Explanation =
            "A rule gives a role, named behind `as` and before the clusters. It never gives single rights: declare a role for them, `role NAME { can … }`, and give "
            + "that.",
        Example = """
            allow sre can exec pods on prod
            """,
    };

    /// <summary>A rule, guard or expectation without clusters.</summary>
    public static readonly DiagnosticDescriptor MissingClusters = new("missing-clusters", DiagnosticSeverity.Error, "a rule, guard or expectation lacks `on CLUSTERS`")
    {
        Explanation =
            "A rule, guard or expectation says by `on` which clusters it speaks of. They are never implied: a lost line must not mean all clusters. Write `on` and "
            + "names, `on clusters where …` or, if that is meant, `on all clusters`.",
        Example = """
            allow sre as admin cluster-wide
            """,
    };

    /// <summary>A rule without a scope.</summary>
    public static readonly DiagnosticDescriptor MissingScope = new("missing-scope", DiagnosticSeverity.Error, "a rule says neither `cluster-wide` nor `in NAMESPACES`")
    {
        Explanation =
            "A rule says how far it reaches in its clusters: `cluster-wide`, or `in` and namespaces. Scope is never implied, so that a line lost in an edit or a "
            + "merge is an error and not the whole cluster. Add one of the two behind the clusters.",
        Example = """
            allow sre as admin on prod
            """,
    };

    /// <summary>A rule with two scopes.</summary>
    public static readonly DiagnosticDescriptor TwoScopes = new("two-scopes", DiagnosticSeverity.Error, "a statement gives its scope twice")
    {
        Explanation =
            "A rule has one scope, either `cluster-wide` or `in` and namespaces. Both together could mean the wider or the narrower one, so policyc takes neither. "
            + "Keep one; for different scopes write two rules.",
        Example = """
            allow sre as admin on prod in payments cluster-wide
            """,
    };

    /// <summary>A clause before the scope.</summary>
    public static readonly DiagnosticDescriptor ClauseBeforeScope = new("clause-before-scope", DiagnosticSeverity.Error, "a clause stands before the scope")
    {
        Explanation =
            "The head of a rule, `allow … as … on …` with its scope, is complete before clauses such as `via`, `when`, `until` and `because` begin. So its reach "
            + "can be read at a glance and does not hide behind conditions. Move the scope before the clause.",
        Example = """
            allow sre as admin on prod via teleport cluster-wide
            """,
    };

    /// <summary>A clause given twice.</summary>
    public static readonly DiagnosticDescriptor RepeatedClause = new("repeated-clause", DiagnosticSeverity.Error, "a statement has the same clause twice")
    {
        Explanation =
            "Each clause stands at most once in a statement. Two of them could mean both or the later one. List several paths behind one `via` by commas and "
            + "several postures behind one `when` by `and`, or write two rules.",
        Example = """
            allow sre as admin on prod cluster-wide via teleport via tailscale
            """,
    };

    /// <summary>A clause that the statement does not take.</summary>
    public static readonly DiagnosticDescriptor ClauseNotTaken = new("clause-not-taken", DiagnosticSeverity.Error, "a clause stands in a statement that does not take it")
    {
        Explanation =
            "The clause belongs to another kind of statement. Guards hold under every condition and forever, so they take neither `when` nor `until`; expectations "
            + "take no `because`; a role says what may be done, and the rules that give it say where. Leave the clause out, or move it to the rule that it is about.",
        Example = """
            role admin {
              can read pods
              on prod
            }
            """,
    };

    /// <summary>A resource or verb that is missing.</summary>
    public static readonly DiagnosticDescriptor MissingRight = new("missing-right", DiagnosticSeverity.Error, "a verb or resource is missing behind `can`")
    {
        Explanation =
            "Behind `can` and `cannot` stand a verb and a resource, such as `can exec pods`. One of them is missing, or a guard with `only` does not say what is "
            + "guarded. Name both; `*` stands for every verb or every resource.",
        Example = """
            role admin { can exec }
            """,
    };

    /// <summary>An expectation without its first word.</summary>
    public static readonly DiagnosticDescriptor MissingExpect = new("missing-expect", DiagnosticSeverity.Error, "an expectation does not begin with `expect`")
    {
        Explanation = "Each line of a test begins with `expect`, which parts the expectations from each other. Write it in front of the sentence.",
        Example = """
            test "contractors stay out" {
              contractors cannot reach prod
            }
            """,
    };

    /// <summary>A line of a role that begins wrongly.</summary>
    public static readonly DiagnosticDescriptor UnknownRoleItem = new("unknown-role-item", DiagnosticSeverity.Error, "a role holds something that is neither `can`, `include` nor `clusterrole`")
    {
        Explanation = "A role consists of lines that begin with `can`, `include` or `clusterrole`. Rights begin with `can`, even where there is only one.",
        Example = """
            role oncall {
              can exec pods
              read pods
            }
            """,
    };

    /// <summary>Both <c>and</c> and <c>or</c> without parentheses.</summary>
    public static readonly DiagnosticDescriptor MixedAndOr = new("mixed-and-or", DiagnosticSeverity.Error, "`and` and `or` are mixed without parentheses")
    {
        Explanation =
            "`and` and `or` stand side by side without parentheses. Languages differ on which of them binds tighter, and a reader's guess would decide which "
            + "clusters a rule reaches. Say by parentheses what belongs together.",
        Example = """
            fleet live = clusters where env = "prod" or env = "staging" and region = "tokyo"
            """,
    };

    /// <summary>Conditions joined by anything but <c>and</c>.</summary>
    public static readonly DiagnosticDescriptor ConditionsNotJoined = new("conditions-not-joined", DiagnosticSeverity.Error, "conditions are joined by something else than `and`")
    {
        Explanation =
            "All postures behind one `when` must hold, so they are joined by `and` alone. For one condition or another, write a rule for each: rules add up. A "
            + "comma is refused because it could be read either way.",
        Example = """
            allow sre as admin on prod cluster-wide when managed or office
            """,
    };

    /// <summary>A sentence that breaks off.</summary>
    public static readonly DiagnosticDescriptor UnfinishedStatement = new("unfinished-statement", DiagnosticSeverity.Error, "a statement breaks off")
    {
        Explanation =
            "The statement breaks off before it is complete, for example an assumption without its reason. Finish it; where a line was lost, the word that begins "
            + "the next statement shows where.",
        Example = """
            group sre      { okta = "SRE" }
            group payments { okta = "Payments" }
            assume disjoint sre, payments
            """,
    };

    /// <summary>Something that does not belong where it stands.</summary>
    public static readonly DiagnosticDescriptor Unexpected = new("unexpected-text", DiagnosticSeverity.Error, "something stands where it does not belong")
    {
        Explanation =
            "What stands here does not go on with the sentence or block that was begun, and is no mistake that policyc knows by name. The finding says what could "
            + "stand here. The mistake itself is often just before this place.",
        Example = """
            allow sre as admin on prod cluster-wide { via = teleport }
            """,
    };
}
