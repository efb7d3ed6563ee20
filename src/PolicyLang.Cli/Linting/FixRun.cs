using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PolicyLang.Cli.Formatting;
using PolicyLang.Cli.Rendering;
using PolicyLang.Diagnostics;
using PolicyLang.Linting;
using PolicyLang.Projects;
using PolicyLang.Projects.Outputs;

namespace PolicyLang.Cli.Linting;

/// <summary>Makes fixes, and lints again until none is left.</summary>
internal sealed class FixRun(CliContext context, LintArguments arguments, TextStyle style)
{
    // Fixes that touch each other wait for the next round; more rounds than this means that two of them undo each other.
    private const int MostRounds = 10;

    /// <summary>Makes the fixes that were asked for.</summary>
    /// <param name="sources">The files.</param>
    /// <param name="findings">What was found in them.</param>
    /// <param name="diagnostics">Receives why no fix is made.</param>
    /// <returns>The exit status where that is all there is to do, and the findings that are left.</returns>
    public (int? Status, ImmutableArray<Diagnostic> Left) Execute(LintSources sources, ImmutableArray<Diagnostic> findings, DiagnosticBag diagnostics)
    {
        var originals = new SortedDictionary<string, (string Old, string New)>(StringComparer.Ordinal);
        var made = 0;
        for (var round = 0; round < MostRounds; round++)
        {
            var (files, fixes) = FixApplier.Apply(findings, arguments.Fix == FixMode.All);
            if (fixes == 0)
            {
                break;
            }

            var changed = sources.Replace(files);
            if (arguments.Fix == FixMode.Safe && !changed.All(policy => FixProof.Holds(policy.Before, policy.After, context.Cancellation)))
            {
                diagnostics.Report(LintDiagnostics.UnsafeFix, null, "the fixes together would change what the policy gives, so none was made", "this is a defect of policyc: please report it with the policy; mend the findings by hand meanwhile");
                return (null, findings);
            }

            made += fixes;
            foreach (var file in files)
            {
                originals[file.Old.Path] = (originals.TryGetValue(file.Old.Path, out var known) ? known.Old : file.Old.Text, file.Text);
            }

            findings = sources.Lint(diagnostics);
        }

        if (arguments.ShowsDiff)
        {
            DiffLines.Write(originals.Select(file => new OutputChange(file.Key, null, OutputChangeKind.Update, Encoding.UTF8.GetBytes(file.Value.Old), Encoding.UTF8.GetBytes(file.Value.New))), style, context.Output);
            // What keeps a file from being read keeps its fixes from being found.
            var obstacles = diagnostics.ToSortedArray().Concat(findings).Where(finding => finding.Severity == DiagnosticSeverity.Error && !Linter.HasLevel(finding.Code)).ToImmutableArray();
            new TextReport(style, context.OutputWidth).Write(obstacles, context.Error);
            return (obstacles.Any(finding => finding.Location is null) ? ExitCodes.Failure : originals.Count > 0 || !obstacles.IsEmpty ? ExitCodes.Findings : ExitCodes.Fine, findings);
        }

        var written = 0;
        foreach (var (path, (old, text)) in originals)
        {
            var full = Path.GetFullPath(path, context.WorkingDirectory);
            var file = new FormatSource(path, full, SourceFiles.RealPath(full));
            if (RegularFile.Read(file.Real, path, diagnostics) is { } bytes)
            {
                // A byte order mark is in the file and not in its text.
                var before = SourceTextDecoder.Decode(path, bytes, null, diagnostics)?.Text == old ? bytes : Encoding.UTF8.GetBytes(old);
                written += FileRewriter.Write(new FormattedFile(file, before, Encoding.UTF8.GetBytes(text), []), diagnostics) ? 1 : 0;
            }
        }

        if (written > 0 && written == originals.Count)
        {
            context.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"made {made} fix{(made == 1 ? "" : "es")} in {originals.Count} file{(originals.Count == 1 ? "" : "s")}"));
        }

        return (null, findings);
    }
}
