using System.Globalization;
using PolicyLang.Diagnostics;

namespace PolicyLang.Projects.Outputs;

/// <summary>
/// Puts a plan in place, all or nothing. First every new file, and a copy of every old one, is staged inside the root, where a rename cannot cross volumes. Then the
/// journal appears by one rename: before it, an interrupted build has changed nothing; after it, the next build finishes the work. When the file system refuses a
/// step while the build still runs, the build takes back what it did. The caller holds the lock.
/// </summary>
internal sealed class OutputTransaction(IOutputFileSystem files)
{
    private const string JournalDraft = OutputPaths.Staging + "/journal";

    private readonly Stack<Action> _undo = new();

    // Removals come before moves, so a folder that a move has found or made stays.
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);

    /// <summary>Finishes or takes back what an interrupted build left.</summary>
    /// <returns>False when its journal is damaged, which is reported.</returns>
    public bool Recover(DiagnosticBag diagnostics)
    {
        switch (files.GetKind(OutputPaths.Journal))
        {
            case OutputEntryKind.None:
                Discard();
                return true;
            case OutputEntryKind.File when OutputJournal.Parse(files.ReadFile(OutputPaths.Journal)) is { } journal:
                RefuseLinks(journal);
                RollForward(journal);
                Finish();
                return true;
            default:
                diagnostics.Report(
                    OutputDiagnostics.InterruptedBuild,
                    null,
                    $"`{OutputPaths.Journal}` in the output folder is damaged, so an interrupted build cannot be finished",
                    $"put back the output folder from version control and remove `{OutputPaths.Journal}` and `{OutputPaths.Staging}`");
                return false;
        }
    }

    /// <summary>Puts a plan in place.</summary>
    /// <exception cref="IOException">The file system refused; the root is as it was before, or a journal is left for the next build.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped; nothing has changed.</exception>
    public void Apply(OutputPlan plan, CancellationToken cancellation)
    {
        var journal = new OutputJournal(
            [.. plan.Changes.Where(change => change.Kind == OutputChangeKind.Remove).Select(change => change.Path)],
            [.. plan.Changes.Where(change => change.Kind != OutputChangeKind.Remove).Select(change => change.Path)]);
        try
        {
            Stage(plan, journal, cancellation);
            files.MoveFile(JournalDraft, OutputPaths.Journal);
        }
        catch
        {
            Attempt(Discard);
            throw;
        }

        try
        {
            RollForward(journal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Undoing never loses a staged file, so that the next build can finish the work even when the undoing itself stops halfway.
            Attempt(() =>
            {
                RollBack();
                Finish();
            });
            throw;
        }

        // The outputs are in place; what is left over is removed now or by the next build.
        Attempt(Finish);
    }

    private static string BackupName(string kind, int index) => string.Create(CultureInfo.InvariantCulture, $"{OutputPaths.Staging}/old-{kind}-{index}");

    private static void Attempt(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The failure that led here is the one to report.
        }
    }

    private void Stage(OutputPlan plan, OutputJournal journal, CancellationToken cancellation)
    {
        if (files.GetKind(OutputPaths.Staging) != OutputEntryKind.None)
        {
            throw new IOException($"`{OutputPaths.Staging}` is in the way and is no folder of policyc's own");
        }

        files.CreateFolder(OutputPaths.Staging);
        var staged = new List<string>();
        var removals = 0;
        var moves = 0;
        foreach (var change in plan.Changes)
        {
            cancellation.ThrowIfCancellationRequested();
            if (change.Kind == OutputChangeKind.Remove)
            {
                files.WriteNewFile(BackupName("removal", removals++), change.Previous);
                continue;
            }

            if (change.Kind == OutputChangeKind.Update)
            {
                files.WriteNewFile(BackupName("move", moves), change.Previous);
            }

            var name = OutputJournal.StagedName(moves++);
            files.WriteNewFile(name, change.Content);
            staged.Add(name);
        }

        files.WriteNewFile(JournalDraft, journal.ToBytes());
        staged.Add(JournalDraft);
        files.Flush(staged);
        cancellation.ThrowIfCancellationRequested();
    }

    private void RollForward(OutputJournal journal)
    {
        for (var i = 0; i < journal.Removals.Length; i++)
        {
            var path = journal.Removals[i];
            var backup = BackupName("removal", i);
            if (files.GetKind(path) == OutputEntryKind.File)
            {
                files.DeleteFile(path);
                _undo.Push(() => files.MoveFile(backup, path));
            }

            RemoveEmptyFoldersAbove(path);
        }

        for (var i = 0; i < journal.Moves.Length; i++)
        {
            var staged = OutputJournal.StagedName(i);
            if (files.GetKind(staged) == OutputEntryKind.File)
            {
                Place(staged, BackupName("move", i), journal.Moves[i]);
            }
        }
    }

    private void Place(string staged, string backup, string path)
    {
        foreach (var folder in OutputPaths.ParentFolders(path))
        {
            if (_folders.Add(folder) && files.GetKind(folder) == OutputEntryKind.None)
            {
                files.CreateFolder(folder);
                _undo.Push(() => files.DeleteEmptyFolder(folder));
            }
        }

        // A folder whose files have all been removed makes room for the file.
        if (files.GetKind(path) == OutputEntryKind.Folder)
        {
            RemoveEmptyFolder(path);
        }

        files.MoveFile(staged, path);
        _undo.Push(() =>
        {
            files.MoveFile(path, staged);
            if (files.GetKind(backup) == OutputEntryKind.File)
            {
                files.MoveFile(backup, path);
            }
        });
    }

    private void RollBack()
    {
        while (_undo.TryPop(out var undo))
        {
            undo();
        }
    }

    private void RemoveEmptyFoldersAbove(string path)
    {
        foreach (var folder in OutputPaths.ParentFolders(path).Reverse())
        {
            switch (files.GetKind(folder))
            {
                case OutputEntryKind.None:
                    continue;
                case OutputEntryKind.Folder when files.ListNames(folder).Count == 0:
                    RemoveEmptyFolder(folder);
                    continue;
                default:
                    return;
            }
        }
    }

    private void RemoveEmptyFolder(string folder)
    {
        foreach (var name in files.ListNames(folder))
        {
            if (files.GetKind($"{folder}/{name}") == OutputEntryKind.Folder)
            {
                RemoveEmptyFolder($"{folder}/{name}");
            }
        }

        files.DeleteEmptyFolder(folder);
        _undo.Push(() => files.CreateFolder(folder));
    }

    private void RefuseLinks(OutputJournal journal)
    {
        foreach (var folder in journal.Removals.Concat(journal.Moves).SelectMany(OutputPaths.ParentFolders).Distinct(StringComparer.Ordinal))
        {
            if (files.GetKind(folder) == OutputEntryKind.Other)
            {
                throw new IOException($"an interrupted build cannot be finished through `{folder}`, which is a symbolic link or a special file");
            }
        }
    }

    // The journal goes first: without it, whatever is staged is worthless.
    private void Finish()
    {
        files.DeleteFile(OutputPaths.Journal);
        Discard();
    }

    private void Discard()
    {
        if (files.GetKind(OutputPaths.Journal) != OutputEntryKind.None || files.GetKind(OutputPaths.Staging) != OutputEntryKind.Folder)
        {
            return;
        }

        foreach (var name in files.ListNames(OutputPaths.Staging))
        {
            files.DeleteFile($"{OutputPaths.Staging}/{name}");
        }

        files.DeleteEmptyFolder(OutputPaths.Staging);
    }
}
