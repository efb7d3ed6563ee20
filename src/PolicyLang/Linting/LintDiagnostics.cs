using PolicyLang.Diagnostics;

namespace PolicyLang.Linting;

/// <summary>What linting reports that is no rule's finding.</summary>
public static class LintDiagnostics
{
    /// <summary>A template.</summary>
    public static readonly DiagnosticDescriptor TemplateNotRead = new("template-not-read", DiagnosticSeverity.Info, "a file is a template, so that only what it renders to can be linted");

    /// <summary>A file that is no Terraform.</summary>
    public static readonly DiagnosticDescriptor InvalidTerraform = new("invalid-terraform", DiagnosticSeverity.Error, "a file is not Terraform that can be read");

    /// <summary>A baseline that is none.</summary>
    public static readonly DiagnosticDescriptor InvalidBaseline = new("invalid-baseline", DiagnosticSeverity.Error, "the file of known findings is not one that policyc wrote");

    /// <summary>Fixes that would change access.</summary>
    public static readonly DiagnosticDescriptor UnsafeFix = new("fix-changes-access", DiagnosticSeverity.Error, "the fixes together would change what the policy gives, so none was made: a defect of policyc");
}
