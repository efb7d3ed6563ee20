using System.Buffers;
using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Projects;

/// <summary>
/// What an output path or template may be: the same on every machine, and inside its folder. Environment variables and home folders
/// never enter one.
/// </summary>
public static class OutputPathRules
{
    // What Windows and archives refuse in a name; an output must be writable everywhere.
    private static readonly SearchValues<char> RefusedCharacters = SearchValues.Create(":*?\"<>|\n\r\t");

    /// <summary>Whether a setting of a path or target is an output path by its name: <c>output</c>, or ending in <c>_output</c>.</summary>
    public static bool IsOutputSetting(string name)
        => string.Equals(name, "output", StringComparison.Ordinal) || name.EndsWith("_output", StringComparison.Ordinal);

    /// <summary>Checks an output path and brings it to its shortest form; nothing after a report.</summary>
    /// <param name="path">The path or template.</param>
    /// <param name="mayLeave">Whether it may be absolute or lead out of its folder.</param>
    /// <param name="helpWhenLeaving">What to do when it leads out and may not.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    public static string? Check(SettingText path, bool mayLeave, string? helpWhenLeaving, DiagnosticBag diagnostics)
    {
        if (FindEnvironment(path.Text) is { } variable)
        {
            diagnostics.Report(
                ProjectDiagnostics.EnvironmentInOutput,
                path.Location,
                $"the output path `{path.Text}` holds `{variable}`, which differs between machines",
                "write a path relative to the project");
            return null;
        }

        if (path.Text.AsSpan().IndexOfAny(RefusedCharacters) >= 0)
        {
            diagnostics.Report(ProjectDiagnostics.InvalidOutputPath, path.Location, $"the output path `{path.Text}` holds a character that not every file system takes", "use letters, digits, `-`, `_`, `.` and `/`");
            return null;
        }

        if (ProjectPath.TryNormalize(path.Text, out var problem, out var leaves) is { } normal)
        {
            return normal.Length == 0 ? "." : normal;
        }

        if (leaves && mayLeave)
        {
            return path.Text.Length > 1 ? path.Text.TrimEnd('/') : path.Text;
        }

        diagnostics.Report(ProjectDiagnostics.InvalidOutputPath, path.Location, $"the output path `{path.Text}` {problem}", leaves ? helpWhenLeaving : null);
        return null;
    }

    private static string? FindEnvironment(string path)
    {
        if (path.StartsWith('~'))
        {
            return "~";
        }

        var dollar = path.IndexOf('$', StringComparison.Ordinal);
        if (dollar >= 0)
        {
            var end = dollar + 1;
            if (end < path.Length && path[end] == '{')
            {
                var brace = path.IndexOf('}', end);
                return brace < 0 ? path[dollar..] : path[dollar..(brace + 1)];
            }

            end = SkipWord(path, end);
            return path[dollar..end];
        }

        for (var start = path.IndexOf('%', StringComparison.Ordinal); start >= 0; start = path.IndexOf('%', start + 1))
        {
            var end = SkipWord(path, start + 1);
            if (end > start + 1 && end < path.Length && path[end] == '%')
            {
                return path[start..(end + 1)];
            }
        }

        return null;
    }

    private static int SkipWord(string text, int position)
    {
        while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] == '_'))
        {
            position++;
        }

        return position;
    }
}
