using PolicyLang.Reading;

namespace PolicyLang.Proof;

/// <summary>
/// Statements about callers, found by whom they speak of. Most statements about an endpoint name one team, and asking all of them for each caller would take a time
/// that grows with the square of their number.
/// </summary>
/// <typeparam name="T">What a statement decides.</typeparam>
internal sealed class FormulaIndex<T>
{
    private readonly Dictionary<Atom, List<int>> _byPrincipal = [];
    private readonly List<int> _always = [];
    private readonly List<(Formula Formula, T Value, int Number, HashSet<Atom>? Checks)> _entries = [];
    private readonly HashSet<Atom> _atoms = [];
    private int _statements;

    /// <summary>Every atom about principals in any statement.</summary>
    public HashSet<Atom> Principals { get; } = [];

    /// <summary>Every check in any statement.</summary>
    public HashSet<Atom> Checks { get; } = [];

    /// <summary>The principals in statements where being more can give less.</summary>
    public HashSet<Atom> Restrained { get; } = [];

    /// <summary>Adds a statement. One that is a sum is taken apart, so that each part is found by its own principals.</summary>
    public void Add(Formula formula, T value) => Add(formula, value, _statements++);

    private void Add(Formula formula, T value, int number)
    {
        if (formula is AnyFormula any)
        {
            foreach (var part in any.Parts)
            {
                Add(part, value, number);
            }

            return;
        }

        if (formula is ConstantFormula { Truth: Truth.False })
        {
            return;
        }

        var index = _entries.Count;
        if (formula is AtomFormula { Atom: { Kind: not (AtomKind.Posture or AtomKind.Connection) } only })
        {
            _entries.Add((formula, value, number, null));
            AddOfPrincipal(Caller.Principal(only), index);
            return;
        }

        _atoms.Clear();
        formula.CollectAtoms(_atoms);
        HashSet<Atom>? checks = null;
        foreach (var atom in _atoms)
        {
            if (atom.Kind == AtomKind.Posture)
            {
                (checks ??= []).Add(atom);
            }
        }

        _entries.Add((formula, value, number, checks));
        var isNegated = IsNegated(formula);
        var needsPrincipal = !isNegated && formula.Evaluate(HoldsWithoutPrincipal) == Truth.False;
        foreach (var atom in _atoms)
        {
            if (atom.Kind == AtomKind.Posture)
            {
                Checks.Add(atom);
                continue;
            }

            if (atom.Kind == AtomKind.Connection)
            {
                continue;
            }

            var principal = Caller.Principal(atom);
            if (isNegated)
            {
                Restrained.Add(principal);
            }

            if (needsPrincipal)
            {
                AddOfPrincipal(principal, index);
            }
            else
            {
                Principals.Add(principal);
            }
        }

        if (!needsPrincipal)
        {
            _always.Add(index);
        }
    }

    private void AddOfPrincipal(Atom principal, int index)
    {
        if (!_byPrincipal.TryGetValue(principal, out var list))
        {
            _byPrincipal.Add(principal, list = []);
            Principals.Add(principal);
        }

        list.Add(index);
    }

    /// <summary>Finds the statements that may hold of a caller, each with its number among the statements and what is known of it; those that are false are left out.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="holding">Receives them; what was in it is forgotten.</param>
    public void Find(Caller caller, List<(int Number, T Value, Truth Truth)> holding)
    {
        holding.Clear();
        Find(caller, _always, holding);
        foreach (var principal in caller.Principals)
        {
            if (_byPrincipal.TryGetValue(principal, out var indexes))
            {
                Find(caller, indexes, holding);
            }
        }
    }

    private void Find(Caller caller, List<int> indexes, List<(int Number, T Value, Truth Truth)> holding)
    {
        foreach (var index in indexes)
        {
            var entry = _entries[index];
            var truth = entry.Formula.Evaluate(caller.Knows);
            if (truth != Truth.False)
            {
                holding.Add((entry.Number, entry.Value, truth));
            }
        }
    }

    /// <summary>Adds the sets of checks that the statements about a principal ask for together.</summary>
    public void AddCheckSets(Atom principal, CheckSets sets)
    {
        if (Checks.Count == 0)
        {
            return;
        }

        AddCheckSets(_always, sets);
        if (_byPrincipal.TryGetValue(principal, out var indexes))
        {
            AddCheckSets(indexes, sets);
        }
    }

    private void AddCheckSets(List<int> indexes, CheckSets sets)
    {
        foreach (var index in indexes)
        {
            if (_entries[index].Checks is { } checks)
            {
                sets.Add(checks);
            }
        }
    }

    private static Truth HoldsWithoutPrincipal(Atom atom) => atom.Kind switch
    {
        AtomKind.Posture => Truth.True,
        AtomKind.Connection => Truth.Unknown,
        _ => Truth.False,
    };

    private static bool IsNegated(Formula formula) => formula switch
    {
        NotFormula => true,
        AllFormula all => all.Parts.Any(IsNegated),
        AnyFormula any => any.Parts.Any(IsNegated),
        _ => false,
    };
}
