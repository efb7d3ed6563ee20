using PolicyLang.Diagnostics;
using PolicyLang.Projects;

namespace PolicyLang.Cli.Linting;

/// <summary>Reads the files that people write.</summary>
internal static class SourceFiles
{
    /// <summary>Reads a file. A link is followed.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="shown">The path shown to people.</param>
    /// <param name="diagnostics">Receives why it cannot be read.</param>
    public static SourceText? Read(string path, string shown, DiagnosticBag diagnostics)
        => RegularFile.Read(path, shown, diagnostics) is { } bytes ? SourceTextDecoder.Decode(shown, bytes, null, diagnostics) : null;

    /// <summary>The full path of the file itself, where a path is that of a link.</summary>
    public static string RealPath(string path) => new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
}
