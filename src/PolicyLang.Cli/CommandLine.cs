using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using PolicyLang.Cli.Commands;
using PolicyLang.Cli.Help;
using PolicyLang.Cli.Rendering;
using PolicyLang.Diagnostics;

namespace PolicyLang.Cli;

/// <summary>The command line: which commands there are, and what becomes of mistakes in it and of failures behind it.</summary>
internal static class CommandLine
{
    private const string Description = "Compiles one access policy for Kubernetes clusters to Tailscale, Teleport, Cloudflare and Kubernetes RBAC: the outputs give exactly the rights the policy gives, or there is an error.";

    /// <summary>Runs a command line.</summary>
    /// <param name="args">The arguments without the program's name.</param>
    /// <param name="context">What the command may touch.</param>
    /// <returns>The exit status.</returns>
    public static int Run(IReadOnlyList<string> args, CliContext context)
    {
        try
        {
            return Invoke(args, context);
        }
        catch (OperationCanceledException) when (context.Cancellation.IsCancellationRequested)
        {
            context.Error.WriteLine("interrupted; nothing was changed");
            return ExitCodes.Interrupted;
        }
        catch (UsageException exception)
        {
            WriteError(context, exception.Message, exception.Help);
            return ExitCodes.Failure;
        }
        catch (Exception exception)
        {
            // Whatever is left is a defect: no stack trace for people who cannot use it, but everything on request.
            WriteError(
                context,
                $"policyc failed unexpectedly ({exception.GetType().Name}: {exception.Message})",
                $"this is a defect of policyc {ToolVersion.Number}: please report it with the command line and, if you can, the policy; POLICYC_DEBUG=1 prints more");
            if (!string.IsNullOrEmpty(context.GetEnvironmentVariable("POLICYC_DEBUG")))
            {
                context.Error.WriteLine(exception.ToString());
            }

            return ExitCodes.Failure;
        }
        finally
        {
            context.Output.Flush();
            context.Error.Flush();
        }
    }

    /// <summary>The commands.</summary>
    public static RootCommand CreateRoot(CliContext context)
    {
        var root = new RootCommand(Description);
        root.Directives.Clear();
        root.Options.Clear();
        root.Options.Add(new HelpOption("--help", "-h") { Description = "Show what a command does, with examples" });
        root.Options.Add(new Option<bool>("--version") { Description = "Print the version" });
        root.Subcommands.Add(BuildCommand.CreateBuildCommand(context));
        root.Subcommands.Add(LintCommand.CreateLintCommand(context));
        root.Subcommands.Add(RulesCommand.CreateRulesCommand(context));
        root.Subcommands.Add(ExplainCommand.CreateExplainCommand(context));
        root.Subcommands.Add(TestCommand.CreateTestCommand(context));
        root.Subcommands.Add(QuestionCommands.CreateCanCommand(context));
        root.Subcommands.Add(QuestionCommands.CreateWhoCommand(context));
        root.Subcommands.Add(QuestionCommands.CreateWhyCommand(context));
        root.Subcommands.Add(DiffCommand.CreateDiffCommand(context));
        root.Subcommands.Add(AssumptionsCommand.CreateAssumptionsCommand(context));
        root.Subcommands.Add(VerifyCommand.CreateVerifyCommand(context));
        root.Subcommands.Add(FormatCommand.CreateFormatCommand(context));
        root.Subcommands.Add(InitCommand.CreateInitCommand(context));
        root.Subcommands.Add(CompletionCommand.CreateCompletionCommand(context, () => root));
        return root;
    }

    private static int Invoke(IReadOnlyList<string> args, CliContext context)
    {
        var root = CreateRoot(context);
        var parse = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parse.GetResult(root.Options[0]) is { Implicit: false })
        {
            HelpWriter.Write(parse.CommandResult.Command, root, context.Output);
            return ExitCodes.Fine;
        }

        if (args.Count == 0)
        {
            HelpWriter.Write(root, root, context.Error);
            return ExitCodes.Failure;
        }

        if (parse.UnmatchedTokens.Count == 0 && parse.CommandResult.Command == root && parse.GetResult(root.Options[1]) is { Implicit: false })
        {
            context.Output.Write($"policyc {ToolVersion.Number}\n");
            return ExitCodes.Fine;
        }

        return parse.Errors.Count > 0 || MistakenOption(parse) is not null
            ? ReportUsage(parse, root, context)
            : parse.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = context.Output, Error = context.Error });
    }

    private static int ReportUsage(ParseResult parse, RootCommand root, CliContext context)
    {
        var command = parse.CommandResult.Command;
        var name = command == root ? "policyc" : $"policyc {command.Name}";
        var see = $"see `{name} --help`";
        if ((MistakenOption(parse) ?? (parse.UnmatchedTokens is [var first, ..] ? first : null)) is { } token)
        {
            var isOption = token.StartsWith('-');
            IEnumerable<string> known = isOption ? command.Options.Append(root.Options[0]).Select(option => option.Name) : command.Subcommands.Select(subcommand => subcommand.Name);
            var kind = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
            WriteError(context, $"`{name}` has no {kind} `{token}`", Suggestions.DidYouMean(token, known) ?? see);
        }
        else
        {
            WriteError(context, InOurStyle(parse.Errors[0].Message), see);
        }

        return ExitCodes.Failure;
    }

    // The parser takes an unknown option for an argument, which would make a folder of it. A dash alone is standard input.
    private static string? MistakenOption(ParseResult parse)
        => parse.Tokens.Any(token => token.Type == TokenType.DoubleDash)
            ? null
            : parse.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value).FirstOrDefault(value => value.Length > 1 && value.StartsWith('-'));

    private static string InOurStyle(string message)
    {
        var text = message.TrimEnd('.').Replace('\'', '`');
        return text.Length > 1 && char.IsUpper(text[0]) && !char.IsUpper(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }

    private static void WriteError(CliContext context, string message, string? help)
    {
        context.Error.WriteLine($"error: {TerminalText.Escape(message)}");
        if (help is not null)
        {
            context.Error.WriteLine($"help: {TerminalText.Escape(help)}");
        }
    }
}
