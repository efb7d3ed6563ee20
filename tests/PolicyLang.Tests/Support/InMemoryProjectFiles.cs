using System.Collections.Immutable;
using System.Text;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;

namespace PolicyLang.Tests.Support;

/// <summary>A project in memory, by the same rules for patterns, paths and encodings as one on disk.</summary>
internal sealed class InMemoryProjectFiles : IProjectFiles
{
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    public InMemoryProjectFiles(params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
        {
            _files.Add(path, Encoding.UTF8.GetBytes(text));
        }
    }

    public InMemoryProjectFiles With(string path, byte[] bytes)
    {
        _files[path] = bytes;
        return this;
    }

    public ImmutableArray<string> Find(IReadOnlyCollection<string> patterns, DiagnosticBag diagnostics)
    {
        var globs = new List<GlobPattern>();
        foreach (var pattern in patterns)
        {
            if (GlobPattern.TryParse(pattern, out var problem) is { } glob)
            {
                globs.Add(glob);
            }
            else
            {
                diagnostics.Report(ProjectDiagnostics.InvalidPattern, null, $"the pattern `{pattern}` {problem}");
            }
        }

        return [.. _files.Keys.Where(path => globs.Exists(glob => glob.IsMatch(path)))];
    }

    public SourceText? Read(string path, SourceLocation? requestedAt, DiagnosticBag diagnostics)
    {
        if (ProjectPath.TryNormalize(path, out var problem, out var leaves) is not { } normal)
        {
            diagnostics.Report(leaves ? ProjectDiagnostics.OutsideProject : ProjectDiagnostics.InvalidFilePath, requestedAt, $"the path `{path}` {problem}");
            return null;
        }

        if (!_files.TryGetValue(normal, out var bytes))
        {
            diagnostics.Report(ProjectDiagnostics.FileNotFound, requestedAt, $"there is no file `{normal}`");
            return null;
        }

        return SourceTextDecoder.Decode(normal, bytes, requestedAt, diagnostics);
    }
}
