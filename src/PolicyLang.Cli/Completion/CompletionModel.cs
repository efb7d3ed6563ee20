using System.Collections.Immutable;
using System.CommandLine;
using PolicyLang.Cli.Commands;
using PolicyLang.Cli.Help;

namespace PolicyLang.Cli.Completion;

/// <summary>An option as shells complete it.</summary>
/// <param name="Name">The long name.</param>
/// <param name="Description">The first sentence of what it does.</param>
/// <param name="TakesValue">Whether a value follows.</param>
/// <param name="Choices">The values, if they are fixed.</param>
/// <param name="TakesFolder">Whether the value is a folder.</param>
internal sealed record CompletionOption(string Name, string Description, bool TakesValue, ImmutableArray<string> Choices, bool TakesFolder);

/// <summary>A command as shells complete it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">The first sentence of what it does.</param>
/// <param name="Options">Its options.</param>
/// <param name="Choices">The values of its argument, if they are fixed.</param>
/// <param name="TakesFolder">Whether its argument is a folder.</param>
internal sealed record CompletionCommandLine(string Name, string Description, ImmutableArray<CompletionOption> Options, ImmutableArray<string> Choices, bool TakesFolder)
{
    /// <summary>Whether its arguments are files and folders.</summary>
    public bool TakesFiles { get; init; }
}

/// <summary>What shells need to know of the command tree.</summary>
/// <param name="Commands">The commands, by name.</param>
internal sealed record CompletionModel(ImmutableArray<CompletionCommandLine> Commands)
{
    /// <summary>Reads a command tree.</summary>
    /// <param name="root">The root of the tree.</param>
    /// <param name="targets">The names of the targets.</param>
    public static CompletionModel From(RootCommand root, ImmutableArray<string> targets)
        => new([.. root.Subcommands.OrderBy(command => command.Name, StringComparer.Ordinal).Select(command => From(command, targets))]);

    private static CompletionCommandLine From(Command command, ImmutableArray<string> targets)
    {
        var argument = command.Arguments.FirstOrDefault();
        var shells = argument?.Name == CompletionScripts.ShellArgument ? CompletionScripts.Shells : [];
        return new CompletionCommandLine(
            command.Name,
            FirstSentence(command.Description),
            [.. command.Options.Select(option => From(option, targets)).Append(new CompletionOption("--help", "Show help", false, [], false)).OrderBy(option => option.Name, StringComparer.Ordinal)],
            shells,
            argument is not null && shells.IsEmpty && argument.Name is not (QuestionCommands.QuestionArgument or FormatCommand.FilesArgument))
        {
            TakesFiles = argument?.Name == FormatCommand.FilesArgument,
        };
    }

    private static CompletionOption From(Option option, ImmutableArray<string> targets)
    {
        var choices = option is ChoiceOption choice ? choice.Choices : option.Name == "--target" ? targets : [];
        return new CompletionOption(option.Name, FirstSentence(option.Description), option.Arity.MinimumNumberOfValues > 0, choices, option.HelpName == "DIR");
    }

    // Quotes of any kind would need four ways of escaping; the texts are ours and have none.
    private static string FirstSentence(string? text)
    {
        var end = text?.IndexOfAny(['.', ':', ';']) ?? -1;
        return (end < 0 ? text ?? "" : text?[..end] ?? "").Replace("'", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal);
    }
}
