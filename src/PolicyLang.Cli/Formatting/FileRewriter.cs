using PolicyLang.Diagnostics;
using PolicyLang.Formatting;

namespace PolicyLang.Cli.Formatting;

/// <summary>Replaces the content of a file whole or not at all.</summary>
internal static class FileRewriter
{
    /// <summary>Puts a file's new content in its place: written beside it under another name, then renamed. Its permissions stay.</summary>
    /// <returns>Whether the file was rewritten; otherwise the reason was reported.</returns>
    public static bool Write(FormattedFile file, DiagnosticBag diagnostics)
    {
        var path = file.File.Real;
        var temporary = Path.Combine(Path.GetDirectoryName(path) ?? "", $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}");
        try
        {
            // A rename asks nobody whether the file may be written.
            if (File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly))
            {
                Report(file, "it is read-only", diagnostics);
                return false;
            }

            Create(temporary, path, file.After);
            if (!File.ReadAllBytes(path).AsSpan().SequenceEqual(file.Before))
            {
                File.Delete(temporary);
                Report(file, "somebody else has changed it meanwhile", diagnostics);
                return false;
            }

            File.Move(temporary, path, overwrite: true);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            Report(file, exception is UnauthorizedAccessException ? "permission denied" : exception.Message.TrimEnd('.'), diagnostics);
            return false;
        }
    }

    private static void Create(string temporary, string path, ReadOnlySpan<byte> content)
    {
        using var handle = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.None, content.Length);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(handle, File.GetUnixFileMode(path));
        }

        RandomAccess.Write(handle, content, 0);
        RandomAccess.FlushToDisk(handle);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whoever refused the file refuses this too, and has been reported.
        }
    }

    private static void Report(FormattedFile file, string reason, DiagnosticBag diagnostics)
        => diagnostics.Report(FormattingDiagnostics.NotWritten, null, $"`{file.File.Shown}` cannot be rewritten: {reason}");
}
