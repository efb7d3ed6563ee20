using System.Formats.Tar;
using PolicyLang.Diagnostics;

namespace PolicyLang.Projects;

/// <summary>Reads regular files, and says of everything else why it is none.</summary>
public static class RegularFile
{
    /// <summary>Reads a file whole. One that is missing, too large, unreadable or no regular file is reported and nothing is returned.</summary>
    /// <param name="file">The full path. Links are followed.</param>
    /// <param name="path">The path shown to people.</param>
    /// <param name="diagnostics">Receives the reason.</param>
    public static byte[]? Read(string file, string path, DiagnosticBag diagnostics)
        => Reporting(path, null, diagnostics, () =>
        {
            // The size of a link is that of the path in it.
            if (LinkResolver.Resolve(file) is { } real)
            {
                return ReadBytes(real, path, null, diagnostics);
            }

            diagnostics.Report(ProjectDiagnostics.LinkLoop, null, $"`{path}` is a symbolic link that leads back to itself");
            return null;
        });

    /// <summary>Runs what reads a file, and reports what the file system refuses.</summary>
    internal static byte[]? Reporting(string path, SourceLocation? requestedAt, DiagnosticBag diagnostics, Func<byte[]?> read)
    {
        try
        {
            return read();
        }
        catch (UnauthorizedAccessException)
        {
            diagnostics.Report(ProjectDiagnostics.Unreadable, requestedAt, $"`{path}` cannot be read: permission denied");
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            diagnostics.Report(ProjectDiagnostics.FileNotFound, requestedAt, $"there is no file `{path}`");
        }
        catch (IOException)
        {
            diagnostics.Report(ProjectDiagnostics.Unreadable, requestedAt, $"`{path}` cannot be read");
        }

        return null;
    }

    /// <summary>Reads a file whole; what the file system refuses is thrown.</summary>
    internal static byte[]? ReadBytes(string file, string path, SourceLocation? requestedAt, DiagnosticBag diagnostics)
    {
        if (Directory.Exists(file))
        {
            diagnostics.Report(ProjectDiagnostics.NotAFile, requestedAt, $"`{path}` is a folder, not a file");
            return null;
        }

        var length = new FileInfo(file).Length;
        if (length > SourceTextDecoder.MaxBytes)
        {
            SourceTextDecoder.ReportSize(path, length, requestedAt, diagnostics);
            return null;
        }

        // Pipes, sockets and devices have no size, and opening one could wait for ever. Only an empty file needs the closer look.
        if (length == 0)
        {
            if (!IsRegularFile(file))
            {
                diagnostics.Report(ProjectDiagnostics.NotAFile, requestedAt, $"`{path}` is a device, a pipe or a socket, not a file");
                return null;
            }

            return [];
        }

        // One byte more than allowed, so that a file that grows meanwhile is noticed.
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var buffer = new byte[Math.Min(length, SourceTextDecoder.MaxBytes) + 1];
        var count = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return buffer[..count];
    }

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
