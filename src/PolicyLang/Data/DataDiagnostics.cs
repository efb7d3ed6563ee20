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
}
