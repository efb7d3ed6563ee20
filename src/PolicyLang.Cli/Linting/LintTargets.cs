using System.Collections.Immutable;
using PolicyLang.Cli.Building;
using PolicyLang.Diagnostics;
using PolicyLang.Linting;
using PolicyLang.Projects;

namespace PolicyLang.Cli.Linting;

/// <summary>A project that is linted.</summary>
/// <param name="Folder">Its folder, as a full path.</param>
/// <param name="Only">The full paths of the policies whose findings are asked for; absent for all.</param>
internal sealed record LintedProject(string Folder, ImmutableSortedSet<string>? Only);

/// <summary>What a run lints.</summary>
/// <param name="Projects">The projects, by folder.</param>
/// <param name="Artefacts">The files of other systems, as full paths, sorted.</param>
/// <param name="Named">Those of them that were named, and not found in a folder.</param>
internal sealed record LintTargets(ImmutableArray<LintedProject> Projects, ImmutableArray<string> Artefacts, ImmutableHashSet<string> Named)
{
    private const string PolicyExtension = ".policy";

    private static readonly ImmutableArray<string> ArtefactPatterns = ["**/*.yaml", "**/*.yml", "**/*.json", "**/*.hujson", "**/*.tf"];

    /// <summary>Sorts out what was named on the command line.</summary>
    /// <param name="named">Files, folders and patterns.</param>
    /// <param name="workingDirectory">Where relative ones start.</param>
    /// <param name="input">The full path of the file that standard input stands for, or nothing.</param>
    /// <param name="diagnostics">Receives what cannot be searched.</param>
    /// <exception cref="UsageException">Something named is not there or nothing that is linted.</exception>
    public static LintTargets Of(ImmutableArray<string> named, string workingDirectory, string? input, DiagnosticBag diagnostics)
    {
        var projects = new SortedDictionary<string, ImmutableSortedSet<string>?>(StringComparer.Ordinal);
        var artefacts = new SortedSet<string>(StringComparer.Ordinal);
        var asked = new HashSet<string>(StringComparer.Ordinal);
        var outputs = new OwnedOutputs();
        if (input is not null)
        {
            AddFile(input, input);
        }

        foreach (var name in named)
        {
            if (name.Length == 0)
            {
                throw new UsageException("an empty name is no file or folder");
            }

            var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(name, workingDirectory));
            if (Directory.Exists(path))
            {
                AddFolder(path);
            }
            else if (File.Exists(path))
            {
                AddFile(path, name);
            }
            else if (name.AsSpan().IndexOfAny('*', '?') >= 0)
            {
                AddPattern(name);
            }
            else
            {
                throw new UsageException($"there is no file or folder `{name}`");
            }
        }

        return new LintTargets([.. projects.Select(project => new LintedProject(project.Key, project.Value))], [.. artefacts], [.. asked]);

        void AddFile(string path, string shown)
        {
            if (path.EndsWith(PolicyExtension, StringComparison.Ordinal))
            {
                AddPolicy(path);
            }
            else if (Linter.Reads(path))
            {
                // Hooks name what is staged, outputs among it; they are as good as the policy behind them.
                if (!outputs.Holds(path))
                {
                    artefacts.Add(path);
                    asked.Add(path);
                }
            }
            else
            {
                throw new UsageException($"`{shown}` is nothing that policyc lints", "it lints `.policy`, `.yaml`, `.yml`, `.json`, `.hujson` and `.tf` files");
            }
        }

        void AddPolicy(string path)
        {
            var folder = ProjectOf(path, workingDirectory);
            projects[folder] = projects.TryGetValue(folder, out var known) ? known?.Add(path) : ImmutableSortedSet.Create(StringComparer.Ordinal, path);
        }

        void AddFolder(string folder)
        {
            var disk = new DiskProjectFiles(folder);
            foreach (var file in FindIn(disk, ["**/*" + PolicyExtension], diagnostics))
            {
                // A project that is named as a whole is linted as a whole.
                var path = Path.Combine(folder, file);
                if (new FileInfo(path).LinkTarget is not null)
                {
                    continue;
                }

                if (ProjectOf(path, folder) == folder)
                {
                    projects[folder] = null;
                }
                else
                {
                    AddPolicy(path);
                }
            }

            artefacts.UnionWith(ArtefactsIn(disk, folder, ArtefactPatterns, diagnostics));
        }

        void AddPattern(string pattern)
        {
            var found = new DiskProjectFiles(workingDirectory).Find([pattern.Replace('\\', '/')], diagnostics);
            if (found.IsEmpty)
            {
                throw new UsageException($"the pattern `{pattern}` matches no file");
            }

            foreach (var file in found)
            {
                AddFile(Path.Combine(workingDirectory, file), file);
            }
        }
    }

    /// <summary>Files of other systems in a folder, without those that policyc wrote there, which are as good as the policy behind them.</summary>
    /// <param name="disk">The folder's files.</param>
    /// <param name="folder">The folder's full path.</param>
    /// <param name="patterns">Which files.</param>
    /// <param name="diagnostics">Receives what cannot be searched.</param>
    public static IEnumerable<string> ArtefactsIn(DiskProjectFiles disk, string folder, ImmutableArray<string> patterns, DiagnosticBag diagnostics)
    {
        var outputs = new OwnedOutputs();
        return FindIn(disk, patterns, diagnostics)
            .Select(file => Path.Combine(folder, file))
            .Where(file => Path.GetFileName(file) != ProjectFolder.FileName && Linter.Reads(file) && !outputs.Holds(file) && new FileInfo(file).LinkTarget is null);
    }

    // That patterns do not go into linked folders is a warning where `sources` name them, and as it should be here.
    private static ImmutableArray<string> FindIn(DiskProjectFiles disk, ImmutableArray<string> patterns, DiagnosticBag diagnostics)
    {
        var findings = new DiagnosticBag();
        var found = disk.Find(patterns, findings);
        diagnostics.AddRange(findings.ToSortedArray().Where(finding => finding.Severity == DiagnosticSeverity.Error));
        return found;
    }

    // Without a project file the folder that was named or that policyc runs in is the project, as for the other commands.
    private static string ProjectOf(string policy, string named)
    {
        var folder = Path.GetDirectoryName(policy) ?? named;
        return ProjectFolder.FindAbove(folder) ?? (IsInside(folder, named) ? named : folder);
    }

    private static bool IsInside(string path, string folder) => path == folder || path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);
}
