using PolicyLang.Diagnostics;

namespace PolicyLang.Data;

/// <summary>The diagnostics of blocks, <c>policyc.yaml</c> and inventory rows.</summary>
public static class DataDiagnostics
{
    /// <summary>A key that the block does not have.</summary>
    public static readonly DiagnosticDescriptor UnknownSetting = new("unknown-setting", DiagnosticSeverity.Error, "a block or project file holds a key that it does not take")
    {
        Explanation =
            "A block, `policyc.yaml` or an inventory holds a key that is not taken there. It would have no effect although it reads as if it had, so it is never "
            + "passed over: most often it is misspelt, stands one block too deep, or is a label that belongs into `labels { … }`. Correct it, or move it to where it "
            + "belongs.",
        Example = """
            cluster prod { tailscale { tag = "tag:k8s-prod"  recoder = "tag:recorder" } }
            """,
    };

    /// <summary>A key given twice.</summary>
    public static readonly DiagnosticDescriptor RepeatedSetting = new("repeated-setting", DiagnosticSeverity.Error, "a key is given twice in one block")
    {
        Explanation =
            "One block gives a key twice. Readers differ on which of the two counts, so neither is taken. Keep one; several values of one key are a list in "
            + "brackets.",
        Example = """
            group sre { okta = "SRE"  okta = "Site Reliability" }
            """,
    };

    /// <summary>A key that must be given.</summary>
    public static readonly DiagnosticDescriptor MissingSetting = new("missing-setting", DiagnosticSeverity.Error, "a block lacks a key that it must have")
    {
        Explanation =
            "A block lacks a key without which it means nothing, such as the addresses of a cluster behind Cloudflare or the kind of a path in `policyc.yaml`. "
            + "There is no default that could be right for everybody. Add it.",
        Example = """
            cluster prod { cloudflare { port = 6443 } }
            """,
    };

    /// <summary>A value of the wrong kind.</summary>
    public static readonly DiagnosticDescriptor WrongSettingKind = new("wrong-setting-kind", DiagnosticSeverity.Error, "a setting holds a value of the wrong kind")
    {
        Explanation =
            "A setting takes one kind of value, such as a text, a list, `true` or `false`, a whole number or a block, and another kind stands there. The finding "
            + "says which is meant. Correct the value.",
        Example = """
            cluster prod { cloudflare { addresses = ["198.51.100.1"]  port = "https" } }
            """,
    };

    /// <summary>A text that is none of the accepted ones.</summary>
    public static readonly DiagnosticDescriptor UnknownChoice = new("unknown-choice", DiagnosticSeverity.Error, "a setting has a fixed set of values and this is none of them")
    {
        Explanation =
            "The setting takes one of a few values, and this is none of them. policyc does not fall back to a default, because a misspelt choice would then quietly "
            + "become another one. Write one of those that the finding names.",
        Example = """
            cluster prod { tailscale { tag = "tag:k8s-prod"  proxy = "proxygroup" } }
            """,
    };

    /// <summary>A number that is too small or too large.</summary>
    public static readonly DiagnosticDescriptor NumberOutOfRange = new("number-out-of-range", DiagnosticSeverity.Error, "a number is smaller or larger than the setting takes")
    {
        Explanation =
            "The number is smaller or larger than the setting can be, such as a port beyond 65535. The other system would refuse it or cut it off. Write one within "
            + "the limits that the finding names.",
        Example = """
            cluster prod { cloudflare { addresses = ["198.51.100.1"]  port = 644300 } }
            """,
    };

    /// <summary>A file that is no YAML.</summary>
    public static readonly DiagnosticDescriptor InvalidYaml = new("invalid-yaml", DiagnosticSeverity.Error, "a file is not YAML that can be read")
    {
        Explanation =
            "The file cannot be read as YAML, often because of a tab that indents a line, a quote or bracket that is not closed, or lines that are not indented "
            + "alike. The finding shows where reading ended; the mistake can stand just before it.",
    };

    /// <summary>A file that is no JSON.</summary>
    public static readonly DiagnosticDescriptor InvalidJson = new("invalid-json", DiagnosticSeverity.Error, "a file is not JSON that can be read")
    {
        Explanation =
            "The file cannot be read as JSON. Files that end in `.json` are strict JSON: no comments, no comma behind the last item, texts and keys in double "
            + "quotes. The finding shows where reading ended.",
    };

    /// <summary>A part of YAML that makes data depend on more than what is written in its place.</summary>
    public static readonly DiagnosticDescriptor UnsupportedYaml = new("unsupported-yaml", DiagnosticSeverity.Error, "a file uses a part of YAML that policyc does not take: aliases, tags, merge keys, directives, several documents or keys that are no text")
    {
        Explanation =
            "Of YAML, policyc takes only what is plain to see: no anchors and aliases, tags, merge keys, directives, further documents or keys that are no text. "
            + "With these, a line would mean something that stands elsewhere, and readers of YAML do not agree on all of them. Write the data out in each place, or "
            + "let a tool that knows them render the file to JSON.",
    };

    /// <summary>A plain value that YAML readers do not agree about.</summary>
    public static readonly DiagnosticDescriptor AmbiguousValue = new("ambiguous-value", DiagnosticSeverity.Error, "a value without quotes that YAML readers take for different things, or no value at all")
    {
        Explanation =
            "A value without quotes is true or false, a number or nothing to some readers of YAML and a text to others, such as `no`, `on`, `007`, `1e3` or "
            + "`22:22`; or a key has no value at all. What policyc reads could then differ from what others read. Put the value in quotes; an empty text is `\"\"`.",
    };

    /// <summary>A file without data.</summary>
    public static readonly DiagnosticDescriptor EmptyData = new("empty-data", DiagnosticSeverity.Error, "a project file or inventory holds no data")
    {
        Explanation =
            "A project file or an inventory is there and holds no data. An inventory that came out empty, because an export failed say, must not read as one that "
            + "has no clusters. Write it anew; a project without settings needs no `policyc.yaml`.",
    };

    /// <summary>Data nested too deeply.</summary>
    public static readonly DiagnosticDescriptor NestedTooDeeply = new("nested-too-deeply", DiagnosticSeverity.Error, "brackets, blocks or data are nested more deeply than in any real file")
    {
        Explanation =
            "Brackets, blocks or data stand inside each other more than 64 levels deep. No real policy does, and the limit keeps a file from exhausting the memory "
            + "of whoever checks it. Write it flatter.",
    };

    /// <summary>Too much data in one file.</summary>
    public static readonly DiagnosticDescriptor TooManyValues = new("too-many-values", DiagnosticSeverity.Error, "a file holds more values than policyc reads")
    {
        Explanation = "A file holds more than two million values. The limit keeps a file from exhausting the memory of whoever checks it. Split the data into several files.",
    };

    /// <summary>A character that nobody sees.</summary>
    public static readonly DiagnosticDescriptor HiddenCharacter = new("hidden-character", DiagnosticSeverity.Error, "a control character or an invisible one, which can make a file look different from what it says")
    {
        Explanation =
            "A control character, an invisible one, or one that turns the reading direction stands in the file. Such characters can make a line look different from "
            + "what it says to the compiler, which is how changes have been hidden from reviewers. An escape cannot write them either. Remove it; it often comes "
            + "along when text is copied from a web page or a chat.",
        Example = """
            group sre { okta = "SRE\u{200B}" }
            """,
    };
}
