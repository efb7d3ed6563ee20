using PolicyLang.Cli.Building;
using PolicyLang.Projects.Outputs;

namespace PolicyLang.Cli;

/// <summary>Everything that a command touches outside its own memory, so that tests run commands in their own process.</summary>
/// <param name="Output">Findings and whatever else the command was asked for.</param>
/// <param name="Error">Everything else.</param>
/// <param name="OutputIsTerminal">Whether a person reads <paramref name="Output"/> directly.</param>
/// <param name="OutputWidth">The width of that terminal in columns.</param>
/// <param name="WorkingDirectory">The full path that relative paths start from.</param>
/// <param name="Clock">The clock. It is read at most once in a command.</param>
/// <param name="GetEnvironmentVariable">Reads an environment variable.</param>
/// <param name="Pipeline">Loads and compiles projects; created when a command needs it.</param>
/// <param name="OpenOutputs">Opens the output root with a full path.</param>
/// <param name="Cancellation">Cancelled by Ctrl-C.</param>
internal sealed record CliContext(
    TextWriter Output,
    TextWriter Error,
    bool OutputIsTerminal,
    int OutputWidth,
    string WorkingDirectory,
    TimeProvider Clock,
    Func<string, string?> GetEnvironmentVariable,
    Lazy<IBuildPipeline> Pipeline,
    Func<string, IOutputFileSystem> OpenOutputs,
    CancellationToken Cancellation)
{
    /// <summary>Opens standard input.</summary>
    public Func<Stream> OpenInput { get; init; } = () => Stream.Null;

    /// <summary>How long a build waits for another one on the same outputs.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
