using System.Collections.Immutable;
using PolicyLang.Cli.Building;
using PolicyLang.Cli.Git;
using PolicyLang.Projects;

namespace PolicyLang.Cli.Commands;

/// <summary>One of the two projects that are compared.</summary>
/// <param name="Name">What people called it.</param>
/// <param name="Files">Its files.</param>
internal sealed record DiffSide(string Name, IProjectFiles Files);

/// <summary>Finds out what the operands of <c>policyc diff</c> mean.</summary>
internal sealed class DiffOperands(CliContext context)
{
    private const string WorkingTree = "the working tree";

    /// <summary>The two projects.</summary>
    /// <exception cref="UsageException">An operand names neither a revision nor a folder, or the operands do not go together.</exception>
    public (DiffSide Old, DiffSide New) Resolve(ImmutableArray<string> operands)
    {
        var first = operands[0];
        if (!IsFolder(first) && first.IndexOf("..", StringComparison.Ordinal) is >= 0 and var dots)
        {
            return operands.Length <= 2 ? ResolveRange(first, dots, operands.ElementAtOrDefault(1)) : throw new UsageException($"behind the range `{first}` only a project folder may follow");
        }

        var second = operands.ElementAtOrDefault(1);
        var isFirstFolder = IsFolder(first);
        var isSecondFolder = second is not null && IsFolder(second);
        if (operands.Length == 3 && (isFirstFolder || isSecondFolder))
        {
            throw new UsageException("a project folder may follow only two revisions", "to compare two folders name these alone: `policyc diff OLD NEW`");
        }

        // A folder beside a revision is the project on disk, and the revision is looked at in the same place.
        var project = ProjectFolder.Find(operands.ElementAtOrDefault(2) ?? (isSecondFolder && !isFirstFolder ? second : isFirstFolder && second is not null && !isSecondFolder ? first : null), context.WorkingDirectory);
        return (isFirstFolder ? OnDisk(first) : At(first, project), second is null ? new DiffSide(WorkingTree, new DiskProjectFiles(project)) : isSecondFolder ? OnDisk(second) : At(second, project));
    }

    private (DiffSide Old, DiffSide New) ResolveRange(string range, int dots, string? folder)
    {
        var isFromMergeBase = string.CompareOrdinal(range, dots, "...", 0, 3) == 0;
        var from = range[..dots] is { Length: > 0 } start ? start : "HEAD";
        var to = range[(dots + (isFromMergeBase ? 3 : 2))..] is { Length: > 0 } end ? end : "HEAD";
        var project = ProjectFolder.Find(folder, context.WorkingDirectory);
        if (!isFromMergeBase)
        {
            return (At(from, project), At(to, project));
        }

        var commit = GitRepository.Open(project, context).MergeBase(from, to);
        return (At(commit, project) with { Name = $"{from} (where {to} left it)" }, At(to, project));
    }

    private DiffSide OnDisk(string folder) => new(folder, new DiskProjectFiles(ProjectFolder.Find(folder, context.WorkingDirectory)));

    private DiffSide At(string revision, string project)
    {
        var repository = GitRepository.Open(project, context);
        var commit = repository.Resolve(revision);
        var prefix = repository.Prefix();
        return repository.List(commit, prefix) is { } entries
            ? new DiffSide(revision, new GitProjectFiles(repository, entries))
            : throw new UsageException($"revision `{revision}` has no folder `{prefix.TrimEnd('/')}`", "name the project's folder in both revisions: `policyc diff OLD NEW PROJECT`");
    }

    private bool IsFolder(string operand)
    {
        if (operand.Length == 0)
        {
            throw new UsageException("an operand is empty");
        }

        if (operand is "." or ".." || operand[0] is '/' or '~' || operand[^1] is '/' or '\\' || operand.StartsWith("./", StringComparison.Ordinal) || operand.StartsWith("../", StringComparison.Ordinal) || Path.IsPathFullyQualified(operand))
        {
            return true;
        }

        if (!Path.Exists(Path.GetFullPath(operand, context.WorkingDirectory)))
        {
            return false;
        }

        return !IsRevision(operand) ? true : throw new UsageException($"`{operand}` is a folder and a revision", $"write `./{operand}` for the folder, `refs/heads/{operand}` or `refs/tags/{operand}` for the revision");
    }

    private bool IsRevision(string operand)
    {
        try
        {
            return GitRepository.Open(context.WorkingDirectory, context).Knows(operand);
        }
        catch (UsageException)
        {
            return false;
        }
    }
}
