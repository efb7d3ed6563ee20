namespace PolicyLang.Projects;

/// <summary>Paths of files inside a project.</summary>
public static class ProjectPath
{
    /// <summary>Brings a relative path to its shortest form, or says what is wrong with it.</summary>
    /// <param name="path">The path as it was written.</param>
    /// <param name="problem">What is wrong, to follow the path in a sentence.</param>
    /// <param name="leavesProject">Whether the path is absolute or leads out of the project.</param>
    /// <returns>The path with forward slashes and without <c>.</c> and <c>..</c>; empty for the project folder itself.</returns>
    public static string? TryNormalize(string path, out string? problem, out bool leavesProject)
    {
        leavesProject = false;
        problem = path.Length == 0 ? "is empty"
            : path.Contains('\\', StringComparison.Ordinal) ? "holds a backslash; write `/` between folders"
            : path.Contains('\0', StringComparison.Ordinal) ? "holds a NUL character"
            : null;
        if (problem is not null)
        {
            return null;
        }

        if (path[0] == '/' || (path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0])))
        {
            leavesProject = true;
            problem = "is absolute";
            return null;
        }

        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part == ".." && parts.Count == 0)
            {
                leavesProject = true;
                problem = "leads out of the project";
                return null;
            }

            if (part == "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }
}
