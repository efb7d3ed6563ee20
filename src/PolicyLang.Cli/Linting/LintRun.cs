using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Cli.Building;
using PolicyLang.Cli.Rendering;
using PolicyLang.Cli.Rendering.Findings;
using PolicyLang.Diagnostics;
using PolicyLang.Linting;

namespace PolicyLang.Cli.Linting;

/// <summary>One run of <c>policyc lint</c>.</summary>
internal sealed class LintRun(CliContext context, LintArguments arguments)
{
    private const string DefaultBaseline = "policyc.lint.json";

    private readonly TextStyle _style = TextStyle.For(arguments.Color, context);

    /// <summary>Lints and prints.</summary>
    /// <returns>The exit status.</returns>
    public int Execute()
    {
        var diagnostics = new DiagnosticBag();
        var home = ProjectFolder.FindAbove(context.WorkingDirectory) ?? context.WorkingDirectory;
        var sources = LintSources.Open(arguments, home, context, diagnostics);
        var settings = sources.HomeSettings;
        var findings = sources.Lint(diagnostics);
        if (arguments.Fix != FixMode.None)
        {
            var (status, rest) = new FixRun(context, arguments, _style).Execute(sources, findings, diagnostics);
            if (status is { } stop)
            {
                return stop;
            }

            findings = rest;
        }

        if (sources.Excluded > 0 && !arguments.IsQuiet)
        {
            context.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sources.Excluded} of the files named {(sources.Excluded == 1 ? "is" : "are")} left out by `exclude` of policyc.yaml"));
        }

        findings = [.. diagnostics.ToSortedArray().Where(d => !findings.Contains(d)), .. findings];
        if ((arguments.Baseline ?? BaselineOf(settings, home)) is { } baseline || arguments.UpdatesBaseline)
        {
            return WithBaseline(arguments.Baseline ?? BaselineOf(settings, home) ?? DefaultBaseline, findings, sources, settings);
        }

        return Finish(findings, settings);
    }

    private int WithBaseline(string file, ImmutableArray<Diagnostic> findings, LintSources sources, LintSettings settings)
    {
        var path = Path.GetFullPath(file, context.WorkingDirectory);
        if (arguments.UpdatesBaseline)
        {
            var errors = findings.Where(IsCompileError).ToImmutableArray();
            if (!errors.IsEmpty)
            {
                // What cannot be compiled or read is no old habit, and nothing is known of the findings behind it.
                return Finish(errors, settings);
            }
        }

        var problems = new DiagnosticBag();
        var baseline = Baseline.Of([]);
        if (File.Exists(path))
        {
            if (SourceFiles.Read(path, file, problems) is not { } read || Baseline.Read(read, problems) is not { } old)
            {
                return Finish(problems.ToSortedArray(), settings);
            }

            baseline = old;
        }
        else if (!arguments.UpdatesBaseline)
        {
            throw new UsageException($"there is no baseline `{file}`", "write it with `--update-baseline`");
        }

        // Wherever a run starts, a baseline means the same files: those at these paths from its own folder.
        var root = Path.GetDirectoryName(path) ?? context.WorkingDirectory;
        var linted = sources.Files.Select(full => Path.GetRelativePath(root, full).Replace('\\', '/')).ToHashSet(StringComparer.Ordinal);
        var relative = FindingPaths.Rename(findings, shown => Path.GetRelativePath(root, Path.GetFullPath(shown, context.WorkingDirectory)).Replace('\\', '/'));
        if (arguments.UpdatesBaseline)
        {
            var known = baseline.After(relative, known => !linted.Contains(known) && File.Exists(Path.Combine(root, known)));
            WriteBaseline(path, file, known);
            context.Error.WriteLine($"`{file}` knows {Count(known.Entries.Values.Sum())} now");
            return ExitCodes.Fine;
        }

        var (fresh, gone) = baseline.Apply(relative, linted.Contains);
        if (gone > 0)
        {
            context.Error.WriteLine($"note: {Count(gone)} that `{file}` knows {(gone == 1 ? "is" : "are")} gone; bring it up to date with `--update-baseline`");
        }

        return Finish(FindingPaths.Rename(fresh, path => Path.GetRelativePath(context.WorkingDirectory, Path.Combine(root, path)).Replace('\\', '/')), settings);
    }

    private static string Count(int findings) => string.Create(CultureInfo.InvariantCulture, $"{findings} finding{(findings == 1 ? "" : "s")}");

    private static void WriteBaseline(string path, string shown, Baseline baseline)
    {
        try
        {
            File.WriteAllText(path, baseline.ToJson());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"`{shown}` cannot be written: {exception.Message.TrimEnd('.')}");
        }
    }

    private static string? BaselineOf(LintSettings settings, string home) => settings.Baseline is { } baseline ? Path.Combine(home, baseline) : null;

    private int Finish(ImmutableArray<Diagnostic> findings, LintSettings settings)
    {
        ImmutableArray<Diagnostic> shown = arguments.IsQuiet ? [.. findings.Where(finding => finding.Severity != DiagnosticSeverity.Info)] : findings;
        FindingReports.Create(arguments.Format, _style, context.OutputWidth).Write(shown, context.Output);
        var failOn = arguments.FailOn switch { "error" => DiagnosticSeverity.Error, "warning" => DiagnosticSeverity.Warning, "never" => (DiagnosticSeverity?)null, _ => settings.FailOn };
        return findings.Any(finding => finding is { Severity: DiagnosticSeverity.Error, Location: null }) ? ExitCodes.Failure
            : findings.Any(finding => finding.Severity >= failOn || IsCompileError(finding)) ? ExitCodes.Findings
            : ExitCodes.Fine;
    }

    // What does not compile fails whatever the level, since no rule could be checked.
    private static bool IsCompileError(Diagnostic finding) => finding.Severity == DiagnosticSeverity.Error && !Linter.HasLevel(finding.Code);
}
