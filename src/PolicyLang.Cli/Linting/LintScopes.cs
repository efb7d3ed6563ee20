using System.Collections.Immutable;
using PolicyLang.Cli.Building;
using PolicyLang.Diagnostics;
using PolicyLang.Linting;
using PolicyLang.Projects;

namespace PolicyLang.Cli.Linting;

/// <summary>
/// Which settings count for files of other systems: those of the nearest project around a file, and where it is in none those of the project around the working
/// directory. What the command line says counts more than either.
/// </summary>
internal sealed class LintScopes
{
    private readonly IBuildPipeline _pipeline;
    private readonly LintArguments _arguments;
    private readonly string _home;
    private readonly string _workingDirectory;
    private readonly Dictionary<string, string> _projectOf = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (LintSettings Settings, ImmutableArray<Diagnostic> Findings)> _projects = new(StringComparer.Ordinal);

    /// <summary>Begins with the project around the working directory.</summary>
    /// <param name="pipeline">Reads settings.</param>
    /// <param name="home">The folder of that project, as a full path.</param>
    /// <param name="workingDirectory">The working directory.</param>
    /// <param name="arguments">What the command line says.</param>
    public LintScopes(IBuildPipeline pipeline, string home, string workingDirectory, LintArguments arguments)
    {
        _pipeline = pipeline;
        _arguments = arguments;
        _home = home;
        _workingDirectory = workingDirectory;
        Home = Read(home);
    }

    /// <summary>What the project around the working directory says.</summary>
    public LintSettings Home { get; }

    /// <summary>What is wrong with the settings of the projects that were met so far, by folder.</summary>
    public IEnumerable<(string Folder, ImmutableArray<Diagnostic> Findings)> Findings => _projects.Select(project => (project.Key, project.Value.Findings));

    /// <summary>What counts for a file.</summary>
    /// <param name="path">Its full path.</param>
    public LintScope Of(string path)
    {
        var folder = Path.GetDirectoryName(path) ?? _workingDirectory;
        if (!_projectOf.TryGetValue(folder, out var project))
        {
            _projectOf.Add(folder, project = ProjectFolder.FindAbove(folder) ?? _home);
        }

        if (!_projects.ContainsKey(project))
        {
            Read(project);
        }

        // A file outside of the project is known by the path that people see.
        var relative = RelativePath(project, path);
        return new LintScope(_projects[project].Settings, relative.StartsWith("../", StringComparison.Ordinal) ? RelativePath(_workingDirectory, path) : relative);
    }

    /// <summary>Settings with what the command line says.</summary>
    public LintSettings With(LintSettings settings) => settings with
    {
        Levels = [.. _arguments.Levels, .. settings.Levels],
        FileLevels = _arguments.Levels.IsEmpty ? settings.FileLevels : [.. settings.FileLevels, new FileLevels([AnyFile], _arguments.Levels)],
        Preview = settings.Preview || _arguments.Preview,
    };

    private static GlobPattern AnyFile { get; } = GlobPattern.TryParse("**/*", out _) ?? throw new InvalidOperationException("the pattern is one");

    private LintSettings Read(string folder)
    {
        var findings = new DiagnosticBag();
        var settings = With(_pipeline.LoadSettings(folder, findings).Lint);
        _projects.Add(folder, (settings, findings.ToSortedArray()));
        return settings;
    }

    private static string RelativePath(string folder, string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');
}
