namespace PolicyLang.Projects;

/// <summary>Finds where a path really leads when its links are followed.</summary>
internal static class LinkResolver
{
    // As many as Linux follows before it reports ELOOP.
    private const int MostLinks = 40;

    /// <summary>The path without links, or nothing when links lead back to themselves.</summary>
    /// <param name="path">An absolute path. Its end need not exist.</param>
    public static string? Resolve(string path)
    {
        var root = Path.GetPathRoot(path) ?? "";
        var pending = new Stack<string>(Parts(path[root.Length..]));
        var resolved = root;
        var links = 0;
        while (pending.TryPop(out var part))
        {
            if (part is "." or "..")
            {
                resolved = part == "." ? resolved : Path.GetDirectoryName(resolved) ?? root;
                continue;
            }

            var next = Path.Combine(resolved, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                resolved = next;
                continue;
            }

            if (++links > MostLinks)
            {
                return null;
            }

            if (Path.IsPathRooted(target))
            {
                resolved = Path.GetPathRoot(target) ?? root;
                target = target[resolved.Length..];
            }

            foreach (var inner in Parts(target))
            {
                pending.Push(inner);
            }
        }

        return resolved;
    }

    // Last part first, so that a stack gives them in order.
    private static IEnumerable<string> Parts(string path)
        => path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Reverse();
}
