using PolicyLang.Access;
using PolicyLang.Cli.Building;
using PolicyLang.Cli.Rendering;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Targets;
using PolicyLang.Testing;

namespace PolicyLang.Cli.Commands;

/// <summary>A project whose policy has no errors, for commands that answer and write nothing.</summary>
/// <param name="Project">The project.</param>
/// <param name="Policy">Its policy.</param>
/// <param name="Access">What it gives.</param>
internal sealed record AnalysedProject(LoadedProject Project, PolicyModel Policy, AccessModel Access)
{
    /// <summary>Loads and analyses a project. Errors are printed, and nothing is returned but the exit status.</summary>
    /// <param name="argument">The project folder; absent for the one around the working directory.</param>
    /// <param name="asOf">The day.</param>
    /// <param name="question">A text that is read beside the policy's files, or nothing; the findings in it are returned to be shown otherwise.</param>
    /// <param name="json">Whether findings are one JSON document.</param>
    /// <param name="style">Colours.</param>
    /// <param name="context">What the command may touch.</param>
    public static (AnalysedProject? Project, int Status) Load(string? argument, DateOnly asOf, QuestionText? question, bool json, TextStyle style, CliContext context)
    {
        var diagnostics = new DiagnosticBag();
        var pipeline = context.Pipeline.Value;
        var project = pipeline.Load(ProjectFolder.Find(argument, context.WorkingDirectory), diagnostics);
        if (project is not null && !diagnostics.HasErrors)
        {
            var analysis = pipeline.Analyse(project, asOf, question?.Source, context.Cancellation);
            if (analysis is { Policy: { } policy, Access: { } access })
            {
                return (new AnalysedProject(project, policy, access), ExitCodes.Fine);
            }

            // A mistake in the question is one of the command line, unless the policy itself has one.
            var errors = analysis.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToArray();
            if (question is not null && Array.TrueForAll(errors, d => d.Location?.Source == question.Source))
            {
                throw question.ToUsage(errors[0]);
            }

            diagnostics.AddRange(question is null ? analysis.Diagnostics : analysis.Diagnostics.Where(d => d.Location?.Source != question.Source));
        }

        return (null, Print(diagnostics, json, style, context));
    }

    /// <summary>Where the answers to questions come from: the policy, or artefacts.</summary>
    /// <param name="arguments">Which artefacts, if any.</param>
    /// <param name="asOf">The day.</param>
    /// <param name="json">Whether findings are one JSON document.</param>
    /// <param name="style">Colours.</param>
    /// <param name="context">What the command may touch.</param>
    /// <returns>The source; after an error, which is printed, nothing but the exit status.</returns>
    public (IAccessSource? Source, int Status) SourceOf(ArtefactArguments arguments, DateOnly asOf, bool json, TextStyle style, CliContext context)
    {
        var policy = new PolicyAccessSource(Policy, Access);
        var diagnostics = new DiagnosticBag();
        var loader = new ArtefactLoader(context, this, asOf, diagnostics);
        if (!arguments.IsAsked && !loader.HasBase && !diagnostics.HasErrors)
        {
            return (policy, ExitCodes.Fine);
        }

        if (loader.Load(arguments) is not { } read)
        {
            return (null, Print(diagnostics, json, style, context));
        }

        // What a policy gives is there once it is applied, and what `base` names is there already.
        var artefacts = new ArtefactAccessSource(Policy, Access, Project.Settings, TargetRegistry.All, read.Set, context.Cancellation);
        return (arguments.IsAsked ? artefacts : new UnionAccessSource(policy, artefacts), ExitCodes.Fine);
    }

    /// <summary>Prints findings.</summary>
    /// <returns>The exit status.</returns>
    public static int Print(DiagnosticBag diagnostics, bool json, TextStyle style, CliContext context)
    {
        var found = diagnostics.ToSortedArray();
        if (json)
        {
            JsonReport.Write(found, null, false, context.Output);
        }
        else
        {
            new TextReport(style, context.OutputWidth).Write(found, context.Output);
        }

        return found.Any(d => d is { Severity: DiagnosticSeverity.Error, Location: null }) ? ExitCodes.Failure : ExitCodes.Findings;
    }
}
