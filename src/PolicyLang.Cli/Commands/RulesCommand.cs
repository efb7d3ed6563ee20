using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using PolicyLang.Cli.Help;
using PolicyLang.Cli.Rendering;
using PolicyLang.Cli.Rendering.Findings;
using PolicyLang.Diagnostics;
using PolicyLang.Linting;

namespace PolicyLang.Cli.Commands;

/// <summary><c>policyc rules</c>: what lint checks.</summary>
internal static class RulesCommand
{
    /// <summary>Creates the command.</summary>
    public static Command CreateRulesCommand(CliContext context)
    {
        var id = new Argument<string?>("RULE") { Arity = ArgumentArity.ZeroOrOne, Description = "The rule to describe; without it all rules are listed" };
        var format = new ChoiceOption("--format", "text", "markdown", "json") { Description = "How rules are printed" };
        var system = new ChoiceOption("--system", [.. Enum.GetNames<RuleSystem>().Select(name => name.ToLowerInvariant())]) { Description = "List only rules that read files of this system" };
        var category = new ChoiceOption("--category", [.. Enum.GetValues<RuleCategory>().Select(RuleNames.Of)]) { Description = "List only rules of this category" };
        var color = CommonOptions.Color();
        var command = new DocumentedCommand(
            "rules",
            "List what policyc lint checks, or describe one rule: what it finds, why that matters, what to avoid and what to prefer.",
            new CommandExample("policyc rules --system kubernetes", "list the rules about Kubernetes RBAC"),
            new CommandExample("policyc rules secrets-reader", "describe a rule"))
        {
            id, format, system, category, color,
        };
        command.SetAction(parse =>
        {
            var style = TextStyle.For(CommonOptions.ModeOf(parse.GetValue(color)), context);
            var rules = Linter.Rules;
            if (parse.GetValue(id) is { } name)
            {
                rules = [Linter.Rules.FirstOrDefault(rule => rule.Id == name) ?? throw new UsageException($"there is no rule `{name}`", Suggestions.DidYouMean(name, Linter.Rules.Select(rule => rule.Id)) ?? "`policyc rules` lists all rules")];
            }

            ImmutableArray<RuleDescription> chosen =
            [
                .. rules.Where(rule => (parse.GetValue(system) is not { } of || string.Equals(of, rule.System.ToString(), StringComparison.OrdinalIgnoreCase)) && (parse.GetValue(category) is not { } about || about == RuleNames.Of(rule.Category))),
            ];
            if (chosen.IsEmpty)
            {
                throw new UsageException(parse.GetValue(id) is { } only ? $"the rule `{only}` is of another system or category" : "there is no rule of this system and category", "leave out `--system` or `--category`");
            }

            Write(chosen, parse.GetValue(format) ?? "text", parse.GetValue(id) is not null, style, context.Output);
            return ExitCodes.Fine;
        });
        return command;
    }

    private static void Write(ImmutableArray<RuleDescription> rules, string format, bool isOne, TextStyle style, TextWriter output)
    {
        switch (format)
        {
            case "json":
                JsonText.Write(output, json => WriteJson(json, rules));
                break;
            case "markdown":
                output.Write(string.Join('\n', rules.Select(rule => RulePage.Markdown(rule, isOne ? 1 : 2))));
                break;
            default:
                if (isOne)
                {
                    output.Write(RulePage.Text(rules[0]));
                }
                else
                {
                    WriteTable(rules, style, output);
                }

                break;
        }
    }

    private static void WriteTable(ImmutableArray<RuleDescription> rules, TextStyle style, TextWriter output)
    {
        var width = rules.Select(rule => rule.Id.Length).DefaultIfEmpty().Max();
        foreach (var system in rules.GroupBy(rule => rule.System).OrderBy(group => group.Key))
        {
            output.WriteLine(style.Strong(RuleNames.Of(system.Key)));
            foreach (var rule in system)
            {
                var level = rule.Lifecycle == RuleLifecycle.Stable ? RuleNames.Of(rule.DefaultLevel) : RuleNames.Of(rule.Lifecycle);
                var paint = rule.DefaultLevel switch { LintLevel.Error => (Func<string, string>)style.Error, LintLevel.Warning => style.Warning, _ => style.Note };
                output.WriteLine($"  {rule.Id.PadRight(width)}  {paint(level)}{new string(' ', Math.Max(0, 8 - level.Length))}  {rule.What}");
            }

            output.WriteLine();
        }
    }

    private static void WriteJson(Utf8JsonWriter json, ImmutableArray<RuleDescription> rules)
    {
        json.WriteStartArray("rules");
        foreach (var rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            json.WriteString("system", rule.System.ToString().ToLowerInvariant());
            json.WriteString("category", RuleNames.Of(rule.Category));
            json.WriteString("level", RuleNames.Of(rule.DefaultLevel));
            json.WriteString("lifecycle", RuleNames.Of(rule.Lifecycle));
            json.WriteString("what", rule.What);
            json.WriteString("why", rule.Why);
            WriteExample(json, "avoid", rule.Avoid);
            WriteExample(json, "prefer", rule.Prefer);
            if (rule.Fix is { } fix)
            {
                json.WriteString("fix", fix);
            }

            json.WriteStartArray("references");
            foreach (var reference in rule.References)
            {
                json.WriteStartObject();
                json.WriteString("title", reference.Title);
                json.WriteString("url", reference.Url);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteExample(Utf8JsonWriter json, string name, RuleExample example)
    {
        json.WriteStartObject(name);
        json.WriteString("file", example.FileName);
        json.WriteString("text", example.Text);
        json.WriteEndObject();
    }
}
