using System.Collections.Immutable;
using System.Text;
using PolicyLang.Diagnostics;
using PolicyLang.Formatting;
using PolicyLang.Projects;
using PolicyLang.Projects.Outputs;

namespace PolicyLang.Cli.Formatting;

/// <summary>A file that is to be formatted.</summary>
/// <param name="Shown">Its path as people call it, with forward slashes.</param>
/// <param name="Full">Its full path.</param>
/// <param name="Real">The full path of the file itself, when the other one is a link to it.</param>
internal sealed record FormatSource(string Shown, string Full, string Real);

/// <summary>A file before and after.</summary>
/// <param name="File">The file.</param>
/// <param name="Before">Its bytes; empty when they cannot be read.</param>
/// <param name="After">The bytes that it should have; absent when there are findings.</param>
/// <param name="Diagnostics">Why it cannot be formatted.</param>
internal sealed record FormattedFile(FormatSource File, byte[] Before, byte[]? After, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Whether the file is in another layout.</summary>
    public bool Changes => After is not null && !After.AsSpan().SequenceEqual(Before);

    /// <summary>The change, for a diff.</summary>
    public OutputChange ToChange() => new(File.Shown, null, OutputChangeKind.Update, Before, After);

    /// <summary>Reads and formats a file.</summary>
    public static FormattedFile Read(FormatSource file, CancellationToken cancellation)
    {
        var diagnostics = new DiagnosticBag();
        return RegularFile.Read(file.Real, file.Shown, diagnostics) is { } bytes
            ? Of(file, bytes, FileFormatter.Format, cancellation)
            : new FormattedFile(file, [], null, diagnostics.ToSortedArray());
    }

    /// <summary>Formats bytes.</summary>
    public static FormattedFile Of(FormatSource file, byte[] bytes, Func<SourceText, CancellationToken, FormattedText> format, CancellationToken cancellation)
    {
        var diagnostics = new DiagnosticBag();
        if (SourceTextDecoder.Decode(file.Shown, bytes, null, diagnostics) is not { } source)
        {
            return new FormattedFile(file, bytes, null, diagnostics.ToSortedArray());
        }

        var formatted = format(source, cancellation);
        return new FormattedFile(file, bytes, formatted.Text is { } text ? Encoding.UTF8.GetBytes(text) : null, formatted.Diagnostics);
    }
}
