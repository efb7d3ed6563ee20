using System.Text;
using PolicyLang.Cli;
using PolicyLang.Cli.Building;
using PolicyLang.Projects.Outputs;
using PolicyLang.Tests.Outputs;

namespace PolicyLang.Tests.Cli;

/// <summary>Runs command lines in this process, in a folder of their own.</summary>
internal sealed class CliTestHost : IDisposable
{
    public TemporaryFolder Folder { get; } = new();

    public FakePipeline Pipeline { get; } = new();

    /// <summary>Takes the place of the fake one, for tests of the whole program.</summary>
    public IBuildPipeline? OtherPipeline { get; init; }

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public bool IsTerminal { get; set; }

    public CancellationTokenSource Cancellation { get; } = new();

    public DateTimeOffset Now { get; set; } = new(2026, 6, 15, 23, 30, 0, TimeSpan.FromHours(-5));

    public int ClockReads { get; private set; }

    public string WorkingDirectory { get; set; } = "";

    /// <summary>What comes by standard input.</summary>
    public string Input { get; set; } = "";

    public Func<string, IOutputFileSystem> OpenOutputs { get; set; } = root => new DiskOutputFileSystem(root);

    public CliResult Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var context = Context(output, error);
        var status = CommandLine.Run(args, context);
        return new CliResult(status, output.ToString(), error.ToString());
    }

    /// <summary>What a command may touch.</summary>
    public CliContext Context(TextWriter? output = null, TextWriter? error = null)
        => new(
            output ?? TextWriter.Null,
            error ?? TextWriter.Null,
            IsTerminal,
            100,
            Folder.Full(WorkingDirectory).TrimEnd('/'),
            new FixedClock(this),
            name => Environment.GetValueOrDefault(name),
            new Lazy<IBuildPipeline>(() => OtherPipeline ?? Pipeline),
            OpenOutputs,
            Cancellation.Token)
        {
            LockTimeout = TimeSpan.FromMilliseconds(50),
            OpenInput = () => new MemoryStream(Encoding.UTF8.GetBytes(Input)),
        };

    public void Dispose()
    {
        Cancellation.Dispose();
        Folder.Dispose();
    }

    private sealed class FixedClock(CliTestHost host) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            host.ClockReads++;
            return host.Now.ToUniversalTime();
        }
    }
}

/// <summary>How a command line ended.</summary>
internal sealed record CliResult(int Status, string Output, string Error);
