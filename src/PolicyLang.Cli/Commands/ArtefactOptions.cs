using System.Collections.Immutable;
using System.CommandLine;

namespace PolicyLang.Cli.Commands;

/// <summary>Which artefacts a question is about.</summary>
/// <param name="From">A folder of files in the layout of the project's outputs; absent for what the policy compiles to.</param>
/// <param name="Exports">Exports of live systems: the name of a path, cluster or identity provider, and a file.</param>
internal sealed record ArtefactArguments(string? From, ImmutableArray<(string Name, string File)> Exports)
{
    /// <summary>None.</summary>
    public static ArtefactArguments None { get; } = new(null, []);

    /// <summary>Whether the question is about artefacts at all.</summary>
    public bool IsAsked => From is not null || !Exports.IsEmpty;
}

/// <summary><c>--from</c> and <c>--export</c>, which several commands take.</summary>
internal sealed class ArtefactOptions
{
    private readonly Option<string?> _from = new("--from") { HelpName = "DIR", Description = "Look at the files in this folder, which stand where the project's outputs stand, such as `out`" };

    private readonly Option<string[]> _exports = new("--export")
    {
        HelpName = "NAME=FILE",
        Arity = ArgumentArity.ZeroOrMore,
        AllowMultipleArgumentsPerToken = false,
        Description = "Look at an export of the live system: of a path, of a cluster, or of an identity provider's groups. May be given several times; the rest is taken as the policy compiles to it",
    };

    /// <summary>Creates the options.</summary>
    public ArtefactOptions()
        => _exports.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) is var equals && (equals < 1 || equals == token.Value.Length - 1)))
            {
                result.AddError($"`--export` takes a name and a file such as `tailscale=live.hujson`, not `{token.Value}`");
            }
        });

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_from);
        command.Options.Add(_exports);
    }

    /// <summary>What was given.</summary>
    public ArtefactArguments In(ParseResult parse)
        => new(parse.GetValue(_from), [.. (parse.GetValue(_exports) ?? []).Select(text => (text[..text.IndexOf('=', StringComparison.Ordinal)], text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..]))]);
}
