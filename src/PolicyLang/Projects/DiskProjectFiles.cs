using System.Collections.Immutable;
using System.Formats.Tar;
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

        try
        {
            return ReadInside(normal, requestedAt, diagnostics);
        }
        catch (UnauthorizedAccessException)
        {
            diagnostics.Report(ProjectDiagnostics.Unreadable, requestedAt, $"`{normal}` cannot be read: permission denied");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            diagnostics.Report(ProjectDiagnostics.FileNotFound, requestedAt, $"there is no file `{normal}`");
        }
        catch (IOException)
        {
            diagnostics.Report(ProjectDiagnostics.Unreadable, requestedAt, $"`{normal}` cannot be read");
        }

        return null;
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

    private SourceText? ReadInside(string path, SourceLocation? requestedAt, DiagnosticBag diagnostics)
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

        if (Directory.Exists(real))
        {
            diagnostics.Report(ProjectDiagnostics.NotAFile, requestedAt, $"`{path}` is a folder, not a file");
            return null;
        }

        var length = new FileInfo(real).Length;
        if (length > SourceTextDecoder.MaxBytes)
        {
            SourceTextDecoder.ReportSize(path, length, requestedAt, diagnostics);
            return null;
        }

        // Pipes, sockets and devices have no size, and opening one could wait for ever. Only an empty file needs the closer look.
        if (length == 0)
        {
            if (!IsRegularFile(real))
            {
                diagnostics.Report(ProjectDiagnostics.NotAFile, requestedAt, $"`{path}` is a device, a pipe or a socket, not a file");
                return null;
            }

            return new SourceText(path, "");
        }

        // One byte more than allowed, so that a file that grows meanwhile is noticed.
        using var stream = new FileStream(real, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var buffer = new byte[Math.Min(length, SourceTextDecoder.MaxBytes) + 1];
        var count = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return SourceTextDecoder.Decode(path, buffer.AsSpan(0, count), requestedAt, diagnostics);
    }

    private static bool IsInside(string path, string root)
        => path.StartsWith(root, StringComparison.Ordinal)
            && (path.Length == root.Length || Path.EndsInDirectorySeparator(root) || path[root.Length] == Path.DirectorySeparatorChar);

    // The base library tells a file's type only to the writer of archives, which looks before it opens anything.
    private static bool IsRegularFile(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        using var header = new MemoryStream();
        using var writer = new TarWriter(header, TarEntryFormat.Ustar, leaveOpen: true);
        try
        {
            writer.WriteEntry(path, "file");
        }
        catch (IOException)
        {
            return false; // a socket, which archives cannot hold
        }

        writer.Dispose();
        header.Position = 0;
        using var reader = new TarReader(header);
        return reader.GetNextEntry()?.EntryType == TarEntryType.RegularFile;
    }
}
