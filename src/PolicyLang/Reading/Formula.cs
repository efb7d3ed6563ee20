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
    public static Formula All(IEnumerable<Formula> parts) => Join(parts, Truth.True, Truth.False, static p => p is AllFormula all ? all.Parts : null, static p => new AllFormula(p));

    /// <summary>One of them holds.</summary>
    public static Formula Any(IEnumerable<Formula> parts) => Join(parts, Truth.False, Truth.True, static p => p is AnyFormula any ? any.Parts : null, static p => new AnyFormula(p));

    /// <summary>Both hold.</summary>
    public Formula And(Formula other) => All([this, other]);

    /// <summary>One of them holds.</summary>
    public Formula Or(Formula other) => Any([this, other]);

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

    private static Formula Join(
        IEnumerable<Formula> parts,
        Truth neutral,
        Truth deciding,
        Func<Formula, ImmutableArray<Formula>?> partsOfSameKind,
        Func<ImmutableArray<Formula>, Formula> create)
    {
        var flat = ImmutableArray.CreateBuilder<Formula>();
        var seen = new HashSet<Formula>();
        foreach (var part in parts)
        {
            foreach (var inner in partsOfSameKind(part) ?? [part])
            {
                if (inner is ConstantFormula constant && constant.Truth == deciding)
                {
                    return inner;
                }

                if (!(inner is ConstantFormula other && other.Truth == neutral) && seen.Add(inner))
                {
                    flat.Add(inner);
                }
            }
        }

        return flat.Count switch { 0 => Of(neutral), 1 => flat[0], _ => create(flat.ToImmutable()) };
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
