using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PolicyLang.Diagnostics;

namespace PolicyLang.Cli.Git;

/// <summary>What a path of a revision is.</summary>
internal enum GitEntryKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A symbolic link; its content is where it leads.</summary>
    Link,

    /// <summary>Another repository, of which this one knows a commit and no file.</summary>
    Submodule,
}

/// <summary>A path of a revision.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="ObjectId">The id of its content.</param>
/// <param name="HasReadableName">Whether its name is UTF-8.</param>
internal sealed record GitEntry(GitEntryKind Kind, string ObjectId, bool HasReadableName);

/// <summary>The content of a file or link.</summary>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Bytes">The content; absent when it is larger than was asked for.</param>
internal sealed record GitContent(long Size, byte[]? Bytes);

/// <summary>The git repository around a folder. Nothing is checked out, fetched or changed.</summary>
internal sealed class GitRepository
{
    private readonly GitProcess _git;
    private readonly string _folder;
    private readonly CancellationToken _cancellation;

    private GitRepository(GitProcess git, string folder, CancellationToken cancellation) => (_git, _folder, _cancellation) = (git, folder, cancellation);

    /// <summary>Opens the repository around a folder.</summary>
    /// <exception cref="UsageException">There is none, or no git.</exception>
    public static GitRepository Open(string folder, CliContext context)
    {
        var git = GitProcess.Find(context.GetEnvironmentVariable) ?? throw new UsageException("there is no `git` on the PATH", "install it, or name two folders: `policyc diff OLD NEW`");
        var repository = new GitRepository(git, folder, context.Cancellation);
        var inside = repository.Run(null, "rev-parse", "--git-dir");
        return inside.Status == 0 ? repository : throw new UsageException(
            inside.Error.Contains("dubious ownership", StringComparison.Ordinal) ? $"git does not read the repository around `{folder}`: it belongs to somebody else" : $"`{folder}` is in no git repository",
            inside.Error.Contains("dubious ownership", StringComparison.Ordinal) ? "say that you trust it: `git config --global --add safe.directory FOLDER`" : "name two folders: `policyc diff OLD NEW`");
    }

    /// <summary>Whether a name is a revision.</summary>
    public bool Knows(string revision) => TryResolve(revision) is not null;

    /// <summary>The commit that a revision names.</summary>
    /// <exception cref="UsageException">There is no such revision.</exception>
    public string Resolve(string revision)
    {
        if (TryResolve(revision) is { } commit)
        {
            return commit;
        }

        var names = Lines(Run(null, "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags"));
        var isShallow = Text(Run(null, "rev-parse", "--is-shallow-repository")).Trim() == "true";
        throw new UsageException(
            $"there is no revision `{revision}`",
            Suggestions.DidYouMean(revision, names)
                ?? (isShallow ? "the clone is shallow: fetch the revision first, in GitHub Actions with `fetch-depth: 0` for actions/checkout" : "it can be a branch, a tag or a commit; a folder is written with a slash, such as `./old`"));
    }

    /// <summary>The last commit that two revisions have in common.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public string MergeBase(string first, string second)
    {
        var result = Run(null, "merge-base", Resolve(first), Resolve(second));
        return result.Status == 0 ? Text(result).Trim() : throw new UsageException($"`{first}` and `{second}` have no common commit", "in a shallow clone fetch more history; otherwise compare them directly: `policyc diff OLD NEW`");
    }

    /// <summary>The path of the folder inside the repository, with a slash at its end; empty for the root.</summary>
    public string Prefix()
    {
        var prefix = Text(Run(null, "rev-parse", "--show-prefix"));
        return prefix.EndsWith('\n') ? prefix[..^1] : prefix;
    }

    /// <summary>The files of a folder of a commit, by path relative to that folder.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="prefix">The folder, with a slash at its end.</param>
    /// <returns>Nothing when the commit has no such folder.</returns>
    public ImmutableSortedDictionary<string, GitEntry>? List(string commit, string prefix)
    {
        var result = Run(null, "ls-tree", "-r", "-z", "--full-tree", prefix.Length == 0 ? commit : $"{commit}:{prefix[..^1]}");
        if (result.Status != 0)
        {
            return null;
        }

        var entries = ImmutableSortedDictionary.CreateBuilder<string, GitEntry>(StringComparer.Ordinal);
        var rest = result.Output.AsSpan();
        while (rest.IndexOf((byte)0) is > 0 and var end)
        {
            var line = rest[..end];
            rest = rest[(end + 1)..];
            var tab = line.IndexOf((byte)'\t');
            var words = Encoding.ASCII.GetString(line[..tab]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var kind = words[0] switch
            {
                "120000" => GitEntryKind.Link,
                "160000" => GitEntryKind.Submodule,
                _ => GitEntryKind.File,
            };
            var name = line[(tab + 1)..];
            entries[Encoding.UTF8.GetString(name)] = new GitEntry(kind, words[2], System.Text.Unicode.Utf8.IsValid(name));
        }

        return entries.ToImmutable();
    }

    /// <summary>The content of some objects, by id. Only these are asked for, since a partial clone fetches each object that is.</summary>
    /// <param name="objectIds">The ids.</param>
    /// <param name="most">The greatest size that is read.</param>
    /// <exception cref="UsageException">The repository lacks one of them.</exception>
    public Dictionary<string, GitContent> Read(IEnumerable<string> objectIds, long most)
    {
        string[] ids = [.. objectIds.Distinct(StringComparer.Ordinal)];
        var contents = new Dictionary<string, GitContent>(StringComparer.Ordinal);
        if (ids.Length == 0)
        {
            return contents;
        }

        foreach (var (id, line) in ids.Zip(Lines(Batch(ids, "--batch-check"))))
        {
            contents.Add(id, new GitContent(SizeOf(id, line), null));
        }

        string[] read = [.. ids.Where(id => contents[id].Size <= most)];
        var rest = read.Length == 0 ? [] : Batch(read, "--batch").Output.AsSpan();
        foreach (var id in read)
        {
            var end = rest.IndexOf((byte)'\n');
            var size = (int)SizeOf(id, end < 0 ? "" : Encoding.ASCII.GetString(rest[..end]));
            contents[id] = new GitContent(size, rest.Slice(end + 1, size).ToArray());
            rest = rest[(end + 1 + size + 1)..];
        }

        return contents;
    }

    private GitResult Batch(string[] ids, string mode)
    {
        var result = Run(string.Concat(ids.Select(id => id + "\n")), "cat-file", mode);
        return result.Status == 0 ? result : throw new UsageException($"git cannot read the files of the revision: {result.Error.Trim()}");
    }

    // `<id> blob <size>`, or `<id> missing`.
    private static long SizeOf(string id, string line)
        => line.Split(' ') is [_, _, var size] && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new UsageException($"git cannot read the object `{id}`", "the clone may be partial: fetch the files of the revision first");

    private static string Text(GitResult result) => Encoding.UTF8.GetString(result.Output);

    private static string[] Lines(GitResult result) => Text(result).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    // A revision that begins with a dash would be an option. Line breaks and spaces are in no name, but in `HEAD^{/text}` a space may be.
    private string? TryResolve(string revision)
    {
        if (revision.Length == 0 || revision[0] == '-' || revision.Any(char.IsControl))
        {
            return null;
        }

        var result = Run(null, "rev-parse", "--verify", "--quiet", revision + "^{commit}");
        var id = Text(result).Trim();
        return result.Status == 0 && id.Length >= 40 && id.All(char.IsAsciiHexDigitLower) ? id : null;
    }

    private GitResult Run(string? input, params ImmutableArray<string> arguments) => _git.Run(_folder, arguments, input, _cancellation);
}
