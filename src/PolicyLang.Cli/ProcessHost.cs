using System.Runtime.InteropServices;
using System.Text;
using PolicyLang.Cli.Building;
using PolicyLang.Projects.Outputs;

namespace PolicyLang.Cli;

/// <summary>Connects the command line to the process: its streams, clock, environment and signals.</summary>
internal static class ProcessHost
{
    private const int DefaultWidth = 100;
    private const int BufferSize = 16 * 1024;

    /// <summary>Runs policyc in this process.</summary>
    /// <param name="args">The arguments.</param>
    /// <returns>The exit status.</returns>
    public static int Run(string[] args)
    {
        using var cancellation = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = Encoding.UTF8;
        }

        using var output = OpenWriter(Console.OpenStandardOutput());
        using var error = OpenWriter(Console.OpenStandardError());
        var isTerminal = !Console.IsOutputRedirected;
        var context = new CliContext(
            output,
            error,
            isTerminal,
            isTerminal ? TerminalWidth() : DefaultWidth,
            Environment.CurrentDirectory,
            TimeProvider.System,
            Environment.GetEnvironmentVariable,
            new Lazy<IBuildPipeline>(() => new CompilerPipeline()),
            root => new DiskOutputFileSystem(root),
            cancellation.Token)
        {
            OpenInput = Console.OpenStandardInput,
        };
        return CommandLine.Run(args, context);

        // The first signal asks; a second one ends the process at once.
        void OnSignal(PosixSignalContext signal)
        {
            if (!cancellation.IsCancellationRequested)
            {
                signal.Cancel = true;
                cancellation.Cancel();
            }
        }
    }

    private static StreamWriter OpenWriter(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferSize) { NewLine = "\n" };

    private static int TerminalWidth()
    {
        try
        {
            return Console.WindowWidth > 0 ? Console.WindowWidth : DefaultWidth;
        }
        catch (IOException)
        {
            return DefaultWidth;
        }
    }
}
