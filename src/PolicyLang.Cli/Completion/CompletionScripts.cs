using System.Collections.Immutable;
using System.Text;

namespace PolicyLang.Cli.Completion;

/// <summary>Writes completion scripts: plain text with every word in it, so that completing starts no process.</summary>
internal static class CompletionScripts
{
    /// <summary>The name of the argument that takes a shell.</summary>
    public const string ShellArgument = "SHELL";

    /// <summary>The shells.</summary>
    public static ImmutableArray<string> Shells => ["bash", "fish", "pwsh", "zsh"];

    /// <summary>The script for a shell.</summary>
    /// <param name="shell">One of <see cref="Shells"/>.</param>
    /// <param name="model">The command tree.</param>
    public static string Write(string shell, CompletionModel model) => shell switch
    {
        "bash" => Bash(model),
        "zsh" => Zsh(model),
        "fish" => Fish(model),
        _ => PowerShell(model),
    };

    private static string Bash(CompletionModel model)
    {
        var script = new StringBuilder();
        Line(script, "# bash completion for policyc: source this file, or put it into bash-completion's folder as `policyc`");
        Line(script, "_policyc() {");
        Line(script, "  local current=\"${COMP_WORDS[COMP_CWORD]}\" previous=\"${COMP_WORDS[COMP_CWORD-1]}\"");
        Line(script, "  COMPREPLY=()");
        Line(script, "  if [ \"$COMP_CWORD\" -eq 1 ]; then");
        Line(script, $"    COMPREPLY=($(compgen -W \"{Names(model)} --help --version\" -- \"$current\"))");
        Line(script, "    return");
        Line(script, "  fi");
        Line(script, "  case \"${COMP_WORDS[1]} $previous\" in");
        foreach (var (command, option) in ValuedOptions(model))
        {
            Line(script, $"    \"{command.Name} {option.Name}\") {(option.TakesFolder ? "COMPREPLY=($(compgen -d -- \"$current\"))" : $"COMPREPLY=($(compgen -W \"{string.Join(' ', option.Choices)}\" -- \"$current\"))")}; return ;;");
        }

        Line(script, "  esac");
        Line(script, "  case \"${COMP_WORDS[1]}\" in");
        foreach (var command in model.Commands)
        {
            Line(script, $"    {command.Name})");
            Line(script, $"      COMPREPLY=($(compgen -W \"{string.Join(' ', command.Options.Select(option => option.Name).Concat(command.Choices))}\" -- \"$current\"))");
            if (command.TakesFolder || command.TakesFiles)
            {
                Line(script, $"      case \"$current\" in -*) ;; *) COMPREPLY=($(compgen -{(command.TakesFiles ? 'f' : 'd')} -- \"$current\")) ;; esac");
            }

            Line(script, "      ;;");
        }

        Line(script, "  esac");
        Line(script, "}");
        Line(script, "complete -F _policyc policyc");
        return script.ToString();
    }

    private static string Zsh(CompletionModel model)
    {
        var script = new StringBuilder();
        Line(script, "#compdef policyc");
        Line(script, "# zsh completion for policyc: put this file into a folder of $fpath as `_policyc`");
        Line(script, "_policyc() {");
        Line(script, "  if (( CURRENT == 2 )); then");
        Line(script, "    local -a commands");
        Line(script, "    commands=(");
        foreach (var command in model.Commands)
        {
            Line(script, $"      '{command.Name}:{command.Description}'");
        }

        Line(script, "    )");
        Line(script, "    _describe 'command' commands");
        Line(script, "    return");
        Line(script, "  fi");
        Line(script, "  local name=$words[2]");
        Line(script, "  shift words; (( CURRENT-- ))");
        Line(script, "  case $name in");
        foreach (var command in model.Commands)
        {
            Line(script, $"    {command.Name})");
            Line(script, "      _arguments \\");
            foreach (var option in command.Options)
            {
                var value = !option.TakesValue ? "" : option.TakesFolder ? ":folder:_files -/" : $":value:({string.Join(' ', option.Choices)})";
                Line(script, $"        '{option.Name}[{option.Description}]{value}' \\");
            }

            Line(script, command.TakesFiles ? "        '*:file:_files'" : command.TakesFolder ? "        '1:folder:_files -/'" : $"        '1:value:({string.Join(' ', command.Choices)})'");
            Line(script, "      ;;");
        }

        Line(script, "  esac");
        Line(script, "}");
        Line(script, "if [ \"$funcstack[1]\" = \"_policyc\" ]; then _policyc \"$@\"; else compdef _policyc policyc; fi");
        return script.ToString();
    }

    private static string Fish(CompletionModel model)
    {
        var script = new StringBuilder();
        Line(script, "# fish completion for policyc: put this file into ~/.config/fish/completions as `policyc.fish`");
        Line(script, "complete -c policyc -f");
        Line(script, "complete -c policyc -n __fish_use_subcommand -l help -d 'Show help'");
        Line(script, "complete -c policyc -n __fish_use_subcommand -l version -d 'Print the version'");
        foreach (var command in model.Commands)
        {
            Line(script, $"complete -c policyc -n __fish_use_subcommand -a {command.Name} -d '{command.Description}'");
            var condition = $"-n '__fish_seen_subcommand_from {command.Name}'";
            foreach (var option in command.Options)
            {
                var value = !option.TakesValue ? "" : option.TakesFolder ? " -x -a '(__fish_complete_directories)'" : $" -x -a '{string.Join(' ', option.Choices)}'";
                Line(script, $"complete -c policyc {condition} -l {option.Name[2..]} -d '{option.Description}'{value}");
            }

            Line(script, $"complete -c policyc {condition} -a '{(command.TakesFiles ? "(__fish_complete_path)" : command.TakesFolder ? "(__fish_complete_directories)" : string.Join(' ', command.Choices))}'");
        }

        return script.ToString();
    }

    private static string PowerShell(CompletionModel model)
    {
        var script = new StringBuilder();
        Line(script, "# PowerShell completion for policyc: add `policyc completion pwsh | Out-String | Invoke-Expression` to $PROFILE");
        Line(script, "Register-ArgumentCompleter -Native -CommandName policyc -ScriptBlock {");
        Line(script, "    param($word, $ast, $position)");
        Line(script, "    $words = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { $_.Extent.Text })");
        Line(script, "    $command = if ($words.Count -gt 1) { $words[1] } else { '' }");
        Line(script, "    $candidates = switch (\"$command $($words[-1])\") {");
        foreach (var (command, option) in ValuedOptions(model).Where(pair => !pair.Option.TakesFolder))
        {
            Line(script, $"        '{command.Name} {option.Name}' {{ {Quoted(option.Choices)}; break }}");
        }

        Line(script, "        default {");
        Line(script, "            switch ($command) {");
        foreach (var command in model.Commands)
        {
            Line(script, $"                '{command.Name}' {{ {Quoted(command.Options.Select(option => option.Name).Concat(command.Choices))} }}");
        }

        Line(script, $"                default {{ {Quoted(model.Commands.Select(command => command.Name).Append("--help").Append("--version"))} }}");
        Line(script, "            }");
        Line(script, "        }");
        Line(script, "    }");
        Line(script, "    $candidates | Where-Object { $_ -like \"$word*\" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }");
        Line(script, "}");
        return script.ToString();
    }

    private static string Names(CompletionModel model) => string.Join(' ', model.Commands.Select(command => command.Name));

    private static string Quoted(IEnumerable<string> words) => string.Join(", ", words.Select(word => $"'{word}'"));

    private static IEnumerable<(CompletionCommandLine Command, CompletionOption Option)> ValuedOptions(CompletionModel model)
        => model.Commands.SelectMany(command => command.Options.Where(option => option.TakesValue && (option.TakesFolder || !option.Choices.IsEmpty)).Select(option => (command, option)));

    private static void Line(StringBuilder script, string line) => script.Append(line).Append('\n');
}
