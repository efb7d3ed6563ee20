using PolicyLang.Diagnostics;

namespace PolicyLang.Syntax;

/// <summary>The diagnostics of a policy file's syntax, one for every kind of mistake: here those of characters, texts and signs.</summary>
public static partial class SyntaxDiagnostics
{
    // -- Characters.

    /// <summary>Letters that look alike mixed in one word.</summary>
    public static readonly DiagnosticDescriptor MixedScripts = new("mixed-scripts", DiagnosticSeverity.Error, "a word mixes letters of scripts that look alike, so that it reads as another word")
    {
        Explanation =
            "A word holds letters of two scripts that look alike, such as the Cyrillic `о` in a word that is otherwise Latin. Readers take it for another word than "
            + "the compiler does: a rule could name a group that only looks like the one you know. Such words are refused in names and in quotes. Type the word anew "
            + "with one keyboard layout.",
        Example = """
            group sre { okta = "pлatform" }
            """,
    };

    /// <summary>A letter that words do not take.</summary>
    public static readonly DiagnosticDescriptor ForeignLetter = new("foreign-letter", DiagnosticSeverity.Error, "a word outside quotes holds a letter from beyond ASCII")
    {
        Explanation =
            "Outside of quotes, words consist of ASCII letters, digits and `_ . * / @ + % -`, so that a name can be typed on every keyboard and never has two "
            + "spellings that look the same. Spell the name in ASCII. A value of another system keeps its letters: put it in quotes.",
        Example = """
            group größe { okta = "Größe" }
            """,
    };

    /// <summary>A sign that the language does not have.</summary>
    public static readonly DiagnosticDescriptor UnknownSign = new("unknown-sign", DiagnosticSeverity.Error, "a sign stands here that the language does not have")
    {
        Explanation =
            "The sign has no meaning in the language: sentences are written in words, lists stand in brackets, and there are neither variables nor YAML dashes. Say "
            + "it in words, or put a value that holds the sign in quotes.",
        Example = """
            group sre {
              members =
                - alice@acme.com
                - bob@acme.com
            }
            """,
    };

    // -- Strings and quotes.

    /// <summary>A string without its closing quote.</summary>
    public static readonly DiagnosticDescriptor UnclosedString = new("unclosed-string", DiagnosticSeverity.Error, "a string has no closing quote on its line")
    {
        Explanation =
            "A text begins with `\"` and does not end on its line. Texts do not go on in the next line, so that a forgotten quote cannot swallow the rules behind "
            + "it. Close the text with `\"`.",
        Example = """
            group sre { okta = "SRE }
            """,
    };

    /// <summary>An escape that strings do not have.</summary>
    public static readonly DiagnosticDescriptor UnknownEscape = new("unknown-escape", DiagnosticSeverity.Error, "a string holds an escape that the language does not have")
    {
        Explanation =
            "Texts know three escapes: `\\\"` for a quote, `\\\\` for a backslash and `\\u{20AC}` for a character by its code point. They have no line breaks. A "
            + "backslash that is meant as itself is written twice.",
        Example = """
            group sre { okta = "ACME\sre" }
            """,
    };

    /// <summary>Quotes other than double ones.</summary>
    public static readonly DiagnosticDescriptor WrongQuotes = new("wrong-quotes", DiagnosticSeverity.Error, "a text stands in quotes other than double ones")
    {
        Explanation =
            "Texts stand in double quotes, `\"…\"`. Single quotes, back-ticks and the curved quotes that word processors put in are refused, because other tools read "
            + "them in different ways.",
        Example = """
            role view = clusterrole 'view'
            """,
    };

    /// <summary>A text that needs quotes.</summary>
    public static readonly DiagnosticDescriptor QuotesNeeded = new("quotes-needed", DiagnosticSeverity.Error, "a text stands without quotes where it needs them")
    {
        Explanation =
            "The text holds signs that mean something in the language, such as `:` or `/`, or stands where only a text in quotes can. Without quotes it would be "
            + "read in pieces. Put the whole text in double quotes.",
        Example = """
            cluster prod { tailscale { tag = tag:k8s-prod } }
            """,
    };

    /// <summary>A name in quotes.</summary>
    public static readonly DiagnosticDescriptor QuotedName = new("quoted-name", DiagnosticSeverity.Error, "a name, verb or date stands in quotes")
    {
        Explanation =
            "Names that the policy declares, verbs and dates are words of the sentence and stand without quotes. Quotes are for texts of other systems, such as the "
            + "name of a ClusterRole or of a single object. Take the quotes away.",
        Example = """
            allow "sre" as admin on prod cluster-wide
            """,
    };

    // -- Signs.

    /// <summary>A comment of another language.</summary>
    public static readonly DiagnosticDescriptor WrongComment = new("wrong-comment", DiagnosticSeverity.Error, "a comment begins with another sign than `#`")
    {
        Explanation =
            "A comment begins with `#` and goes to the end of its line. `//` and `/* … */` are not comments here, and nothing may be left out by accident. Write "
            + "`#` in front of each line.",
        Example = """
            // Site reliability
            group sre { okta = "SRE" }
            """,
    };

    /// <summary>An operator of another language.</summary>
    public static readonly DiagnosticDescriptor WrongOperator = new("wrong-operator", DiagnosticSeverity.Error, "an operator of another language stands for a word of this one")
    {
        Explanation =
            "The sign is an operator of another language. Here a label is compared by `=`, `!=` and `in […]`, and comparisons are joined by `and`, `or` and `not`. "
            + "There is no less and greater: labels are texts.",
        Example = """
            fleet tokyo = clusters where env == "prod" && region == "tokyo"
            """,
    };

    /// <summary>A colon where <c>=</c> belongs.</summary>
    public static readonly DiagnosticDescriptor ColonForEquals = new("colon-for-equals", DiagnosticSeverity.Error, "a setting is written with `:` for `=`")
    {
        Explanation =
            "In a block, a setting is written `key = value`, and a block inside a block `key { … }`. The colon is that of YAML and JSON. Replace it by `=`, or "
            + "leave it out before a brace.",
        Example = """
            group sre { okta: "SRE" }
            """,
    };

    /// <summary>An <c>=</c> before braces.</summary>
    public static readonly DiagnosticDescriptor EqualsBeforeBlock = new("equals-before-block", DiagnosticSeverity.Error, "an `=` stands before a block")
    {
        Explanation = "A block follows its key directly: `labels { … }` and not `labels = { … }`. The `=` stands only before single values and lists. Remove it.",
        Example = """
            cluster prod {
              labels = { env = "prod" }
            }
            """,
    };

    /// <summary>No <c>=</c> between a key and its value.</summary>
    public static readonly DiagnosticDescriptor MissingEquals = new("missing-equals", DiagnosticSeverity.Error, "an `=` is missing")
    {
        Explanation =
            "Between a key and its value, a label and what it is compared with, and the name of a fleet and its clusters stands `=`. Without it the words could "
            + "belong together in another way, and policyc does not guess which.",
        Example = """
            cluster prod { labels { env "prod" } }
            """,
    };

    /// <summary>A semicolon.</summary>
    public static readonly DiagnosticDescriptor Semicolon = new("semicolon", DiagnosticSeverity.Error, "a `;` stands in a policy")
    {
        Explanation = "Statements and settings end by themselves, so nothing ends with `;`. Remove it.",
        Example = """
            allow sre as admin on prod cluster-wide;
            """,
    };

    /// <summary>A comma too many.</summary>
    public static readonly DiagnosticDescriptor StrayComma = new("stray-comma", DiagnosticSeverity.Error, "a comma stands where nothing follows it")
    {
        Explanation =
            "A comma promises another item, and none follows. Something may have been lost, such as a second group or namespace, which is why it is not passed "
            + "over. Remove the comma, or add what is missing behind it.",
        Example = """
            allow sre, as admin on prod cluster-wide
            """,
    };

    /// <summary>A comma too few.</summary>
    public static readonly DiagnosticDescriptor MissingComma = new("missing-comma", DiagnosticSeverity.Error, "a comma is missing between two items of a list")
    {
        Explanation =
            "Two items of a list stand side by side without a comma. Names in sentences and items in brackets are parted by commas; this also shows a word that is "
            + "missing between the two, such as `as` or `in`.",
        Example = """
            allow sre payments as admin on prod cluster-wide
            """,
    };

    /// <summary>Several items where brackets are due.</summary>
    public static readonly DiagnosticDescriptor BracketsNeeded = new("brackets-needed", DiagnosticSeverity.Error, "several verbs, resources or values stand without brackets")
    {
        Explanation =
            "Several verbs, resources or values stand in brackets, so that it is plain where the list ends: `can [get, list] [pods, services]`. Only the names in a "
            + "sentence (subjects, roles, clusters, namespaces, paths) are listed without them.",
        Example = """
            role reader { can get, list pods }
            """,
    };

    /// <summary>Brackets around a list of names.</summary>
    public static readonly DiagnosticDescriptor NeedlessBrackets = new("needless-brackets", DiagnosticSeverity.Error, "a list of names stands in brackets")
    {
        Explanation =
            "In sentences, names are listed by commas alone: `allow sre, payments as view on prod, stg cluster-wide`. Brackets are for lists of values in blocks "
            + "and for verbs and resources. Take the brackets away.",
        Example = """
            allow [sre, payments] as admin on prod cluster-wide
            """,
    };

    /// <summary>A bracket or parenthesis without its partner.</summary>
    public static readonly DiagnosticDescriptor UnclosedBracket = new("unclosed-bracket", DiagnosticSeverity.Error, "a bracket or parenthesis is not closed")
    {
        Explanation =
            "A `[` or `(` has no partner. What stands behind it could belong to the list or not, and the difference may be a right too many. Close it where the "
            + "list or the comparison ends.",
        Example = """
            group sre { members = [alice@acme.com, bob@acme.com }
            """,
    };

    /// <summary>A closing sign that closes nothing.</summary>
    public static readonly DiagnosticDescriptor NothingToClose = new("nothing-to-close", DiagnosticSeverity.Error, "a brace, bracket or parenthesis closes nothing")
    {
        Explanation =
            "A `}`, `]` or `)` stands here that closes nothing. Remove it, or look for an opening sign that was lost before it; then what stands between the two "
            + "may not be where it seems.",
        Example = """
            group sre { okta = "SRE" } }
            """,
    };

    /// <summary>A block without its closing brace.</summary>
    public static readonly DiagnosticDescriptor UnclosedBlock = new("unclosed-block", DiagnosticSeverity.Error, "a block is not closed")
    {
        Explanation =
            "A block begins with `{` and its `}` is missing. policyc takes the end of the statement for the end of the block to find further mistakes, but compiles "
            + "nothing. Close it; by the indentation, the finding names the block that was most likely left open.",
        Example = """
            cluster prod {
              labels {
                env = "prod"
            }

            group sre { okta = "SRE" }
            """,
    };

    /// <summary>A declaration without its block.</summary>
    public static readonly DiagnosticDescriptor MissingBlock = new("missing-block", DiagnosticSeverity.Error, "a declaration lacks its block")
    {
        Explanation =
            "The declaration says a name and nothing about it. A `user`, `group`, `machine`, `cluster`, `posture` or `test` is followed by a block `{ … }`; a "
            + "`role` by a block, or by `= clusterrole \"…\"`.",
        Example = """
            group sre
            group payments { okta = "Payments" }
            """,
    };

    /// <summary>A value that is missing or is no value.</summary>
    public static readonly DiagnosticDescriptor MissingValue = new("missing-value", DiagnosticSeverity.Error, "a setting or comparison lacks its value")
    {
        Explanation =
            "Something is to be given or compared and the value is not there: behind an `=`, behind `until` or `because`, behind a label, or in a list that is "
            + "empty where it needs an item. Write the value. An empty text is `\"\"`, and an empty list of a block is `[]`.",
        Example = """
            allow sre as admin on prod cluster-wide until
            """,
    };
}
