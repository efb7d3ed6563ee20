using PolicyLang.Diagnostics;
using PolicyLang.Projects;

namespace PolicyLang.Cli.Linting;

/// <summary>Reads and writes the files that people write.</summary>
internal static class SourceFiles
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="shown">The path shown to people.</param>
    /// <param name="diagnostics">Receives why it cannot be read.</param>
    public static SourceText? Read(string path, string shown, DiagnosticBag diagnostics)
    {
        var findings = new DiagnosticBag();
        var source = new DiskProjectFiles(Path.GetDirectoryName(path) ?? path).Read(Path.GetFileName(path), null, findings);

        // What is wrong is said of the name in its folder; people know the file by its path.
        diagnostics.AddRange(findings.ToSortedArray().Select(finding => finding with { Message = finding.Message.Replace($"`{Path.GetFileName(path)}`", $"`{shown}`", StringComparison.Ordinal) }));
        return source is null ? null : new SourceText(shown, source.Text);
    }

    /// <summary>Replaces a file as a whole: whoever reads it sees the old text or the new one. A link is followed, and permissions stay.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="text">The new text.</param>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    public static void Write(string path, string text)
    {
        var target = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        var temporary = $"{target}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllText(temporary, text);
            if (!OperatingSystem.IsWindows() && File.Exists(target))
            {
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw new UsageException($"`{Path.GetFileName(path)}` cannot be written: {exception.Message}");
        }
    }
}
