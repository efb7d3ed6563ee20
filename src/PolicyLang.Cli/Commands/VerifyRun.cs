using PolicyLang.Cli.Building;
using PolicyLang.Cli.Rendering;
using PolicyLang.Diagnostics;
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
        var (loaded, status) = AnalysedProject.Load(arguments.Project, arguments.AsOf, null, isJson, _style, context);
        if (loaded is not var (project, policy, access))
        {
            return status;
        }

        var diagnostics = new DiagnosticBag();
        var artefacts = arguments.Artefacts.IsAsked ? arguments.Artefacts : arguments.Artefacts with { From = OutputsOf(project) };
        if (new ArtefactLoader(context, loaded, arguments.AsOf, diagnostics).Load(artefacts) is not { } read)
        {
            return AnalysedProject.Print(diagnostics, isJson, _style, context);
        }

        // Nobody claims anything of a cluster that has neither files nor an export; an observed one without them cannot be looked at.
        var looked = access.Only(cluster => project.Settings.ClusterModes.ModeOf(cluster.Name) == Projects.ClusterMode.Manage || !read.Set.Of(cluster).IsEmpty);
        var verification = Verification.Of(policy, looked, project.Settings, TargetRegistry.All, read.Set, read.Memberships, context.Cancellation);
        if (isJson)
        {
            VerifyJson.Write(verification, context.Output);
        }
        else
        {
            new VerifyText(_style, context.Output).Write(verification, read.Set, looked);
        }

        return verification.IsExact ? ExitCodes.Fine : ExitCodes.Findings;
    }

    private string OutputsOf(LoadedProject project)
        => Path.GetFullPath(project.Settings.OutputRoot, ProjectFolder.Find(arguments.Project, context.WorkingDirectory)) is var folder && Directory.Exists(folder)
            ? folder
            : throw new UsageException($"there are no outputs in `{project.Settings.OutputRoot}`", "run `policyc build`, or name artefacts with `--from` or `--export`");
}
