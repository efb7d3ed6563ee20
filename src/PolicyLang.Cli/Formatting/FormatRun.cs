using System.Collections.Immutable;
using System.Text;
using PolicyLang.Cli.Rendering;
using PolicyLang.Diagnostics;
using PolicyLang.Formatting;
using PolicyLang.Projects;

namespace PolicyLang.Cli.Formatting;

/// <summary>One run of <c>policyc fmt</c>.</summary>
internal sealed class FormatRun(CliContext context, FormatArguments arguments)
{
    private const string InputWithoutName = "<stdin>";

    private readonly DiagnosticBag _diagnostics = new();
    private readonly TextStyle _style = TextStyle.For(arguments.Color, context);

    /// <summary>Formats, checks or shows.</summary>
    /// <returns>The exit status.</returns>
    public int Execute()
    {
        if (arguments.ReadsInput)
        {
            return FormatInput();
        }

        if (arguments.InputName is not null)
        {
            throw new UsageException("`--stdin-filename` names what comes by standard input", "write `policyc fmt - --stdin-filename NAME`");
        }

        var finder = new FormatFinder(context, _diagnostics);
        var sources = finder.Find(arguments.Files);
        var files = new FormattedFile[sources.Length];
        Parallel.For(0, files.Length, new ParallelOptions { CancellationToken = context.Cancellation }, i => files[i] = FormattedFile.Read(sources[i], context.Cancellation));
        foreach (var file in files)
        {
            _diagnostics.AddRange(file.Diagnostics);
        }

        FormattedFile[] changed = [.. files.Where(file => file.Changes)];
        if (arguments.Check || arguments.Diff)
        {
            return Show(changed);
        }

        if (changed.Length > 0)
        {
            Rewrite(changed, finder.Project);
        }

        return Finish(context.Output);
    }

    private int FormatInput()
    {
        if (arguments.Files.Length > 1)
        {
            throw new UsageException($"beside `{FormatArguments.StandardInput}` no file can be named");
        }

        using var input = context.OpenInput();
        var buffer = new byte[SourceTextDecoder.MaxBytes + 1];
        var bytes = buffer[..input.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
        var name = arguments.InputName ?? InputWithoutName;
        var file = FormattedFile.Of(
            new FormatSource(name, name, name),
            bytes,
            arguments.InputName is null ? PolicyFormatter.Format : FileFormatter.Format,
            context.Cancellation);
        if (file.After is null)
        {
            // Whoever takes standard output for the new text must not find a message in it.
            _diagnostics.AddRange(file.Diagnostics);
            return Finish(context.Error);
        }

        if (arguments.Check || arguments.Diff)
        {
            return Show(file.Changes ? [file] : []);
        }

        context.Output.Write(Encoding.UTF8.GetString(file.After));
        return ExitCodes.Fine;
    }

    private int Show(FormattedFile[] changed)
    {
        if (arguments.Diff)
        {
            DiffLines.Write(changed.Select(file => file.ToChange()), _style, context.Output);
        }

        if (arguments.Check)
        {
            foreach (var file in changed)
            {
                _diagnostics.Report(FormattingDiagnostics.NotFormatted, null, $"`{file.File.Shown}` is not formatted", "run `policyc fmt` and commit the result");
            }
        }

        var status = Finish(context.Output);
        return status == ExitCodes.Fine && changed.Length > 0 ? ExitCodes.Findings : status;
    }

    private void Rewrite(FormattedFile[] changed, string? project)
    {
        if (new UnchangedAccess(context).Check(changed, project) is { IsEmpty: false } findings)
        {
            _diagnostics.AddRange(findings);
            return;
        }

        foreach (var file in changed)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (FileRewriter.Write(file, _diagnostics))
            {
                context.Error.WriteLine($"formatted {TerminalText.Escape(file.File.Shown)}");
            }
        }
    }

    private int Finish(TextWriter output)
    {
        ImmutableArray<Diagnostic> found = _diagnostics.ToSortedArray();
        new TextReport(_style, context.OutputWidth).Write(found, output);

        // A finding without a place is about something that could not be read or written, but for those that list files.
        return found.IsEmpty ? ExitCodes.Fine
            : found.Any(d => d.Location is null && d.Descriptor != FormattingDiagnostics.NotFormatted) ? ExitCodes.Failure
            : ExitCodes.Findings;
    }
}
