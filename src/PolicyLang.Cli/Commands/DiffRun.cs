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
        if (arguments.Artefacts.IsAsked)
        {
            return CompareArtefacts();
        }

        if (arguments.Operands.IsEmpty)
        {
            throw new UsageException("there is nothing to compare with", "name a git revision or a folder, such as `policyc diff main`, or artefacts with `--from` or `--export`");
        }

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

        return Fails(comparison.Access, comparison.HasWeakerGuard) ? ExitCodes.Findings : ExitCodes.Fine;
    }

    // A policy on the one side and what systems have on the other share no rules and no guards, so that only rights can differ.
    private int CompareArtefacts()
    {
        if (arguments.Operands.Length > 1)
        {
            throw new UsageException("beside artefacts only the folder of a project is compared", "write `policyc diff PROJECT --from DIR`");
        }

        var style = TextStyle.For(arguments.Color, context);
        var (found, status) = VerifiedProject.Load(arguments.Operands.FirstOrDefault(), arguments.Artefacts, CommonOptions.DayOf(arguments.AsOf, context), arguments.Format == DiffFormat.Json, style, context);
        if (found is null)
        {
            return status;
        }

        var verdict = found.Verification.Verdict;
        var name = arguments.Artefacts.From ?? string.Join(", ", arguments.Artefacts.Exports.Select(export => export.File));
        switch (arguments.Format)
        {
            case DiffFormat.Json:
                VerifyJson.Write(found.Verification, context.Output);
                break;
            case DiffFormat.Markdown:
                context.Output.WriteLine("<!-- policyc diff -->");
                context.Output.WriteLine($"**Access: {DiffWords.Word(verdict)}** (the policy → `{TerminalText.Escape(name).Replace('`', '\'')}`)");
                context.Output.WriteLine();
                context.Output.WriteLine("````text");
                new VerifyText(TextStyle.Plain, context.Output).Write(found.Verification, found.Artefacts);
                context.Output.WriteLine("````");
                break;
            default:
                context.Output.WriteLine($"{style.Strong(DiffWords.Word(verdict))}  ({TerminalText.Escape($"the policy → {name}")})");
                new VerifyText(style, context.Output).Write(found.Verification, found.Artefacts);
                break;
        }

        return Fails(verdict, hasWeakerGuard: false) ? ExitCodes.Findings : ExitCodes.Fine;
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

    private bool Fails(AccessVerdict verdict, bool hasWeakerGuard)
    {
        var isWider = verdict is AccessVerdict.Wider or AccessVerdict.Both;
        var isNarrower = verdict is AccessVerdict.Narrower or AccessVerdict.Both;
        return arguments.FailOn switch
        {
            DiffFailure.Wider => isWider || hasWeakerGuard,
            DiffFailure.Narrower => isNarrower,
            DiffFailure.WeakerGuard => hasWeakerGuard,
            DiffFailure.Any => verdict != AccessVerdict.Unchanged || hasWeakerGuard,
            _ => false,
        };
    }
}
