using System.Collections.Immutable;
using System.Text;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;

namespace PolicyLang.Cli.Git;

/// <summary>
/// The files of a project in a revision, by the rules of a project on disk: links inside the project are followed, those that lead out of it are not, and patterns do not go into linked folders. The files
/// of a submodule are not in the repository, so patterns that reach one are an error.
/// </summary>
/// <param name="repository">The repository.</param>
/// <param name="entries">The entries of the project's folder, by path relative to it.</param>
internal sealed class GitProjectFiles(GitRepository repository, ImmutableSortedDictionary<string, GitEntry> entries) : IProjectFiles
{
    // As many as Linux follows before it reports ELOOP.
    private const int MostLinks = 40;
    private const string PolicyExtension = ".policy";

    private readonly HashSet<string> _folders = [.. entries.Keys.SelectMany(FoldersOf)];
    private readonly Dictionary<string, GitContent> _contents = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ImmutableArray<string> Find(IReadOnlyCollection<string> patterns, DiagnosticBag diagnostics)
    {
        var globs = new List<GlobPattern>();
        foreach (var text in patterns)
        {
            if (GlobPattern.TryParse(text, out var problem) is { } glob)
            {
                globs.Add(glob);
            }
            else
            {
                diagnostics.Report(ProjectDiagnostics.InvalidPattern, null, $"the pattern `{text}` {problem}");
            }
        }

        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (path, entry) in entries)
        {
            if (globs.Exists(g => g.IsMatch(path)))
            {
                found.Add(path);
            }

            if (entry.Kind != GitEntryKind.File && globs.Exists(g => g.MayMatchInside(path)))
            {
                ReportNotEntered(path, entry.Kind, diagnostics);
            }
        }

        // A folder whose very name was asked for, or that looks like a policy, is returned so that reading it says what it is.
        found.UnionWith(_folders.Where(f => globs.Exists(g => g.IsMatch(f) && (g.IsLiteral || f.EndsWith(PolicyExtension, StringComparison.OrdinalIgnoreCase)))));

        // One call of git for all of them.
        Load(found.Where(entries.ContainsKey).Select(path => entries[path]));
        return [.. found];
    }

    /// <inheritdoc/>
    public SourceText? Read(string path, SourceLocation? requestedAt, DiagnosticBag diagnostics)
    {
        if (ProjectPath.TryNormalize(path, out var problem, out var leavesProject) is not { } normal)
        {
            diagnostics.Report(
                leavesProject ? ProjectDiagnostics.OutsideProject : ProjectDiagnostics.InvalidFilePath,
                requestedAt,
                $"the path `{path}` {problem}",
                leavesProject ? "write it relative to the project folder, and keep the file inside the project" : null);
            return null;
        }

        if (FollowLinks(normal, requestedAt, diagnostics) is not { } real)
        {
            return null;
        }

        if (_folders.Contains(real) || real.Length == 0)
        {
            diagnostics.Report(ProjectDiagnostics.NotAFile, requestedAt, $"`{normal}` is a folder, not a file");
            return null;
        }

        if (!entries.TryGetValue(real, out var entry))
        {
            diagnostics.Report(ProjectDiagnostics.FileNotFound, requestedAt, $"there is no file `{normal}`");
            return null;
        }

        if (entry.Kind == GitEntryKind.Submodule)
        {
            diagnostics.Report(ProjectDiagnostics.NotAFile, requestedAt, $"`{normal}` is a submodule, not a file");
            return null;
        }

        if (!entry.HasReadableName)
        {
            diagnostics.Report(ProjectDiagnostics.Unreadable, requestedAt, $"`{normal}` cannot be read: its name is not UTF-8", "rename it");
            return null;
        }

        Load([entry]);
        var content = _contents[entry.ObjectId];
        if (content.Bytes is not { } bytes)
        {
            SourceTextDecoder.ReportSize(normal, content.Size, requestedAt, diagnostics);
            return null;
        }

        return SourceTextDecoder.Decode(normal, bytes, requestedAt, diagnostics);
    }

    private static IEnumerable<string> FoldersOf(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..slash];
        }
    }

    private void ReportNotEntered(string path, GitEntryKind kind, DiagnosticBag diagnostics)
    {
        if (kind == GitEntryKind.Submodule)
        {
            diagnostics.Report(
                ProjectDiagnostics.Unreadable,
                null,
                $"`{path}` is a submodule: its files are in another repository, and they may hold sources",
                "choose `sources` that do not reach it, or compare two folders");
        }
        else if (IsFolder(path))
        {
            diagnostics.Report(
                ProjectDiagnostics.LinkedFolder,
                null,
                $"`{path}` is a symbolic link to a folder, and patterns do not go into it",
                "name the real folder in `sources`, or choose patterns that do not reach the link");
        }
    }

    private bool IsFolder(string link) => FollowLinks(link, null, new DiagnosticBag()) is { } real && (real.Length == 0 || _folders.Contains(real));

    private string? FollowLinks(string path, SourceLocation? requestedAt, DiagnosticBag diagnostics)
    {
        var pending = new Stack<string>(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        var real = new List<string>();
        var links = 0;
        while (pending.TryPop(out var part))
        {
            if (part is "." or "..")
            {
                if (part == ".." && real.Count == 0)
                {
                    diagnostics.Report(ProjectDiagnostics.OutsideProject, requestedAt, $"`{path}` is a symbolic link that leads out of the project", "copy the file into the project");
                    return null;
                }

                real.RemoveRange(real.Count - (part == ".." ? 1 : 0), part == ".." ? 1 : 0);
                continue;
            }

            real.Add(part);
            if (!entries.TryGetValue(string.Join('/', real), out var entry) || entry.Kind != GitEntryKind.Link)
            {
                continue;
            }

            if (++links > MostLinks)
            {
                diagnostics.Report(ProjectDiagnostics.LinkLoop, requestedAt, $"`{path}` is a symbolic link that leads back to itself");
                return null;
            }

            Load([entry]);
            var target = Encoding.UTF8.GetString(_contents[entry.ObjectId].Bytes ?? []);
            if (target.StartsWith('/') || target.Contains('\0', StringComparison.Ordinal))
            {
                diagnostics.Report(ProjectDiagnostics.OutsideProject, requestedAt, $"`{path}` is a symbolic link that leads out of the project", "copy the file into the project");
                return null;
            }

            real.RemoveAt(real.Count - 1);
            foreach (var inner in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
            {
                pending.Push(inner);
            }
        }

        return string.Join('/', real);
    }

    private void Load(IEnumerable<GitEntry> wanted)
    {
        var missing = wanted.Where(e => e.Kind != GitEntryKind.Submodule && !_contents.ContainsKey(e.ObjectId)).Select(e => e.ObjectId).ToArray();
        foreach (var (id, content) in repository.Read(missing, SourceTextDecoder.MaxBytes))
        {
            _contents.Add(id, content);
        }
    }
}
