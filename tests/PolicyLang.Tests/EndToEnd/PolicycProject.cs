using PolicyLang.Cli;
using PolicyLang.Cli.Building;
using PolicyLang.Projects.Outputs;
using PolicyLang.Tests.Cli;
using PolicyLang.Tests.Outputs;

namespace PolicyLang.Tests.EndToEnd;

/// <summary>A project in a folder of its own, and the command line with everything real behind it but the clock.</summary>
internal sealed class PolicycProject : IDisposable
{
    public TemporaryFolder Folder { get; } = new();

    /// <summary>What the clock says.</summary>
    public DateTimeOffset Now { get; set; } = new(ExampleProject.AsOf, new TimeOnly(12, 0), TimeSpan.Zero);

    /// <summary>Writes the design's sample with its inventories.</summary>
    public void WriteSample()
    {
        Folder.Write(DesignSample.FileName, DesignSample.Text);
        foreach (var (path, text) in DesignSample.Inventories)
        {
            Folder.Write(path, text);
        }
    }

    /// <summary>Changes the policy.</summary>
    public void Replace(string old, string @new)
    {
        var text = Folder.Read(DesignSample.FileName);
        Folder.Write(DesignSample.FileName, text.Contains(old, StringComparison.Ordinal) ? text.Replace(old, @new, StringComparison.Ordinal) : throw new ArgumentException($"the policy does not hold `{old}`", nameof(old)));
    }

    public CliResult Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var context = new CliContext(
            output,
            error,
            false,
            100,
            Folder.Path,
            new FixedClock(Now),
            _ => null,
            new Lazy<IBuildPipeline>(() => new CompilerPipeline()),
            root => new DiskOutputFileSystem(root),
            CancellationToken.None);
        var status = CommandLine.Run(args, context);
        return new CliResult(status, output.ToString(), error.ToString());
    }

    public void Dispose() => Folder.Dispose();

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
