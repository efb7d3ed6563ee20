using System.Diagnostics;
using PolicyLang.Tests.Cli;
using PolicyLang.Tests.Outputs;

namespace PolicyLang.Tests.Git;

/// <summary>A git repository in the folder of a test, without the configuration of whoever runs it.</summary>
internal static class GitFolder
{
    public static void Init(TemporaryFolder folder) => Run(folder, "init", "-q", "-b", "main", ".");

    public static string Commit(TemporaryFolder folder)
    {
        Run(folder, "add", "--all", ".");
        Run(folder, "commit", "-q", "--allow-empty", "-m", "a commit");
        return Run(folder, "rev-parse", "HEAD").Trim();
    }

    /// <summary>Lets the command line under test find git.</summary>
    public static CliTestHost Host()
    {
        var host = SampleHost();
        Init(host.Folder);
        return host;
    }

    public static string Run(TemporaryFolder folder, params string[] args)
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        foreach (var variable in start.Environment.Keys.Where(k => k.StartsWith("GIT_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(variable);
        }

        foreach (var (name, value) in new[] { ("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_SYSTEM", "/dev/null"), ("GIT_AUTHOR_NAME", "a"), ("GIT_AUTHOR_EMAIL", "a@x.com"), ("GIT_COMMITTER_NAME", "a"), ("GIT_COMMITTER_EMAIL", "a@x.com") })
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("git did not start");
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"git {string.Join(' ', args)}: {error.Result}");
    }

    private static CliTestHost SampleHost()
    {
        var host = new CliTestHost { Now = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero) };
        host.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "";
        return host;
    }
}
