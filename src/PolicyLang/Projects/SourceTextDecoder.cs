using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using PolicyLang.Diagnostics;

namespace PolicyLang.Projects;

/// <summary>Turns the bytes of a file into text: UTF-8, with or without byte order mark, without NUL.</summary>
public static class SourceTextDecoder
{
    /// <summary>The greatest size of a file, in bytes.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>Decodes a file, or reports why it is no text.</summary>
    /// <param name="path">The path shown to people.</param>
    /// <param name="bytes">The content.</param>
    /// <param name="requestedAt">The place that names the file, if any.</param>
    /// <param name="diagnostics">Receives the reason.</param>
    public static SourceText? Decode(string path, ReadOnlySpan<byte> bytes, SourceLocation? requestedAt, DiagnosticBag diagnostics)
    {
        if (bytes.Length > MaxBytes)
        {
            ReportSize(path, bytes.Length, requestedAt, diagnostics);
            return null;
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            diagnostics.Report(ProjectDiagnostics.NotUtf8, requestedAt, $"`{path}` is UTF-16 text", "save it as UTF-8");
            return null;
        }

        var body = bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? bytes[3..] : bytes;
        var nul = bytes.IndexOf((byte)0);
        if (nul >= 0)
        {
            diagnostics.Report(ProjectDiagnostics.NulByte, requestedAt, $"`{path}` holds a NUL byte at {Place(bytes, nul)}", "policyc reads only text; save it as UTF-8");
            return null;
        }

        if (Utf8.IsValid(body))
        {
            return new SourceText(path, Encoding.UTF8.GetString(body));
        }

        var wrong = bytes.Length - body.Length + FirstInvalid(body);
        var value = bytes[wrong].ToString("X2", CultureInfo.InvariantCulture);
        diagnostics.Report(ProjectDiagnostics.NotUtf8, requestedAt, $"`{path}` is not UTF-8: byte 0x{value} at {Place(bytes, wrong)}", "save it as UTF-8");
        return null;
    }

    /// <summary>Reports a file that is too large to be read.</summary>
    /// <param name="path">The path shown to people.</param>
    /// <param name="size">The size in bytes.</param>
    /// <param name="requestedAt">The place that names the file, if any.</param>
    /// <param name="diagnostics">Receives the finding.</param>
    public static void ReportSize(string path, long size, SourceLocation? requestedAt, DiagnosticBag diagnostics)
    {
        var megabytes = (size / 1048576.0).ToString("0.0", CultureInfo.InvariantCulture);
        diagnostics.Report(ProjectDiagnostics.FileTooLarge, requestedAt, $"`{path}` is {megabytes} MB large; policyc reads at most 16 MB", "split it into several files");
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        var position = 0;
        while (Rune.DecodeFromUtf8(bytes[position..], out _, out var length) == OperationStatus.Done)
        {
            position += length;
        }

        return position;
    }

    private static string Place(ReadOnlySpan<byte> bytes, int offset)
        => string.Create(CultureInfo.InvariantCulture, $"offset {offset}, line {bytes[..offset].Count((byte)'\n') + 1}");
}
