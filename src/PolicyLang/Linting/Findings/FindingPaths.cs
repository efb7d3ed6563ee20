using System.Collections.Immutable;
using PolicyLang.Diagnostics;

namespace PolicyLang.Linting;

/// <summary>Gives findings about a project's files the paths by which whoever runs the program knows these files.</summary>
public static class FindingPaths
{
    /// <summary>The same findings with other paths. Only paths change: spans and texts stay.</summary>
    /// <param name="findings">The findings.</param>
    /// <param name="rename">The new path of a file.</param>
    public static ImmutableArray<Diagnostic> Rename(ImmutableArray<Diagnostic> findings, Func<string, string> rename)
    {
        var renamed = new Dictionary<SourceText, SourceText>(ReferenceEqualityComparer.Instance);
        return
        [
            .. findings.Select(finding => finding with
            {
                Location = finding.Location is { } location ? Moved(location) : null,
                Related = [.. finding.Related.Select(related => related with { Location = Moved(related.Location) })],
                Fix = finding.Fix is { } fix ? fix with { Edits = [.. fix.Edits.Select(edit => edit with { Location = Moved(edit.Location) })] } : null,
            }),
        ];

        SourceLocation Moved(SourceLocation location)
        {
            if (!renamed.TryGetValue(location.Source, out var source))
            {
                var path = rename(location.Source.Path);
                source = path == location.Source.Path ? location.Source : new SourceText(path, location.Source.Text);
                renamed.Add(location.Source, source);
            }

            return location with { Source = source };
        }
    }
}
