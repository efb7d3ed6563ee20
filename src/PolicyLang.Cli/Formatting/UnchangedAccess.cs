using System.Collections.Immutable;
using System.Text;
using PolicyLang.Cli.Building;
using PolicyLang.Cli.Commands;
using PolicyLang.Comparing;
using PolicyLang.Diagnostics;
using PolicyLang.Formatting;

namespace PolicyLang.Cli.Formatting;

/// <summary>
/// A second look before policy files are rewritten: each project that reads one of them is compiled as it is and as it would be, and must give the same. A project that does not
/// compile gives nothing that could change.
/// </summary>
internal sealed class UnchangedAccess(CliContext context)
{
    private readonly DateOnly _today = CommonOptions.DayOf((DateOnly?)null, context);

    /// <summary>The projects that would give something else; there are none unless policyc has a defect.</summary>
    /// <param name="changed">The files that would be rewritten.</param>
    /// <param name="project">The folder of the project that they are of. Without it, it is the one around each file that has a <c>policyc.yaml</c>.</param>
    /// <returns>A finding for each such project; then nothing may be written.</returns>
    public ImmutableArray<Diagnostic> Check(IReadOnlyCollection<FormattedFile> changed, string? project)
    {
        var policies = changed.Where(file => FileFormatter.IsPolicy(file.File.Shown)).ToArray();
        var folders = project is not null ? [project] : policies.Select(file => ProjectFolder.FindAbove(Path.GetDirectoryName(file.File.Full) ?? context.WorkingDirectory)).OfType<string>();
        return [.. folders.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(folder => Check(folder, policies)).OfType<Diagnostic>()];
    }

    private Diagnostic? Check(string folder, FormattedFile[] changed)
    {
        var findings = new DiagnosticBag();
        if (context.Pipeline.Value.Load(folder, findings) is not { } project || findings.HasErrors)
        {
            return null;
        }

        var texts = changed.ToDictionary(file => file.File.Full, file => file.After, StringComparer.Ordinal);
        ImmutableArray<SourceText> after =
        [
            .. project.Policies.Select(policy => texts.GetValueOrDefault(Path.GetFullPath(policy.Path, folder)) is { } bytes ? new SourceText(policy.Path, Encoding.UTF8.GetString(bytes)) : policy),
        ];
        if (after.SequenceEqual(project.Policies) || Compile(project) is not { } old)
        {
            return null;
        }

        return Compile(project with { Policies = after }) is { } @new && PolicyComparer.Compare(old, @new, context.Cancellation) is { IsUnchanged: true, Guards.IsEmpty: true }
            ? null
            : new Diagnostic(FormattingDiagnostics.NotSafe, $"nothing is written: the formatted policy of `{Path.GetRelativePath(context.WorkingDirectory, folder)}` would not give the same access", null)
            {
                Help = "this is a defect of policyc: please report it with the policy",
            };
    }

    private ComparedPolicy? Compile(LoadedProject project)
        => context.Pipeline.Value.Analyse(project, _today, null, context.Cancellation) is { Policy: { } policy, Access: { } access }
            ? new ComparedPolicy(policy, access, project.Settings, project.Policies, access.Assumptions)
            : null;
}
