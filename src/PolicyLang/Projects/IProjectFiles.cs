using System.Collections.Immutable;
using PolicyLang.Diagnostics;

namespace PolicyLang.Projects;

/// <summary>The files of a project. The only way in which the library reads anything.</summary>
public interface IProjectFiles
{
    /// <summary>The paths of the files that match glob patterns, relative to the project, with forward slashes, in ordinal order.</summary>
    /// <param name="patterns">Patterns such as <c>teams/**/*.policy</c>.</param>
    /// <param name="diagnostics">Receives what stands in the way, such as a symbolic link that leads back to itself.</param>
    ImmutableArray<string> Find(IReadOnlyCollection<string> patterns, DiagnosticBag diagnostics);

    /// <summary>Reads a text file. A file that is missing, too large, no regular file or no UTF-8 text is reported and nothing is returned.</summary>
    /// <param name="path">The path relative to the project, with forward slashes.</param>
    /// <param name="requestedAt">The place that names the file, if any.</param>
    /// <param name="diagnostics">Receives the reason.</param>
    SourceText? Read(string path, SourceLocation? requestedAt, DiagnosticBag diagnostics);
}
