using System.Collections.Immutable;
using PolicyLang.Cli.Building;
using PolicyLang.Diagnostics;
using PolicyLang.Formatting;
using PolicyLang.Projects;
using PolicyLang.Projects.Outputs;

namespace PolicyLang.Cli.Formatting;

/// <summary>Finds the files that <c>policyc fmt</c> is about.</summary>
/// <param name="context">What the command may touch.</param>
/// <param name="diagnostics">Receives what stands in the way.</param>
internal sealed class FormatFinder(CliContext context, DiagnosticBag diagnostics)
{
    private readonly SortedDictionary<string, FormatSource> _found = new(StringComparer.Ordinal);

    /// <summary>The folder of the project whose files were asked for; absent when files were named.</summary>
    public string? Project { get; private set; }

    /// <summary>The files, each once, in the order of their names.</summary>
    /// <param name="arguments">Files and folders; none for the policy files of the project around the working directory.</param>
    /// <exception cref="UsageException">An argument names nothing that could be formatted.</exception>
    public ImmutableArray<FormatSource> Find(ImmutableArray<string> arguments)
    {
        if (arguments.IsEmpty)
        {
            Project = ProjectFolder.Find(null, context.WorkingDirectory);
            AddProject(Project);
        }

        foreach (var argument in arguments)
        {
            var full = Path.GetFullPath(argument, context.WorkingDirectory);
            if (Directory.Exists(full))
            {
                AddFolder(argument, full);
            }
            else if (File.Exists(full) || new FileInfo(full).LinkTarget is not null)
            {
                Add(full, IsAbsolute(argument));
            }
            else
            {
                throw new UsageException($"`{argument}` does not exist");
            }
        }

        return [.. _found.Values.OrderBy(file => file.Shown, StringComparer.Ordinal)];
    }

    private void AddProject(string folder)
    {
        var findings = new DiagnosticBag();
        var project = context.Pipeline.Value.Load(folder, findings);

        // What else the project file may warn of is the matter of a build.
        diagnostics.AddRange(findings.ToSortedArray().Where(d => d.Severity == DiagnosticSeverity.Error));
        foreach (var policy in project?.Policies ?? [])
        {
            Add(Path.GetFullPath(policy.Path, folder), isAbsolute: false);
        }
    }

    private void AddFolder(string argument, string folder)
    {
        var findings = new DiagnosticBag();
        var paths = new DiskProjectFiles(folder).Find([$"**/*{FileFormatter.PolicyExtension}", $"**/*{FileFormatter.HuJsonExtension}"], findings);
        diagnostics.AddRange(findings.ToSortedArray().Where(d => d.Severity == DiagnosticSeverity.Error));

        // What a link leads to is formatted where it stands, if that is in the folder at all.
        var files = paths.Select(path => Path.GetFullPath(path, folder)).Where(path => new FileInfo(path).LinkTarget is null).ToArray();
        if (files.Length == 0 && !findings.HasErrors)
        {
            throw new UsageException($"`{argument}` holds no `{FileFormatter.PolicyExtension}` and no `{FileFormatter.HuJsonExtension}` file");
        }

        var outputs = new OutputFolders(folder);
        foreach (var file in files.Where(file => !outputs.Holds(file)))
        {
            Add(file, IsAbsolute(argument));
        }
    }

    private static bool IsAbsolute(string argument) => Path.IsPathRooted(argument);

    private void Add(string full, bool isAbsolute)
    {
        var shown = (isAbsolute ? full : Path.GetRelativePath(context.WorkingDirectory, full)).Replace(Path.DirectorySeparatorChar, '/');
        try
        {
            var real = File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
            _found.TryAdd(real, new FormatSource(shown, full, real));
        }
        catch (IOException)
        {
            diagnostics.Report(ProjectDiagnostics.LinkLoop, null, $"`{shown}` is a symbolic link that leads back to itself");
        }
    }

    /// <summary>Folders that builds write to: their files are what a build makes them, which may hold another one's text byte for byte.</summary>
    private sealed class OutputFolders(string top)
    {
        private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);

        public bool Holds(string path)
        {
            var folder = Path.GetDirectoryName(path) ?? top;
            if (!_known.TryGetValue(folder, out var isOutput))
            {
                isOutput = File.Exists(Path.Combine(folder, OutputManifest.FileName)) || (folder.Length > top.Length && Holds(folder));
                _known.Add(folder, isOutput);
            }

            return isOutput;
        }
    }
}
