using PolicyLang.Diagnostics;

namespace PolicyLang.Projects.Outputs;

/// <summary>The rules for paths below an output root: the same on every platform, so that a repository written on Linux can be checked out on Windows and macOS.</summary>
internal static class OutputPaths
{
    /// <summary>The lock file.</summary>
    public const string Lock = ".policyc.lock";

    /// <summary>The list of renames of a build that has passed its point of no return.</summary>
    public const string Journal = ".policyc-journal.json";

    /// <summary>The folder in which files wait to be renamed.</summary>
    public const string Staging = ".policyc-staging";

    private const int LongestSegment = 200;
    private const int LongestPath = 1000;

    // https://learn.microsoft.com/windows/win32/fileio/naming-a-file
    private static readonly string[] WindowsDeviceNames = ["CON", "PRN", "AUX", "NUL", "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9"];

    /// <summary>Why a path cannot be an output, or nothing when it can.</summary>
    public static string? FindProblem(string path)
    {
        if (path.Length is 0 or > LongestPath)
        {
            return path.Length == 0 ? "it is empty" : "it is too long";
        }

        if (path[0] == '/')
        {
            return "it is absolute";
        }

        foreach (var segment in path.Split('/'))
        {
            if (FindSegmentProblem(segment) is { } problem)
            {
                return problem;
            }
        }

        return IsReserved(path) ? "policyc keeps its own records under that name" : null;
    }

    /// <summary>Reports paths that collide: equal, equal but for case, or one the folder of the other.</summary>
    public static void CheckCollisions(IEnumerable<string> paths, DiagnosticBag diagnostics)
    {
        var files = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var folders = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in paths)
        {
            if (!files.TryAdd(path, path))
            {
                var other = files[path];
                diagnostics.Report(
                    OutputDiagnostics.PathCollision,
                    null,
                    string.Equals(other, path, StringComparison.Ordinal) ? $"two outputs have the path `{path}`" : $"the outputs `{other}` and `{path}` differ only in case",
                    "give them names that differ on every file system");
                continue;
            }

            foreach (var folder in ParentFolders(path))
            {
                if (!folders.TryAdd(folder, folder) && !string.Equals(folders[folder], folder, StringComparison.Ordinal))
                {
                    diagnostics.Report(OutputDiagnostics.PathCollision, null, $"the output folders `{folders[folder]}` and `{folder}` differ only in case", "give them names that differ on every file system");
                }
            }
        }

        foreach (var (key, path) in files)
        {
            if (folders.ContainsKey(key))
            {
                diagnostics.Report(OutputDiagnostics.PathCollision, null, $"`{path}` would be both a file and a folder", "give the file or the folder another name");
            }
        }
    }

    /// <summary>The folders above a path, outermost first, without the root.</summary>
    public static IEnumerable<string> ParentFolders(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..slash];
        }
    }

    private static string? FindSegmentProblem(string segment)
    {
        if (segment.Length == 0)
        {
            return "it has an empty part";
        }

        if (segment is "." or "..")
        {
            return $"it has a part `{segment}`";
        }

        if (segment.Length > LongestSegment)
        {
            return "a part of it is too long";
        }

        if (segment[^1] is '.' or ' ' || segment[0] == ' ')
        {
            return "a part of it starts or ends with a space or ends with a dot";
        }

        foreach (var character in segment)
        {
            if (character is '<' or '>' or ':' or '"' or '\\' or '|' or '?' or '*' || char.IsControl(character) || char.IsSurrogate(character))
            {
                return "it holds a character that some file systems refuse";
            }
        }

        var dot = segment.IndexOf('.', StringComparison.Ordinal);
        var stem = (dot < 0 ? segment : segment[..dot]).TrimEnd(' ');
        if (WindowsDeviceNames.Contains(stem, StringComparer.OrdinalIgnoreCase))
        {
            return $"`{stem}` is a device on Windows";
        }

        return string.Equals(segment, ".git", StringComparison.OrdinalIgnoreCase) ? "it leads into a git repository's own folder" : null;
    }

    private static bool IsReserved(string path)
        => path.StartsWith(".policyc", StringComparison.OrdinalIgnoreCase) || string.Equals(path, OutputManifest.FileName, StringComparison.OrdinalIgnoreCase)
            || path.StartsWith(OutputManifest.FileName + "/", StringComparison.OrdinalIgnoreCase);
}
