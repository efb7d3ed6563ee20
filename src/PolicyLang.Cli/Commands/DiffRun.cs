using System.Collections.Immutable;
using PolicyLang.Cli.Building;
using PolicyLang.Cli.Rendering;
using PolicyLang.Comparing;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Targets;

namespace PolicyLang.Cli.Commands;

/// <summary>One run of <c>policyc diff</c>.</summary>
internal sealed class DiffRun(CliContext context, DiffArguments arguments)
{
    /// <summary>Compares and prints.</summary>
    /// <returns>The exit status.</returns>
    public int Execute()
    {
        var (old, @new) = new DiffOperands(context).Resolve(arguments.Operands);
        var asOf = arguments.AsOf ?? DateOnly.FromDateTime(context.Clock.GetUtcNow().UtcDateTime);
        var (oldPolicy, oldFindings) = Compile(old, asOf);
        var (newPolicy, newFindings) = Compile(@new, asOf);
        if (oldPolicy is null || newPolicy is null)
        {
            return Refuse(oldPolicy is null, (old.Name, oldFindings), newPolicy is null, (@new.Name, newFindings));
        }

        var comparison = PolicyComparer.Compare(oldPolicy, newPolicy, context.Cancellation);
        var report = new DiffReport(comparison, old.Name, @new.Name, oldPolicy.ActiveClusters(), newPolicy.ActiveClusters());
        switch (arguments.Format)
        {
            case DiffFormat.Markdown:
                DiffMarkdown.Write(report, context.Output);
                break;
            case DiffFormat.Json:
                DiffJson.Write(report, context.Output);
                break;
            default:
                new DiffText(TextStyle.For(arguments.Color, context)).Write(report, context.Output);
                break;
        }

        return Fails(comparison) ? ExitCodes.Findings : ExitCodes.Fine;
    }

    private (ComparedPolicy? Policy, ImmutableArray<Diagnostic> Findings) Compile(DiffSide side, DateOnly asOf)
    {
        var diagnostics = new DiagnosticBag();
        var project = ProjectLoader.Load(side.Files, TargetRegistry.All, ToolVersion.Number, diagnostics);
        if (diagnostics.HasErrors)
        {
            return (null, diagnostics.ToSortedArray());
        }

        var compilation = new CompilerPipeline().Compile(new LoadedProject(project.Settings, project.Policies, side.Files), asOf, context.Cancellation);
        diagnostics.AddRange(compilation.Diagnostics);
        return compilation is { HasErrors: false, Policy: { } policy, Access: { } access }
            ? (new ComparedPolicy(policy, access, project.Settings, project.Policies, compilation.Assumptions), [])
            : (null, diagnostics.ToSortedArray());
    }

    private int Refuse(bool isOldWrong, (string Name, ImmutableArray<Diagnostic> Findings) old, bool isNewWrong, (string Name, ImmutableArray<Diagnostic> Findings) @new)
    {
        ImmutableArray<Diagnostic> findings = [.. (isOldWrong ? old.Findings : []).Concat(isNewWrong ? @new.Findings : []).Where(d => d.Severity == DiagnosticSeverity.Error)];
        if (arguments.Format == DiffFormat.Json)
        {
            JsonReport.Write(findings, null, false, context.Output);
        }
        else
        {
            new TextReport(TextStyle.For(arguments.Color, context), context.OutputWidth).Write(findings, context.Output);
        }

        var names = isOldWrong && isNewWrong ? $"`{old.Name}` and `{@new.Name}` do" : $"`{(isOldWrong ? old.Name : @new.Name)}` does";
        context.Error.WriteLine($"error: {TerminalText.Escape(names)} not compile, so there is nothing to compare");

        // An old revision that does not compile is no finding about the new one, and nothing in it can be put right any more.
        return isOldWrong || findings.Any(d => d.Location is null) ? ExitCodes.Failure : ExitCodes.Findings;
    }

    private bool Fails(PolicyComparison comparison)
    {
        var isWider = comparison.Access is AccessVerdict.Wider or AccessVerdict.Both;
        var isNarrower = comparison.Access is AccessVerdict.Narrower or AccessVerdict.Both;
        return arguments.FailOn switch
        {
            DiffFailure.Wider => isWider || comparison.HasWeakerGuard,
            DiffFailure.Narrower => isNarrower,
            DiffFailure.WeakerGuard => comparison.HasWeakerGuard,
            DiffFailure.Any => !comparison.IsUnchanged,
            _ => false,
        };
    }
}
