using System.CommandLine;
using PolicyLang.Cli.Formatting;
using PolicyLang.Cli.Help;

namespace PolicyLang.Cli.Commands;

/// <summary><c>policyc fmt</c>: its options.</summary>
internal static class FormatCommand
{
    /// <summary>The name of the argument that takes files.</summary>
    public const string FilesArgument = "FILES";

    /// <summary>Creates the command.</summary>
    public static Command CreateFormatCommand(CliContext context)
    {
        var files = new Argument<string[]>(FilesArgument)
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "Policy files, HuJSON files (such as a tailnet policy file), folders of such files, or - for standard input. Without any, the policy files of the project around this folder",
        };
        var check = new Option<bool>("--check") { Description = "Fail with a list when a file is not formatted; write nothing" };
        var diff = new Option<bool>("--diff") { Description = "Show what would change as a unified diff, and fail when something would; write nothing" };
        var name = new Option<string?>("--stdin-filename") { HelpName = "NAME", Description = "With -: the name of the file, which says what it is and stands in messages; nothing is read from it" };
        var color = CommonOptions.Color();
        var command = new DocumentedCommand(
            "fmt",
            "Rewrite files in the one layout of the language. What they say, their words and comments stay as they are. Silent when nothing changes.",
            new CommandExample("policyc fmt", "format the policy files of the project around this folder"),
            new CommandExample("policyc fmt --check", "in CI: fail with a list when one is not formatted"),
            new CommandExample("policyc fmt teams tailnet.hujson", "format the files of a folder, and a tailnet policy file as Tailscale does"),
            new CommandExample("policyc fmt - --stdin-filename team.policy < team.policy", "in an editor: print the text to standard output"))
        {
            files, check, diff, name, color,
        };
        command.SetAction(parse => new FormatRun(context, new FormatArguments(
            [.. parse.GetValue(files) ?? []],
            parse.GetValue(check),
            parse.GetValue(diff),
            parse.GetValue(name),
            CommonOptions.ModeOf(parse.GetValue(color)))).Execute());
        return command;
    }
}
