using System.Collections.Immutable;

namespace PolicyLang.Reading;

/// <summary>
/// A statement about a caller, built of atoms. The constructors simplify: constants vanish, nested sums and products are flat, so that what a
/// system says of one endpoint stays as small as what is said about it.
/// </summary>
public abstract record Formula
{
    private protected Formula()
    {
    }

    /// <summary>Holds for everybody.</summary>
    public static Formula Always { get; } = new ConstantFormula(Truth.True);

    /// <summary>Holds for nobody.</summary>
    public static Formula Never { get; } = new ConstantFormula(Truth.False);

    /// <summary>Cannot be decided: a construct that the reader does not understand.</summary>
    public static Formula Undecided { get; } = new ConstantFormula(Truth.Unknown);

    /// <summary>An atom.</summary>
    public static Formula Of(Atom atom) => new AtomFormula(atom);

    /// <summary>A constant.</summary>
    public static Formula Of(Truth truth) => truth switch { Truth.True => Always, Truth.False => Never, _ => Undecided };

    /// <summary>All of them hold.</summary>
    public static Formula All(IEnumerable<Formula> parts)
    {
        var joined = new JoinedParts(Truth.True, Truth.False);
        foreach (var part in parts)
        {
            if (part is AllFormula all ? !joined.AddRange(all.Parts) : !joined.Add(part))
            {
                return Never;
            }
        }

        return joined.Single ?? new AllFormula(joined.ToImmutable());
    }

    /// <summary>One of them holds.</summary>
    public static Formula Any(IEnumerable<Formula> parts)
    {
        var joined = new JoinedParts(Truth.False, Truth.True);
        foreach (var part in parts)
        {
            if (part is AnyFormula any ? !joined.AddRange(any.Parts) : !joined.Add(part))
            {
                return Always;
            }
        }

        return joined.Single ?? new AnyFormula(joined.ToImmutable());
    }

    /// <summary>Both hold.</summary>
    public Formula And(Formula other)
        => this is ConstantFormula { Truth: not Truth.Unknown } a ? (a.Truth == Truth.True ? other : a)
            : other is ConstantFormula { Truth: not Truth.Unknown } b ? (b.Truth == Truth.True ? this : b)
            : All([this, other]);

    /// <summary>One of them holds.</summary>
    public Formula Or(Formula other)
        => this is ConstantFormula { Truth: not Truth.Unknown } a ? (a.Truth == Truth.False ? other : a)
            : other is ConstantFormula { Truth: not Truth.Unknown } b ? (b.Truth == Truth.False ? this : b)
            : Any([this, other]);

    /// <summary>It does not hold.</summary>
    public Formula Not() => this switch
    {
        ConstantFormula constant => Of(constant.Truth.Not()),
        NotFormula not => not.Part,
        _ => new NotFormula(this),
    };

    /// <summary>Whether it holds in a world, which says what is known of each atom.</summary>
    public abstract Truth Evaluate(Func<Atom, Truth> world);

    /// <summary>Adds every atom that it speaks of.</summary>
    public abstract void CollectAtoms(ISet<Atom> atoms);

    // The parts of a sum or a product, without repetitions and without what changes nothing. Most have one or two, for which a set would be waste.
    private struct JoinedParts(Truth neutral, Truth deciding)
    {
        private const int FewParts = 8;

        private Formula? _first;
        private List<Formula>? _parts;
        private HashSet<Formula>? _seen;

        // The whole where it needs no list.
        public readonly Formula? Single => _parts is null ? _first ?? Of(neutral) : null;

        // Whether the whole is still open.
        public bool AddRange(ImmutableArray<Formula> parts)
        {
            foreach (var part in parts)
            {
                if (!Add(part))
                {
                    return false;
                }
            }

            return true;
        }

        public bool Add(Formula part)
        {
            if (part is ConstantFormula constant && constant.Truth != Truth.Unknown)
            {
                return constant.Truth != deciding;
            }

            if (_first is null)
            {
                _first = part;
            }
            else if (_parts is null)
            {
                if (!_first.Equals(part))
                {
                    _parts = [_first, part];
                }
            }
            else if (_seen?.Add(part) ?? !_parts.Contains(part))
            {
                _parts.Add(part);
                if (_parts.Count == FewParts)
                {
                    _seen = [.. _parts];
                }
            }

            return true;
        }

        public readonly ImmutableArray<Formula> ToImmutable() => [.. _parts ?? []];
    }
}

/// <summary>A statement that does not depend on the caller.</summary>
/// <param name="Truth">What is known of it.</param>
public sealed record ConstantFormula(Truth Truth) : Formula
{
    /// <inheritdoc/>
    public override Truth Evaluate(Func<Atom, Truth> world) => Truth;

    /// <inheritdoc/>
    public override void CollectAtoms(ISet<Atom> atoms)
    {
    }
}

/// <summary>An atom.</summary>
/// <param name="Atom">The atom.</param>
public sealed record AtomFormula(Atom Atom) : Formula
{
    /// <inheritdoc/>
    public override Truth Evaluate(Func<Atom, Truth> world) => world(Atom);

    /// <inheritdoc/>
    public override void CollectAtoms(ISet<Atom> atoms) => atoms.Add(Atom);
}

/// <summary>A statement that is the contrary of another.</summary>
/// <param name="Part">The other.</param>
public sealed record NotFormula(Formula Part) : Formula
{
    /// <inheritdoc/>
    public override Truth Evaluate(Func<Atom, Truth> world) => Part.Evaluate(world).Not();

    /// <inheritdoc/>
    public override void CollectAtoms(ISet<Atom> atoms) => Part.CollectAtoms(atoms);
}

/// <summary>Statements that must all hold.</summary>
/// <param name="Parts">Two at least; none is a constant but <see cref="Formula.Undecided"/>.</param>
public sealed record AllFormula(ImmutableArray<Formula> Parts) : Formula
{
    /// <inheritdoc/>
    public override Truth Evaluate(Func<Atom, Truth> world) => FormulaParts.Evaluate(Parts, world, Truth.False, Truth.True);

    /// <inheritdoc/>
    public override void CollectAtoms(ISet<Atom> atoms) => FormulaParts.CollectAtoms(Parts, atoms);

    /// <inheritdoc/>
    public bool Equals(AllFormula? other) => other is not null && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => FormulaParts.HashOf(Parts, 1);
}

/// <summary>Statements one of which must hold.</summary>
/// <param name="Parts">Two at least; none is a constant but <see cref="Formula.Undecided"/>.</param>
public sealed record AnyFormula(ImmutableArray<Formula> Parts) : Formula
{
    /// <inheritdoc/>
    public override Truth Evaluate(Func<Atom, Truth> world) => FormulaParts.Evaluate(Parts, world, Truth.True, Truth.False);

    /// <inheritdoc/>
    public override void CollectAtoms(ISet<Atom> atoms) => FormulaParts.CollectAtoms(Parts, atoms);

    /// <inheritdoc/>
    public bool Equals(AnyFormula? other) => other is not null && Parts.SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override int GetHashCode() => FormulaParts.HashOf(Parts, 2);
}

/// <summary>What sums and products share.</summary>
internal static class FormulaParts
{
    public static Truth Evaluate(ImmutableArray<Formula> parts, Func<Atom, Truth> world, Truth deciding, Truth neutral)
    {
        var result = neutral;
        foreach (var part in parts)
        {
            var truth = part.Evaluate(world);
            if (truth == deciding)
            {
                return deciding;
            }

            result = truth == Truth.Unknown ? Truth.Unknown : result;
        }

        return result;
    }

    public static void CollectAtoms(ImmutableArray<Formula> parts, ISet<Atom> atoms)
    {
        foreach (var part in parts)
        {
            part.CollectAtoms(atoms);
        }
    }

    public static int HashOf(ImmutableArray<Formula> parts, int kind)
    {
        var hash = new HashCode();
        hash.Add(kind);
        foreach (var part in parts)
        {
            hash.Add(part);
        }

        return hash.ToHashCode();
    }
}
