using System.Collections.Immutable;
using PolicyLang.Projects;
using PolicyLang.Reading;

namespace PolicyLang.Proof;

/// <summary>
/// Which differences exceptions of the project excuse: those of which an exception names everybody. A word that stands for two of a system's callers, such as a bot and a person
/// with one name, excuses neither, since nobody can say which of them is meant.
/// </summary>
internal sealed class ExcusedDifferences
{
    private readonly ImmutableArray<BaseExcuse> _exceptions;
    private readonly HashSet<(string Path, string Word)> _ambiguous;

    /// <summary>Looks at all differences of a project together.</summary>
    public ExcusedDifferences(IEnumerable<ProofDifference> differences, ImmutableArray<BaseExcuse> exceptions)
    {
        _exceptions = exceptions;
        _ambiguous = exceptions.IsEmpty ? []
            : differences.SelectMany(d => Named(d).Select(atom => (Path: d.Path.Name, Atom: atom))).Distinct()
                .GroupBy(named => (named.Path, Word: named.Atom.Value)).Where(group => group.Skip(1).Any()).Select(group => group.Key).ToHashSet();
    }

    /// <summary>The names of whom a difference is about, as people read them.</summary>
    public static string WordsOf(ProofDifference difference) => string.Join(", ", Named(difference).Select(atom => atom.Value));

    /// <summary>The exception that excuses a difference, if one does.</summary>
    public BaseExcuse? Of(ProofDifference difference)
    {
        if (!difference.IsGiven || _exceptions.IsEmpty)
        {
            return null;
        }

        string[] words = [.. Named(difference).Select(atom => atom.Value)];
        return words.Length == 0 || Array.Exists(words, word => _ambiguous.Contains((difference.Path.Name, word)))
            ? null
            : _exceptions.FirstOrDefault(exception => Array.TrueForAll(words, word => exception.Covers(difference.Path.Name, difference.Cluster.Name, word)));
    }

    private static IEnumerable<Atom> Named(ProofDifference difference) => difference.Principals.Where(principal => principal.Value.Length > 0);
}
