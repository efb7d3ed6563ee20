using PolicyLang.Reading;

namespace PolicyLang.Proof;

/// <summary>
/// The sets of passing checks in which policy and artefacts can differ. Both sides give more when more checks pass, so these are the unions of the sets that some
/// statement asks for; each single check is taken too, since what asks for both on one side may ask for either on the other.
/// </summary>
internal sealed class CheckSets
{
    // Beyond this many sets, unions of more than two are left out, but for the union of all.
    private const int MostSets = 6;

    private static readonly List<HashSet<Atom>> None = [[]];

    private readonly List<HashSet<Atom>> _sets = [];

    /// <summary>Adds the checks that one statement asks for together. The set is kept and must not change.</summary>
    public void Add(HashSet<Atom> together)
    {
        if (together.Count > 1)
        {
            foreach (var check in together)
            {
                Add(_sets, [check]);
            }
        }

        Add(_sets, together);
    }

    /// <summary>Forgets all sets.</summary>
    public void Clear() => _sets.Clear();

    /// <summary>The unions, the empty one first.</summary>
    public List<HashSet<Atom>> Unions()
    {
        if (_sets.Count == 0)
        {
            return None;
        }

        var unions = new List<HashSet<Atom>> { new() };
        foreach (var set in _sets)
        {
            Add(unions, set);
        }

        for (var rounds = _sets.Count <= MostSets ? _sets.Count - 1 : 1; rounds > 0; rounds--)
        {
            foreach (var union in unions.ToArray().SelectMany(a => _sets.Select(b => a.Union(b).ToHashSet())))
            {
                Add(unions, union);
            }
        }

        Add(unions, [.. _sets.SelectMany(set => set)]);
        return unions;
    }

    private static void Add(List<HashSet<Atom>> sets, HashSet<Atom> set)
    {
        if (!sets.Exists(known => known.SetEquals(set)))
        {
            sets.Add(set);
        }
    }
}
