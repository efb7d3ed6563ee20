using System.Diagnostics;
using PolicyLang.Diagnostics;

namespace PolicyLang.Projects.Outputs;

/// <summary>How a write ended.</summary>
public enum OutputOutcome
{
    /// <summary>The outputs on disk are those of the policy.</summary>
    Done,

    /// <summary>Something about the outputs is wrong; nothing was changed. The diagnostics say what.</summary>
    Refused,

    /// <summary>The output folder could not be read, written or locked, or its own records are damaged. The diagnostics say why.</summary>
    Failed,
}

/// <summary>What came of comparing or writing outputs.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Plan">The changes that were found, or made; absent unless <see cref="OutputOutcome.Done"/>.</param>
public sealed record OutputResult(OutputOutcome Outcome, OutputPlan? Plan);

/// <summary>
/// The generated files below an output root. The root holds <c>policyc.manifest.json</c>, the record of what policyc owns: only files named there are ever
/// rewritten or removed. Writing is all or nothing, also across crashes, and one build at a time.
/// </summary>
/// <param name="files">The output root.</param>
public sealed class OutputStore(IOutputFileSystem files)
{
    /// <summary>The name of the file in an output folder that says which files policyc owns there.</summary>
    public const string ManifestName = OutputPaths.Manifest;

    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(25);

    /// <summary>How long <see cref="Write"/> waits for another build to end.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Compares the root with what the policy compiles to. Changes nothing, creates nothing, takes no lock.</summary>
    /// <param name="outputs">What the policy compiles to.</param>
    /// <param name="diagnostics">Receives what stands in the way of a plan.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public OutputResult Inspect(OutputSet outputs, DiagnosticBag diagnostics, CancellationToken cancellation)
        => Guard(diagnostics, () =>
        {
            if (files.GetKind(OutputPaths.Journal) != OutputEntryKind.None)
            {
                diagnostics.Report(OutputDiagnostics.InterruptedBuild, null, "an earlier build was interrupted while it put files in place", "run `policyc build`, which finishes it");
                return new OutputResult(OutputOutcome.Refused, null);
            }

            return Result(OutputPlanner.Plan(files, outputs, diagnostics, cancellation), diagnostics);
        });

    /// <summary>Makes the root hold what the policy compiles to, or leaves it as it is. Files whose bytes are right are not touched.</summary>
    /// <param name="outputs">What the policy compiles to.</param>
    /// <param name="diagnostics">Receives the reason when nothing is written.</param>
    /// <param name="cancellation">Stops the work; once files are being put in place, it is not heeded any more.</param>
    /// <exception cref="OperationCanceledException">The work was stopped; nothing has changed.</exception>
    public OutputResult Write(OutputSet outputs, DiagnosticBag diagnostics, CancellationToken cancellation)
        => Guard(diagnostics, () =>
        {
            files.CreateFolder("");
            using var hold = Lock(cancellation);
            if (hold is null)
            {
                diagnostics.Report(OutputDiagnostics.Locked, null, "another build is writing to the same output folder", "wait until it is done and build again");
                return new OutputResult(OutputOutcome.Failed, null);
            }

            if (!new OutputTransaction(files).Recover(diagnostics))
            {
                return new OutputResult(OutputOutcome.Failed, null);
            }

            var result = Result(OutputPlanner.Plan(files, outputs, diagnostics, cancellation), diagnostics);
            if (result.Plan is { IsUpToDate: false } plan)
            {
                new OutputTransaction(files).Apply(plan, cancellation);
            }

            return result;
        });

    private static OutputResult Result(OutputPlan? plan, DiagnosticBag diagnostics)
    {
        if (plan is not null)
        {
            return new OutputResult(OutputOutcome.Done, plan);
        }

        var isUnreadable = diagnostics.ToSortedArray().Any(d => d.Descriptor == OutputDiagnostics.DamagedManifest || d.Descriptor == OutputDiagnostics.UnknownManifestFormat);
        return new OutputResult(isUnreadable ? OutputOutcome.Failed : OutputOutcome.Refused, null);
    }

    private static OutputResult Guard(DiagnosticBag diagnostics, Func<OutputResult> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Report(
                OutputDiagnostics.NotAccessible,
                null,
                $"the output folder could not be read or written: {FirstLine(exception.Message)}",
                "check that the folder is there, that it may be written to, and that the disk has room; the outputs are as they were, or the next build puts them right");
            return new OutputResult(OutputOutcome.Failed, null);
        }
    }

    private static string FirstLine(string message)
    {
        var end = message.AsSpan().IndexOfAny('\r', '\n');
        return (end < 0 ? message : message[..end]).TrimEnd('.');
    }

    private IDisposable? Lock(CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (files.TryLock(OutputPaths.Lock) is { } hold)
            {
                return hold;
            }

            if (Stopwatch.GetElapsedTime(started) >= LockTimeout)
            {
                return null;
            }

            cancellation.WaitHandle.WaitOne(LockPoll);
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
