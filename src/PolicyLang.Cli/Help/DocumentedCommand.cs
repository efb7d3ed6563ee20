using System.Collections.Immutable;
using System.CommandLine;

namespace PolicyLang.Cli.Help;

/// <summary>A command line that shows how a command is used.</summary>
/// <param name="CommandLine">The command line.</param>
/// <param name="Meaning">What it does.</param>
internal sealed record CommandExample(string CommandLine, string Meaning);

/// <summary>A command that a newcomer can use from its help alone.</summary>
/// <param name="name">The name.</param>
/// <param name="description">What it does.</param>
/// <param name="examples">How it is used.</param>
internal sealed class DocumentedCommand(string name, string description, params ImmutableArray<CommandExample> examples) : Command(name, description)
{
    /// <summary>How the command is used.</summary>
    public ImmutableArray<CommandExample> Examples { get; } = examples;
}

/// <summary>An option that takes one of a few words.</summary>
internal sealed class ChoiceOption : Option<string?>
{
    /// <summary>Creates the option.</summary>
    /// <param name="name">The name with its dashes.</param>
    /// <param name="choices">The words.</param>
    public ChoiceOption(string name, params ImmutableArray<string> choices)
        : base(name)
    {
        Choices = choices;
        HelpName = string.Join('|', choices);
        Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (!choices.Contains(token.Value, StringComparer.Ordinal))
                {
                    result.AddError($"`{name}` takes {string.Join(" or ", choices.Select(choice => $"`{choice}`"))}, not `{token.Value}`");
                }
            }
        });
    }

    /// <summary>The words.</summary>
    public ImmutableArray<string> Choices { get; }
}
