namespace PolicyLang.Cli.Building;

/// <summary>Finds the folder of the project that a command is about.</summary>
internal static class ProjectFolder
{
    /// <summary>The file that makes a folder a project.</summary>
    public const string FileName = "policyc.yaml";

    /// <summary>
    /// The folder that an argument names. Without an argument it is the nearest folder at or above the working directory that holds <c>policyc.yaml</c>,
    /// not looking beyond the git repository; where there is none, the working directory itself.
    /// </summary>
    /// <param name="argument">A folder or a <c>policyc.yaml</c>; absent for the default.</param>
    /// <param name="workingDirectory">The full path of the working directory.</param>
    /// <exception cref="UsageException">The argument names neither.</exception>
    public static string Find(string? argument, string workingDirectory)
    {
        if (argument is null)
        {
            return FindAbove(workingDirectory) ?? workingDirectory;
        }

        var path = Path.GetFullPath(argument, workingDirectory);
        if (Directory.Exists(path))
        {
            return path;
        }

        if (!File.Exists(path))
        {
            throw new UsageException($"the project `{argument}` does not exist");
        }

        return string.Equals(Path.GetFileName(path), FileName, StringComparison.Ordinal) && Path.GetDirectoryName(path) is { } folder
            ? folder
            : throw new UsageException($"`{argument}` is no project folder", $"name the folder that holds `{FileName}`");
    }

    /// <summary>The nearest folder at or above one that holds <c>policyc.yaml</c>, not looking beyond the git repository; nothing where there is none.</summary>
    public static string? FindAbove(string start)
    {
        for (var folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, FileName)))
            {
                return folder;
            }

            // In a worktree or submodule `.git` is a file.
            if (Path.Exists(Path.Combine(folder, ".git")))
            {
                return null;
            }
        }

        return null;
    }
}
