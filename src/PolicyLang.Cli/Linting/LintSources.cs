using System.Collections.Immutable;
using PolicyLang.Cli.Building;
using PolicyLang.Diagnostics;
using PolicyLang.Linting;
using PolicyLang.Projects;

namespace PolicyLang.Cli.Linting;

/// <summary>The files of a run. Fixes change their texts in memory, so that what is left can be linted before anything is written.</summary>
internal sealed class LintSources
{
    private const string StandardInput = "-";

    private readonly CliContext _context;
    private readonly LintArguments _arguments;
    private readonly LintScopes _scopes;
    private readonly List<(LintedProject Work, LoadedProject Project)> _projects = [];
    private readonly List<(string Path, SourceText Source)> _artefacts = [];

    private readonly HashSet<string> _unsound = new(StringComparer.Ordinal);

    private ImmutableHashSet<string> _named = [];

    private LintSources(CliContext context, LintArguments arguments, LintScopes scopes)
    {
        _context = context;
        _arguments = arguments;
        _scopes = scopes;
    }

    /// <summary>What the project around the working directory says about linting.</summary>
    public LintSettings HomeSettings => _scopes.Home;

    /// <summary>How many files were named and are excluded by the settings of their projects.</summary>
    public int Excluded { get; private set; }

    /// <summary>The full paths of the files whose findings are asked for.</summary>
    public IEnumerable<string> Files
        => _projects.SelectMany(project => project.Project.Policies.Select(policy => Path.Combine(project.Work.Folder, policy.Path)).Where(path => project.Work.Only?.Contains(path) ?? true))
            .Concat(_artefacts.Select(artefact => artefact.Path));

    /// <summary>Finds and reads what is linted.</summary>
    /// <param name="arguments">What was asked for.</param>
    /// <param name="home">The folder of the project around the working directory.</param>
    /// <param name="context">What the command may touch.</param>
    /// <param name="diagnostics">Receives what cannot be read.</param>
    /// <exception cref="UsageException">Something named is not there or nothing that is linted.</exception>
    public static LintSources Open(LintArguments arguments, string home, CliContext context, DiagnosticBag diagnostics)
    {
        var pipeline = context.Pipeline.Value;
        var stdin = ReadStandardInput(arguments, context, diagnostics);
        var scopes = new LintScopes(pipeline, home, context.WorkingDirectory, arguments);
        var targets = arguments.Files.IsEmpty
            ? new LintTargets([new LintedProject(home, null)], [.. LintTargets.ArtefactsIn(new DiskProjectFiles(home), home, scopes.Home.Artefacts, diagnostics)], [])
            : LintTargets.Of([.. arguments.Files.Where(file => file != StandardInput)], context.WorkingDirectory, stdin?.Path, diagnostics);
        var sources = new LintSources(context, arguments, scopes) { _named = targets.Named };
        foreach (var work in targets.Projects)
        {
            var findings = new DiagnosticBag();
            var loaded = pipeline.Load(work.Folder, findings);

            // A policy that is not saved yet may be the first.
            var said = findings.ToSortedArray().RemoveAll(finding => stdin is not null && finding.Descriptor == ProjectDiagnostics.NoPolicyFiles);
            if (said.Any(finding => finding.Severity == DiagnosticSeverity.Error))
            {
                sources._unsound.Add(work.Folder);
            }

            diagnostics.AddRange(FindingPaths.Rename(said, path => sources.Shown(Path.Combine(work.Folder, path))));
            if (loaded is { } project)
            {
                sources.Excluded += work.Only?.Count(path => project.Settings.Lint.Excludes(Path.GetRelativePath(work.Folder, path).Replace('\\', '/'))) ?? 0;
                sources.ReportUnread(work, project, stdin?.Path, diagnostics);
                sources._projects.Add((work, stdin is { } input ? Overlay(project, work.Folder, input) : project));
            }
        }

        foreach (var path in targets.Artefacts)
        {
            var scope = scopes.Of(path);
            if (scope.Settings.Excludes(scope.Path))
            {
                sources.Excluded += targets.Named.Contains(path) ? 1 : 0;
            }
            else if (stdin is { } input && input.Path == path)
            {
                sources._artefacts.Add((path, new SourceText(sources.Shown(path), input.Source.Text)));
            }
            else
            {
                var problems = new DiagnosticBag();
                if (SourceFiles.Read(path, sources.Shown(path), problems) is { } source)
                {
                    sources._artefacts.Add((path, source));
                }

                // Of a file that a folder brings along nobody knows whether it is ours to read.
                diagnostics.AddRange(problems.ToSortedArray().Select(problem => targets.Named.Contains(path) ? problem : problem with { Descriptor = problem.Descriptor with { Severity = DiagnosticSeverity.Warning } }));
            }
        }

        // Where a project's policies are not linted, its settings still count, and what is wrong with them must be known.
        var linted = targets.Projects.Select(work => work.Folder).ToHashSet(StringComparer.Ordinal);
        foreach (var (folder, findings) in scopes.Findings.Where(project => !linted.Contains(project.Folder)))
        {
            diagnostics.AddRange(FindingPaths.Rename(findings, path => sources.Shown(Path.Combine(folder, path))));
        }

        return sources;
    }

    /// <summary>Lints everything as it is now.</summary>
    /// <param name="diagnostics">What kept files from being read; with an error in a project's own file its policy is not linted.</param>
    /// <returns>The findings, by the paths by which people know their files, sorted.</returns>
    public ImmutableArray<Diagnostic> Lint(DiagnosticBag diagnostics)
    {
        var all = new DiagnosticBag();
        foreach (var (work, project) in _projects)
        {
            if (project.Policies.IsEmpty || _unsound.Contains(work.Folder))
            {
                continue;
            }

            var found = Linter.LintPolicy(_context.Pipeline.Value.InputOf(project, _arguments.AsOf), _scopes.With(project.Settings.Lint), _context.Cancellation).Findings;
            all.AddRange(FindingPaths.Rename([.. found.Where(finding => IsAskedFor(finding, work))], path => Shown(Path.Combine(work.Folder, path))));
        }

        if (_artefacts.Count > 0)
        {
            all.AddRange(Linter.LintArtefacts([.. _artefacts.Select(artefact => artefact.Source)], path => _scopes.Of(FullPath(path)), path => _named.Contains(FullPath(path)), _context.Cancellation).Findings);
        }

        return all.ToSortedArray();
    }

    /// <summary>Takes the texts of fixed files instead of those that were read.</summary>
    /// <param name="files">The files, by the paths that findings show.</param>
    /// <returns>The policies before and after, of each project that changes.</returns>
    public ImmutableArray<(CompilationInput Before, CompilationInput After)> Replace(ImmutableArray<FixedFile> files)
    {
        var texts = files.ToDictionary(file => Path.GetFullPath(file.Old.Path, _context.WorkingDirectory), file => file.Text, StringComparer.Ordinal);
        var changed = ImmutableArray.CreateBuilder<(CompilationInput, CompilationInput)>();
        for (var i = 0; i < _projects.Count; i++)
        {
            var (work, project) = _projects[i];
            var policies = project.Policies.Select(policy => texts.TryGetValue(Path.Combine(work.Folder, policy.Path), out var text) ? new SourceText(policy.Path, text) : policy).ToImmutableArray();
            if (!policies.SequenceEqual(project.Policies))
            {
                var after = project with { Policies = policies };
                changed.Add((_context.Pipeline.Value.InputOf(project, _arguments.AsOf), _context.Pipeline.Value.InputOf(after, _arguments.AsOf)));
                _projects[i] = (work, after);
            }
        }

        for (var i = 0; i < _artefacts.Count; i++)
        {
            var (path, source) = _artefacts[i];
            if (texts.TryGetValue(path, out var text))
            {
                _artefacts[i] = (path, new SourceText(source.Path, text));
            }
        }

        return changed.ToImmutable();
    }

    private static (string Path, SourceText Source)? ReadStandardInput(LintArguments arguments, CliContext context, DiagnosticBag diagnostics)
    {
        if (!arguments.Files.Contains(StandardInput))
        {
            return arguments.StdinName is null ? null : throw new UsageException("`--stdin-filename` says what `-` stands for, and `-` is not among the files");
        }

        if (arguments.Fix != FixMode.None && !arguments.ShowsDiff)
        {
            throw new UsageException("what comes from standard input has no file that fixes could be written to", "see them with `--diff`, or name the file");
        }

        if (arguments.StdinName is not { } name)
        {
            throw new UsageException("what standard input holds is not known", "say which file it stands for: `policyc lint - --stdin-filename team.policy`");
        }

        using var input = context.OpenInput();
        using var bytes = new MemoryStream();
        input.CopyTo(bytes);
        return SourceTextDecoder.Decode(name, bytes.GetBuffer().AsSpan(0, (int)bytes.Length), null, diagnostics) is { } source
            ? (Path.GetFullPath(name, context.WorkingDirectory), source)
            : null;
    }

    private void ReportUnread(LintedProject work, LoadedProject project, string? input, DiagnosticBag diagnostics)
    {
        var read = project.Policies.Select(policy => Path.Combine(work.Folder, policy.Path)).ToHashSet(StringComparer.Ordinal);
        foreach (var path in work.Only is { } only && !_unsound.Contains(work.Folder) ? only.Where(path => path != input && !read.Contains(path)) : [])
        {
            if (SourceFiles.Read(path, Shown(path), diagnostics) is { } source)
            {
                diagnostics.Report(LintDiagnostics.PolicyNotRead, new SourceLocation(source, new TextSpan(0, 0)), $"the project does not read `{source.Path}`, so nothing in it counts", $"add it to `sources` of `{Shown(Path.Combine(work.Folder, ProjectFolder.FileName))}`, or move it");
            }
        }
    }

    private static LoadedProject Overlay(LoadedProject project, string folder, (string Path, SourceText Source) input)
    {
        var relative = Path.GetRelativePath(folder, input.Path).Replace('\\', '/');
        var isKnown = project.Policies.Any(policy => policy.Path == relative);
        var text = new SourceText(relative, input.Source.Text);
        return !input.Path.EndsWith(".policy", StringComparison.Ordinal) ? project
            : project with
            {
                Policies = isKnown
                    ? [.. project.Policies.Select(policy => policy.Path == relative ? text : policy)]
                    : [.. project.Policies.Append(text).OrderBy(policy => policy.Path, StringComparer.Ordinal)],
            };
    }

    // An error anywhere in a policy keeps the rules from being checked, so it is said whichever file was asked for.
    private static bool IsAskedFor(Diagnostic finding, LintedProject work)
        => work.Only is null
            || finding.Location is not { } location
            || work.Only.Contains(Path.Combine(work.Folder, location.Source.Path))
            || (finding.Severity == DiagnosticSeverity.Error && !Linter.HasLevel(finding.Code));

    private string FullPath(string shown) => Path.GetFullPath(shown, _context.WorkingDirectory);

    private string Shown(string path)
    {
        var relative = Path.GetRelativePath(_context.WorkingDirectory, path).Replace('\\', '/');
        return Path.IsPathRooted(relative) ? path.Replace('\\', '/') : relative;
    }
}
