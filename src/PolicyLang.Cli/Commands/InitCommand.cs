using System.CommandLine;
using System.Text;
using PolicyLang.Cli.Help;

namespace PolicyLang.Cli.Commands;

/// <summary><c>policyc init</c>: a small project that builds as it stands.</summary>
internal static class InitCommand
{
    /// <summary>Creates the command.</summary>
    public static Command CreateInitCommand(CliContext context)
    {
        var folder = new Argument<string?>("DIR")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "The folder to start the project in; without it, this folder. It is created when it does not exist",
        };
        var command = new DocumentedCommand(
            "init",
            "Write a small, commented project that builds as it stands. Nothing is overwritten.",
            new CommandExample("policyc init", "start a project in this folder"),
            new CommandExample("policyc init access && policyc build access", "start one in `access` and compile it"))
        {
            folder,
        };
        command.SetAction(parse => Execute(parse.GetValue(folder), context));
        return command;
    }

    private static int Execute(string? argument, CliContext context)
    {
        var folder = Path.GetFullPath(argument ?? ".", context.WorkingDirectory);
        var inTheWay = StarterProject.Files.Where(file => Path.Exists(Path.Combine(folder, file.Name))).Select(file => file.Name).ToList();
        if (inTheWay.Count > 0)
        {
            throw new UsageException(
                $"{string.Join(" and ", inTheWay.Select(name => $"`{name}`"))} would be overwritten", "choose an empty folder: `policyc init DIR`");
        }

        try
        {
            Directory.CreateDirectory(folder);
            foreach (var (name, content) in StarterProject.Files)
            {
                using var stream = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write);
                stream.Write(Encoding.UTF8.GetBytes(content));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the project cannot be written: {exception.Message.TrimEnd('.')}");
        }

        var build = argument is null ? "policyc build" : $"policyc build {argument}";
        context.Error.WriteLine($"wrote {string.Join(", ", StarterProject.Files.Select(file => file.Name))}; next: {build}");
        return ExitCodes.Fine;
    }
}
