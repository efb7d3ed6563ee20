using System.CommandLine;
using PolicyLang.Cli.Rendering;

namespace PolicyLang.Cli.Help;

/// <summary>Writes the help of a command.</summary>
internal static class HelpWriter
{
    private const int Width = 88;

    /// <summary>Writes the help of a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="root">The root of the command tree.</param>
    /// <param name="output">Where to write.</param>
    public static void Write(Command command, RootCommand root, TextWriter output)
    {
        foreach (var line in WrappedText.Lines(command.Description ?? "", Width))
        {
            output.WriteLine(line);
        }

        output.WriteLine();
        output.WriteLine("Usage: " + Usage(command, root));
        WriteTable("Commands", command.Subcommands.Select(subcommand => (subcommand.Name, subcommand.Description ?? "")), output);
        WriteTable("Arguments", command.Arguments.Select(argument => (argument.HelpName ?? argument.Name, argument.Description ?? "")), output);
        var options = command == root ? root.Options : command.Options.Append(root.Options[0]);
        WriteTable("Options", options.Where(option => !option.Hidden).Select(option => (Spelling(option), option.Description ?? "")), output);
        if (command is DocumentedCommand { Examples.IsEmpty: false } documented)
        {
            output.WriteLine();
            output.WriteLine("Examples:");
            foreach (var example in documented.Examples)
            {
                output.WriteLine($"  {example.CommandLine}");
                output.WriteLine($"      {example.Meaning}");
            }
        }

        WriteTable(
            "Exit status",
            [("0", "fine"), ("1", "findings: errors in the policy, a broken guard, a failed test, an answer other than yes, outputs out of date or something in their way, a file that is not formatted, a lint finding of the level that makes a run fail"), ("2", "wrong usage, input that cannot be read, outputs that cannot be written, a defect"), ("130", "interrupted by Ctrl-C")],
            output);
        if (command == root)
        {
            output.WriteLine();
            output.WriteLine("Start with `policyc init`; `policyc COMMAND --help` tells more about a command.");
        }
    }

    /// <summary>How a command is called.</summary>
    private static string Usage(Command command, RootCommand root)
    {
        if (command == root)
        {
            return "policyc COMMAND [OPTIONS]";
        }

        var arguments = command.Arguments.Select(argument =>
        {
            var name = argument.HelpName ?? argument.Name;
            return argument.Arity.MinimumNumberOfValues == 0 ? $" [{name}]" : $" {name}";
        });
        return $"policyc {command.Name}{string.Concat(arguments)} [OPTIONS]";
    }

    private static string Spelling(Option option)
    {
        var names = string.Join(", ", option.Aliases.OrderBy(alias => alias.Length).ThenBy(alias => alias, StringComparer.Ordinal).Append(option.Name));
        return option.Arity.MaximumNumberOfValues > 0 && option.HelpName is { } value ? $"{names} {value}" : names;
    }

    private static void WriteTable(string title, IEnumerable<(string Name, string Text)> rows, TextWriter output)
    {
        var all = rows.ToList();
        if (all.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine(title + ":");
        var indent = all.Max(row => row.Name.Length) + 4;
        foreach (var (name, text) in all)
        {
            var lead = $"  {name}".PadRight(indent);
            foreach (var line in WrappedText.Lines(text, Width - indent))
            {
                output.WriteLine(lead + line);
                lead = new string(' ', indent);
            }
        }
    }
}
