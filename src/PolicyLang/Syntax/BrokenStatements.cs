using System.Collections.Immutable;
using PolicyLang.Syntax.Generated;

namespace PolicyLang.Syntax;

/// <summary>Remembers what statements with a mistake would have declared, so that one mistake does not become one for every use of the name.</summary>
internal sealed class BrokenStatements(PolicyTokens tokens)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public bool HasInventory { get; private set; }

    public ImmutableArray<string> Names => [.. _names.Order(StringComparer.Ordinal)];

    /// <summary>Adds every declaration of a chunk. One without a mistake may be among them, which does no harm: it is declared anyway.</summary>
    public void Add(Range chunk)
    {
        for (var i = chunk.Start.Value; i < chunk.End.Value; i++)
        {
            switch (tokens.TypeAt(i))
            {
                case PolicyParser.CLUSTERS or PolicyParser.NAMESPACES when tokens.TypeAt(i + 1) != PolicyParser.WHERE:
                    HasInventory = true;
                    break;
                case PolicyParser.USER or PolicyParser.GROUP or PolicyParser.MACHINE or PolicyParser.CLUSTER or PolicyParser.FLEET or PolicyParser.ROLE or PolicyParser.POSTURE when i + 1 < chunk.End.Value:
                    _names.Add(tokens.Tokens[i + 1].Text);
                    break;
                case PolicyParser.WORD when i == chunk.Start.Value && i + 1 < chunk.End.Value:
                    // A misspelt first word: `gruop payments { … }`.
                    _names.Add(tokens.Tokens[i + 1].Text);
                    break;
            }
        }
    }
}
