using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;

namespace PolicyLang.Cli.Git;

/// <summary>What a run of git came to.</summary>
/// <param name="Status">The exit status.</param>
/// <param name="Output">Standard output, byte by byte.</param>
/// <param name="Error">Standard error.</param>
internal sealed record GitResult(int Status, byte[] Output, string Error);

/// <summary>Runs git: never through a shell, never one that stands in the working directory, and only commands that read.</summary>
internal sealed class GitProcess
{
    // Set inside hooks; each would put the repository of the hook in the place of the one around the folder.
    private static readonly string[] HookVariables = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_NAMESPACE"];

    private readonly string _executable;

    private GitProcess(string executable) => _executable = executable;

    /// <summary>Finds git on the search path. Relative entries are left out: they lead to whatever stands in the working directory.</summary>
    /// <param name="getEnvironmentVariable">Reads an environment variable.</param>
    /// <returns>Nothing when there is none.</returns>
    public static GitProcess? Find(Func<string, string?> getEnvironmentVariable)
    {
        var name = OperatingSystem.IsWindows() ? "git.exe" : "git";
        foreach (var folder in (getEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            var file = Path.IsPathFullyQualified(folder) ? Path.Combine(folder, name) : null;
            if (file is not null && File.Exists(file))
            {
                return new GitProcess(file);
            }
        }

        return null;
    }

    /// <summary>Runs git to its end.</summary>
    /// <param name="folder">The folder it works in.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="input">Standard input, or nothing.</param>
    /// <param name="cancellation">Ends it early.</param>
    public GitResult Run(string folder, ImmutableArray<string> arguments, string? input, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(_executable)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var argument in arguments.Prepend("--no-pager"))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var variable in HookVariables)
        {
            start.Environment.Remove(variable);
        }

        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start) ?? throw new IOException("git did not start");
        using var stop = cancellation.Register(() => Kill(process));

        // All three at once: whoever waits for one of them while another is full waits for ever.
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var feeding = Task.Run(() => Feed(process, input), CancellationToken.None);
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        feeding.Wait(CancellationToken.None);
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        return new GitResult(process.ExitCode, output.ToArray(), error.Result);
    }

    private static void Feed(Process process, string? input)
    {
        try
        {
            process.StandardInput.Write(input ?? "");
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read everything; its status says why.
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }
    }
}
