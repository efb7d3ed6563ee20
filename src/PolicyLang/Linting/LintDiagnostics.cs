using PolicyLang.Diagnostics;

namespace PolicyLang.Linting;

/// <summary>What linting reports that is no rule's finding.</summary>
public static class LintDiagnostics
{
    /// <summary>A template.</summary>
    public static readonly DiagnosticDescriptor TemplateNotRead = new("template-not-read", DiagnosticSeverity.Info, "a file is a template, so that only what it renders to can be linted")
    {
        Explanation =
            "The file is a template, such as that of a Helm chart, and no YAML until it is rendered. policyc does not guess what the template becomes, so it is not "
            + "linted. Lint what it renders to: `helm template … > rendered.yaml`.",
    };

    /// <summary>A policy that its project does not read.</summary>
    public static readonly DiagnosticDescriptor PolicyNotRead = new("policy-not-read", DiagnosticSeverity.Error, "a policy was named that its project does not read")
    {
        Explanation =
            "`sources` of the project file says which policies the project consists of, and the file that was named is none of them. A build reads nothing of it, so its rules give "
            + "nothing and its guards hold nothing. Add it to `sources`, or move it to where they find it.",
    };

    /// <summary>A file that is no Terraform.</summary>
    public static readonly DiagnosticDescriptor InvalidTerraform = new("invalid-terraform", DiagnosticSeverity.Error, "a file is not Terraform that can be read")
    {
        Explanation =
            "The file cannot be read as Terraform: a brace, bracket or text that it opens is never closed. What stands behind it cannot be told apart, so nothing "
            + "of the file is linted. `terraform validate` names the place.",
    };

    /// <summary>A baseline that is none.</summary>
    public static readonly DiagnosticDescriptor InvalidBaseline = new("invalid-baseline", DiagnosticSeverity.Error, "the file of known findings is not one that policyc wrote")
    {
        Explanation =
            "The file that `--baseline` names is not one that policyc wrote: it is no JSON, or of another shape, perhaps after a merge. Findings could be hidden by "
            + "it or shown anew, so nothing is compared with it. Write it anew by `policyc lint --update-baseline`.",
    };

    /// <summary>Fixes that would change access.</summary>
    public static readonly DiagnosticDescriptor UnsafeFix = new("fix-changes-access", DiagnosticSeverity.Error, "the fixes together would change what the policy gives, so none was made: a defect of policyc")
    {
        Explanation =
            "Fixes never change what a policy gives, and policyc compares the policy before and after to make sure. Here they would have, so no file was changed. "
            + "This is a defect of policyc: please report it with the policy, and mend the findings by hand meanwhile.",
    };
}
