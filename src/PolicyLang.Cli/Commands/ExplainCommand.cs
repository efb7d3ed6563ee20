using System.CommandLine;
using PolicyLang.Cli.Building;
using PolicyLang.Cli.Help;
using PolicyLang.Cli.Rendering;
using PolicyLang.Cli.Rendering.Findings;
using PolicyLang.Diagnostics;
using PolicyLang.Linting;

namespace PolicyLang.Cli.Commands;

/// <summary><c>policyc explain</c>: what a code means.</summary>
internal static class ExplainCommand
{
    private const int Width = 100;

    /// <summary>Creates the command.</summary>
    public static Command CreateExplainCommand(CliContext context)
    {
        var code = new Argument<string>("CODE") { Description = "The code of a finding, as it stands in brackets: the name of an error, of a warning or of a lint rule" };
        var command = new DocumentedCommand(
            "explain",
            "Explain a code: what it means, why it matters and what to do.",
            new CommandExample("policyc explain reach-cannot-separate", "explain an error of the compiler"),
            new CommandExample("policyc explain secrets-reader", "explain a lint rule"))
        {
            code,
        };
        command.SetAction(parse =>
        {
            var name = CodeIn(parse.GetRequiredValue(code));
            if (Linter.Rules.FirstOrDefault(rule => rule.Id == name) is { } rule)
            {
                context.Output.Write(RulePage.Text(rule));
                return ExitCodes.Fine;
            }

            var known = DiagnosticCatalog.All.Concat(CommandDiagnostics.All).ToArray();
            var found = Array.Find(known, kind => kind.Descriptor.Code == name);
            if (found.Descriptor is not { } descriptor)
            {
                throw new UsageException($"there is no code `{name}`", Suggestions.DidYouMean(name, known.Select(kind => kind.Descriptor.Code).Concat(Linter.Rules.Select(r => r.Id))) ?? "write it as it stands in brackets behind `error`, `warning` or `note`; `policyc rules` lists all lint rules");
            }

            Write(found.Area, descriptor, context.Output);
            return ExitCodes.Fine;
        });
        return command;
    }

    // People copy it from a finding: `error[two-scopes]:`.
    private static string CodeIn(string text)
    {
        text = text.TrimEnd(':');
        var bracket = text.IndexOf('[', StringComparison.Ordinal);
        return (bracket >= 0 && text.EndsWith(']') ? text[(bracket + 1)..^1] : text).Trim('`');
    }

    private static void Write(string area, DiagnosticDescriptor descriptor, TextWriter output)
    {
        var severity = descriptor.Severity switch { DiagnosticSeverity.Error => "error", DiagnosticSeverity.Warning => "warning", _ => "note" };
        output.WriteLine($"{descriptor.Code}: {descriptor.Title}");
        output.WriteLine($"{severity}, {char.ToLowerInvariant(area[0])}{area[1..]}");
        if (descriptor.Explanation is { } explanation)
        {
            output.WriteLine();
            foreach (var line in WrappedText.Lines(explanation, Width))
            {
                output.WriteLine(line);
            }
        }

        if (descriptor.Example is { } example)
        {
            output.WriteLine();
            output.WriteLine("Example:");
            output.WriteLine();
            foreach (var line in example.TrimEnd('\n').Split('\n'))
            {
                output.WriteLine(line.Length == 0 ? "" : "    " + line);
            }
        }
    }
}
