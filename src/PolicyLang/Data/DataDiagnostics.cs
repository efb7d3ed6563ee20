using PolicyLang.Diagnostics;

namespace PolicyLang.Data;

/// <summary>The diagnostics of blocks, <c>policyc.yaml</c> and inventory rows.</summary>
public static class DataDiagnostics
{
    /// <summary>A key that the block does not have.</summary>
    public static readonly DiagnosticDescriptor UnknownSetting = new("unknown-setting", DiagnosticSeverity.Error, "a block or project file holds a key that it does not take");

    /// <summary>A key given twice.</summary>
    public static readonly DiagnosticDescriptor RepeatedSetting = new("repeated-setting", DiagnosticSeverity.Error, "a key is given twice in one block");

    /// <summary>A key that must be given.</summary>
    public static readonly DiagnosticDescriptor MissingSetting = new("missing-setting", DiagnosticSeverity.Error, "a block lacks a key that it must have");

    /// <summary>A value of the wrong kind.</summary>
    public static readonly DiagnosticDescriptor WrongSettingKind = new("wrong-setting-kind", DiagnosticSeverity.Error, "a setting holds a value of the wrong kind");

    /// <summary>A text that is none of the accepted ones.</summary>
    public static readonly DiagnosticDescriptor UnknownChoice = new("unknown-choice", DiagnosticSeverity.Error, "a setting has a fixed set of values and this is none of them");

    /// <summary>A number that is too small or too large.</summary>
    public static readonly DiagnosticDescriptor NumberOutOfRange = new("number-out-of-range", DiagnosticSeverity.Error, "a number is smaller or larger than the setting takes");

    /// <summary>A file that is no YAML.</summary>
    public static readonly DiagnosticDescriptor InvalidYaml = new("invalid-yaml", DiagnosticSeverity.Error, "a file is not YAML that can be read");

    /// <summary>A file that is no JSON.</summary>
    public static readonly DiagnosticDescriptor InvalidJson = new("invalid-json", DiagnosticSeverity.Error, "a file is not JSON that can be read");

    /// <summary>A part of YAML that makes data depend on more than what is written in its place.</summary>
    public static readonly DiagnosticDescriptor UnsupportedYaml = new("unsupported-yaml", DiagnosticSeverity.Error, "a file uses a part of YAML that policyc does not take: aliases, tags, merge keys, directives, several documents or keys that are no text");

    /// <summary>A plain value that YAML readers do not agree about.</summary>
    public static readonly DiagnosticDescriptor AmbiguousValue = new("ambiguous-value", DiagnosticSeverity.Error, "a value without quotes that YAML readers take for different things, or no value at all");

    /// <summary>A file without data.</summary>
    public static readonly DiagnosticDescriptor EmptyData = new("empty-data", DiagnosticSeverity.Error, "a project file or inventory holds no data");

    /// <summary>Data nested too deeply.</summary>
    public static readonly DiagnosticDescriptor NestedTooDeeply = new("nested-too-deeply", DiagnosticSeverity.Error, "brackets, blocks or data are nested more deeply than in any real file");

    /// <summary>Too much data in one file.</summary>
    public static readonly DiagnosticDescriptor TooManyValues = new("too-many-values", DiagnosticSeverity.Error, "a file holds more values than policyc reads");

    /// <summary>A character that nobody sees.</summary>
    public static readonly DiagnosticDescriptor HiddenCharacter = new("hidden-character", DiagnosticSeverity.Error, "a control character or an invisible one, which can make a file look different from what it says");
}
