using System.CommandLine;
using PolicyLang.Cli.Completion;
using PolicyLang.Cli.Help;
using PolicyLang.Diagnostics;

namespace PolicyLang.Cli.Commands;

/// <summary><c>policyc completion</c>: scripts that teach shells the command line.</summary>
internal static class CompletionCommand
{
    /// <summary>Creates the command.</summary>
    /// <param name="context">What the command may touch.</param>
    /// <param name="getRoot">The command tree, which is complete only when the command runs.</param>
    public static Command CreateCompletionCommand(CliContext context, Func<RootCommand> getRoot)
    {
        var shell = new Argument<string>(CompletionScripts.ShellArgument) { Description = $"The shell: {string.Join(", ", CompletionScripts.Shells)}" };
        var command = new DocumentedCommand(
            "completion",
            "Print a script that completes commands and options in a shell.",
            new CommandExample("policyc completion bash > /etc/bash_completion.d/policyc", "for every user of bash"),
            new CommandExample("policyc completion zsh > \"${fpath[1]}/_policyc\"", "for zsh"),
            new CommandExample("policyc completion fish > ~/.config/fish/completions/policyc.fish", "for fish"),
            new CommandExample("policyc completion pwsh | Out-String | Invoke-Expression", "for PowerShell, in $PROFILE"))
        {
            shell,
        };
        command.SetAction(parse =>
        {
            var name = parse.GetRequiredValue(shell);
            if (!CompletionScripts.Shells.Contains(name, StringComparer.Ordinal))
            {
                throw new UsageException($"there is no completion for `{name}`", Suggestions.DidYouMean(name, CompletionScripts.Shells) ?? $"the shells are {string.Join(", ", CompletionScripts.Shells)}");
            }

            context.Output.Write(CompletionScripts.Write(name, CompletionModel.From(getRoot(), context.Pipeline.Value.TargetNames)));
            return ExitCodes.Fine;
        });
        return command;
    }
}
