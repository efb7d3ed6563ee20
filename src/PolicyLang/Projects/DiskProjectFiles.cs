using System.Collections.Immutable;
using PolicyLang.Diagnostics;

namespace PolicyLang.Projects;

/// <summary>
/// The files of a project on disk. Wildcards do not go into linked folders, hidden folders or <c>node_modules</c>; nothing outside the
/// project is read, whatever a path or a link says; nothing but a regular file is opened.
/// </summary>
/// <param name="folder">The project folder.</param>
public sealed class DiskProjectFiles(string folder) : IProjectFiles
{
    private const string PolicyExtension = ".policy";

    private static readonly EnumerationOptions EveryEntry = new() { AttributesToSkip = 0, IgnoreInaccessible = false, ReturnSpecialDirectories = false };

    private readonly string _folder = Path.GetFullPath(folder);

    /// <inheritdoc/>
    public ImmutableArray<string> Find(IReadOnlyCollection<string> patterns, DiagnosticBag diagnostics)
    {
        var parsed = new List<GlobPattern>();
        foreach (var text in patterns)
        {
            if (GlobPattern.TryParse(text, out var problem) is { } pattern)
            {
                parsed.Add(pattern);
            }
            else
            {
                diagnostics.Report(ProjectDiagnostics.InvalidPattern, null, $"the pattern `{text}` {problem}");
            }
        }

        var found = new SortedSet<string>(StringComparer.Ordinal);
        var folders = new Stack<(string Path, ulong[] States)>();
        folders.Push(("", [.. parsed.Select(p => p.Start)]));
        while (folders.TryPop(out var current))
        {
            Visit(current.Path, current.States, parsed, found, folders, diagnostics);
        }

        return [.. found];
    }

    /// <inheritdoc/>
    public SourceText? Read(string path, SourceLocation? requestedAt, DiagnosticBag diagnostics)
    {
        var normal = ProjectPath.TryNormalize(path, out var problem, out var leavesProject);
        if (normal is null)
        {
            diagnostics.Report(
                leavesProject ? ProjectDiagnostics.OutsideProject : ProjectDiagnostics.InvalidFilePath,
                requestedAt,
                $"the path `{path}` {problem}",
                leavesProject ? "write it relative to the project folder, and keep the file inside the project" : null);
            return null;
        }

        return RegularFile.Reporting(normal, requestedAt, diagnostics, () => ReadInside(normal, requestedAt, diagnostics)) is { } bytes
            ? SourceTextDecoder.Decode(normal, bytes, requestedAt, diagnostics)
            : null;
    }

    private void Visit(string path, ulong[] states, List<GlobPattern> patterns, SortedSet<string> found, Stack<(string Path, ulong[] States)> folders, DiagnosticBag diagnostics)
    {
        try
        {
            foreach (var entry in new DirectoryInfo(Path.Combine(_folder, path)).EnumerateFileSystemInfos("*", EveryEntry))
            {
                var next = new ulong[states.Length];
                var (matches, isNamed, goesOn) = (false, false, false);
                for (var i = 0; i < states.Length; i++)
                {
                    next[i] = patterns[i].Advance(states[i], entry.Name);
                    matches |= patterns[i].Accepts(next[i]);
                    isNamed |= patterns[i].Accepts(next[i]) && patterns[i].IsLiteral;
                    goesOn |= patterns[i].ExpectsMore(next[i]);
                }

                var entryPath = path.Length == 0 ? entry.Name : $"{path}/{entry.Name}";
                var isFolder = (entry.Attributes & FileAttributes.Directory) != 0;

                // A folder whose very name was asked for, or that looks like a policy, is returned so that reading it says what it is.
                if (matches && (!isFolder || isNamed || entry.Name.EndsWith(PolicyExtension, StringComparison.OrdinalIgnoreCase)))
                {
                    found.Add(entryPath);
                }

                if (isFolder && goesOn && entry.LinkTarget is null)
                {
                    folders.Push((entryPath, next));
                }
                else if (isFolder && goesOn)
                {
                    diagnostics.Report(
                        ProjectDiagnostics.LinkedFolder,
                        null,
                        $"`{entryPath}` is a symbolic link to a folder, and patterns do not go into it",
                        "name the real folder in `sources`, or choose patterns that do not reach the link");
                }
            }
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            diagnostics.Report(
                ProjectDiagnostics.Unreadable,
                null,
                path.Length == 0 ? "the project folder cannot be read" : $"the folder `{path}` cannot be read, and it may hold sources",
                path.Length == 0 ? null : "make it readable, or choose patterns that do not reach it");
        }
    }

    private byte[]? ReadInside(string path, SourceLocation? requestedAt, DiagnosticBag diagnostics)
    {
        if (LinkResolver.Resolve(Path.Combine(_folder, path)) is not { } real || LinkResolver.Resolve(_folder) is not { } root)
        {
            diagnostics.Report(ProjectDiagnostics.LinkLoop, requestedAt, $"`{path}` is a symbolic link that leads back to itself");
            return null;
        }

        if (!IsInside(real, root))
        {
            diagnostics.Report(ProjectDiagnostics.OutsideProject, requestedAt, $"`{path}` is a symbolic link that leads out of the project", "copy the file into the project");
            return null;
        }

        return RegularFile.ReadBytes(real, path, requestedAt, diagnostics);
    }

    private static bool IsInside(string path, string root)
        => path.StartsWith(root, StringComparison.Ordinal)
            && (path.Length == root.Length || Path.EndsInDirectorySeparator(root) || path[root.Length] == Path.DirectorySeparatorChar);
}
