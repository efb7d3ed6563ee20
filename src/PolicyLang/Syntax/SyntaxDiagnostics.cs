using PolicyLang.Diagnostics;

namespace PolicyLang.Syntax;

/// <summary>The diagnostics of a policy file's syntax, one for every kind of mistake.</summary>
public static class SyntaxDiagnostics
{
    // -- Characters.

    /// <summary>Letters that look alike mixed in one word.</summary>
    public static readonly DiagnosticDescriptor MixedScripts = Error("mixed-scripts", "a word mixes letters of scripts that look alike, so that it reads as another word");

    /// <summary>A letter that words do not take.</summary>
    public static readonly DiagnosticDescriptor ForeignLetter = Error("foreign-letter", "a word outside quotes holds a letter from beyond ASCII");

    /// <summary>A sign that the language does not have.</summary>
    public static readonly DiagnosticDescriptor UnknownSign = Error("unknown-sign", "a sign stands here that the language does not have");

    // -- Strings and quotes.

    /// <summary>A string without its closing quote.</summary>
    public static readonly DiagnosticDescriptor UnclosedString = Error("unclosed-string", "a string has no closing quote on its line");

    /// <summary>An escape that strings do not have.</summary>
    public static readonly DiagnosticDescriptor UnknownEscape = Error("unknown-escape", "a string holds an escape that the language does not have");

    /// <summary>Quotes other than double ones.</summary>
    public static readonly DiagnosticDescriptor WrongQuotes = Error("wrong-quotes", "a text stands in quotes other than double ones");

    /// <summary>A text that needs quotes.</summary>
    public static readonly DiagnosticDescriptor QuotesNeeded = Error("quotes-needed", "a text stands without quotes where it needs them");

    /// <summary>A name in quotes.</summary>
    public static readonly DiagnosticDescriptor QuotedName = Error("quoted-name", "a name, verb or date stands in quotes");

    // -- Signs.

    /// <summary>A comment of another language.</summary>
    public static readonly DiagnosticDescriptor WrongComment = Error("wrong-comment", "a comment begins with another sign than `#`");

    /// <summary>An operator of another language.</summary>
    public static readonly DiagnosticDescriptor WrongOperator = Error("wrong-operator", "an operator of another language stands for a word of this one");

    /// <summary>A colon where <c>=</c> belongs.</summary>
    public static readonly DiagnosticDescriptor ColonForEquals = Error("colon-for-equals", "a setting is written with `:` for `=`");

    /// <summary>An <c>=</c> before braces.</summary>
    public static readonly DiagnosticDescriptor EqualsBeforeBlock = Error("equals-before-block", "an `=` stands before a block");

    /// <summary>No <c>=</c> between a key and its value.</summary>
    public static readonly DiagnosticDescriptor MissingEquals = Error("missing-equals", "an `=` is missing");

    /// <summary>A semicolon.</summary>
    public static readonly DiagnosticDescriptor Semicolon = Error("semicolon", "a `;` stands in a policy");

    /// <summary>A comma too many.</summary>
    public static readonly DiagnosticDescriptor StrayComma = Error("stray-comma", "a comma stands where nothing follows it");

    /// <summary>A comma too few.</summary>
    public static readonly DiagnosticDescriptor MissingComma = Error("missing-comma", "a comma is missing between two items of a list");

    /// <summary>Several items where brackets are due.</summary>
    public static readonly DiagnosticDescriptor BracketsNeeded = Error("brackets-needed", "several verbs, resources or values stand without brackets");

    /// <summary>Brackets around a list of names.</summary>
    public static readonly DiagnosticDescriptor NeedlessBrackets = Error("needless-brackets", "a list of names stands in brackets");

    /// <summary>A bracket or parenthesis without its partner.</summary>
    public static readonly DiagnosticDescriptor UnclosedBracket = Error("unclosed-bracket", "a bracket or parenthesis is not closed");

    /// <summary>A closing sign that closes nothing.</summary>
    public static readonly DiagnosticDescriptor NothingToClose = Error("nothing-to-close", "a brace, bracket or parenthesis closes nothing");

    /// <summary>A block without its closing brace.</summary>
    public static readonly DiagnosticDescriptor UnclosedBlock = Error("unclosed-block", "a block is not closed");

    /// <summary>A declaration without its block.</summary>
    public static readonly DiagnosticDescriptor MissingBlock = Error("missing-block", "a declaration lacks its block");

    /// <summary>A value that is missing or is no value.</summary>
    public static readonly DiagnosticDescriptor MissingValue = Error("missing-value", "a setting or comparison lacks its value");

    // -- Statements.

    /// <summary>A first word that begins no statement.</summary>
    public static readonly DiagnosticDescriptor UnknownStatement = Error("unknown-statement", "a statement begins with a word that begins none");

    /// <summary>A word of another language.</summary>
    public static readonly DiagnosticDescriptor ForeignWord = Error("foreign-word", "a word of another language or tool stands for one of this language");

    /// <summary>A word where another one is due.</summary>
    public static readonly DiagnosticDescriptor WrongWord = Error("wrong-word", "a word stands where another word of the language is due");

    /// <summary>A word of the language as a name.</summary>
    public static readonly DiagnosticDescriptor ReservedName = Error("reserved-name", "a word of the language is used as a name");

    /// <summary>A word that is kept for a later version.</summary>
    public static readonly DiagnosticDescriptor ReservedForLater = Error("reserved-for-later", "a word is kept for a later version of the language");

    /// <summary>The kind of a thing before its name.</summary>
    public static readonly DiagnosticDescriptor KindBeforeName = Error("kind-before-name", "the kind of a thing stands before its name in a sentence");

    /// <summary>A name that is missing.</summary>
    public static readonly DiagnosticDescriptor MissingName = Error("missing-name", "a name is missing");

    /// <summary>A rule without a role.</summary>
    public static readonly DiagnosticDescriptor MissingRole = Error("missing-role", "a rule lacks `as ROLE`");

    /// <summary>A rule, guard or expectation without clusters.</summary>
    public static readonly DiagnosticDescriptor MissingClusters = Error("missing-clusters", "a rule, guard or expectation lacks `on CLUSTERS`");

    /// <summary>A rule without a scope.</summary>
    public static readonly DiagnosticDescriptor MissingScope = Error("missing-scope", "a rule says neither `cluster-wide` nor `in NAMESPACES`");

    /// <summary>A rule with two scopes.</summary>
    public static readonly DiagnosticDescriptor TwoScopes = Error("two-scopes", "a statement gives its scope twice");

    /// <summary>A clause before the scope.</summary>
    public static readonly DiagnosticDescriptor ClauseBeforeScope = Error("clause-before-scope", "a clause stands before the scope");

    /// <summary>A clause given twice.</summary>
    public static readonly DiagnosticDescriptor RepeatedClause = Error("repeated-clause", "a statement has the same clause twice");

    /// <summary>A clause that the statement does not take.</summary>
    public static readonly DiagnosticDescriptor ClauseNotTaken = Error("clause-not-taken", "a clause stands in a statement that does not take it");

    /// <summary>A resource or verb that is missing.</summary>
    public static readonly DiagnosticDescriptor MissingRight = Error("missing-right", "a verb or resource is missing behind `can`");

    /// <summary>An expectation without its first word.</summary>
    public static readonly DiagnosticDescriptor MissingExpect = Error("missing-expect", "an expectation does not begin with `expect`");

    /// <summary>A line of a role that begins wrongly.</summary>
    public static readonly DiagnosticDescriptor UnknownRoleItem = Error("unknown-role-item", "a role holds something that is neither `can`, `include` nor `clusterrole`");

    /// <summary>Both <c>and</c> and <c>or</c> without parentheses.</summary>
    public static readonly DiagnosticDescriptor MixedAndOr = Error("mixed-and-or", "`and` and `or` are mixed without parentheses");

    /// <summary>Conditions joined by anything but <c>and</c>.</summary>
    public static readonly DiagnosticDescriptor ConditionsNotJoined = Error("conditions-not-joined", "conditions are joined by something else than `and`");

    /// <summary>A sentence that breaks off.</summary>
    public static readonly DiagnosticDescriptor UnfinishedStatement = Error("unfinished-statement", "a statement breaks off");

    /// <summary>Something that does not belong where it stands.</summary>
    public static readonly DiagnosticDescriptor Unexpected = Error("unexpected-text", "something stands where it does not belong");

    private static DiagnosticDescriptor Error(string code, string title) => new(code, DiagnosticSeverity.Error, title);
}
