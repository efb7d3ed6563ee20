using PolicyLang.Access;
using PolicyLang.Cli.Building;
using PolicyLang.Cli.Rendering;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Proof;
using PolicyLang.Targets;
using PolicyLang.Verifying;

namespace PolicyLang.Cli.Commands;

/// <summary>One run of <c>policyc verify</c>.</summary>
internal sealed class VerifyRun(CliContext context, VerifyArguments arguments)
{
    private readonly TextStyle _style = TextStyle.For(arguments.Color, context);

    /// <summary>Compares and prints.</summary>
    /// <returns>The exit status: fine only where the artefacts give exactly what the policy gives.</returns>
    public int Execute()
    {
        var isJson = arguments.Format == "json";
        var (found, status) = VerifiedProject.Load(arguments.Project, arguments.Artefacts, arguments.AsOf, isJson, _style, context);
        if (found is null)
        {
            return status;
        }

        if (isJson)
        {
            VerifyJson.Write(found.Verification, context.Output);
        }
        else
        {
            new VerifyText(_style, context.Output).Write(found.Verification, found.Artefacts, found.Compared);
        }

        return found.Verification.IsExact ? ExitCodes.Fine : ExitCodes.Findings;
    }
}

/// <summary>A project that was compared with artefacts.</summary>
/// <param name="Verification">How they differ.</param>
/// <param name="Artefacts">The artefacts.</param>
/// <param name="Compared">What of the policy was compared.</param>
internal sealed record VerifiedProject(Verification Verification, ArtefactSet Artefacts, AccessModel Compared)
{
    /// <summary>Loads a project and artefacts and compares them. Errors are printed, and nothing is returned but the exit status.</summary>
    /// <param name="argument">The project folder; absent for the one around the working directory.</param>
    /// <param name="artefacts">Which artefacts; by default the outputs on disk.</param>
    /// <param name="asOf">The day.</param>
    /// <param name="json">Whether findings are one JSON document.</param>
    /// <param name="style">Colours.</param>
    /// <param name="context">What the command may touch.</param>
    public static (VerifiedProject? Project, int Status) Load(string? argument, ArtefactArguments artefacts, DateOnly asOf, bool json, TextStyle style, CliContext context)
    {
        var (loaded, status) = AnalysedProject.Load(argument, asOf, null, json, style, context);
        if (loaded is not var (project, policy, access))
        {
            return (null, status);
        }

        var diagnostics = new DiagnosticBag();
        var named = artefacts.IsAsked ? artefacts : artefacts with { From = OutputsOf(project, argument, context) };
        if (new ArtefactLoader(context, loaded, asOf, diagnostics).Load(named) is not { } read)
        {
            return (null, AnalysedProject.Print(diagnostics, json, style, context));
        }

        // An observed cluster of which nothing is known cannot be looked at.
        var compared = access.Only(cluster => project.Settings.ClusterModes.ModeOf(cluster.Name) == ClusterMode.Manage || !read.Set.Of(cluster).IsEmpty);
        var verification = Verification.Of(policy, compared, project.Settings, TargetRegistry.All, read.Set, read.Memberships, BaseExcuse.InForce(project.Settings.Exceptions, policy.Paths.Values, policy.Clusters.Values, asOf, diagnostics), context.Cancellation);
        return (new VerifiedProject(verification, read.Set, compared), ExitCodes.Fine);
    }

    private static string OutputsOf(LoadedProject project, string? argument, CliContext context)
        => Path.GetFullPath(project.Settings.OutputRoot, ProjectFolder.Find(argument, context.WorkingDirectory)) is var folder && Directory.Exists(folder)
            ? folder
            : throw new UsageException($"there are no outputs in `{project.Settings.OutputRoot}`", "run `policyc build`, or name artefacts with `--from` or `--export`");
}
