using System.Collections.Immutable;
using PolicyLang.Reading;

namespace PolicyLang.Proof;

/// <summary>Somebody who comes by a path: what holds of the person or machine, and which checks the device passes.</summary>
internal sealed class Caller
{
    /// <summary>A person whom the system knows.</summary>
    public static readonly Atom SomePerson = new(AtomKind.AnyPerson, "", "");

    /// <summary>A machine that the system knows.</summary>
    public static readonly Atom SomeMachine = new(AtomKind.AnyMachine, "", "");

    private readonly IReadOnlySet<Atom> _checks;

    private Caller(ImmutableArray<Atom> principals, IReadOnlySet<Atom> checks)
    {
        Principals = principals;
        _checks = checks;
    }

    /// <summary>What the caller is and belongs to, the kind of caller included; empty for somebody whom the system does not know at all.</summary>
    public ImmutableArray<Atom> Principals { get; }

    /// <summary>The caller's own name in the path's system; absent for somebody of whom only a group is known.</summary>
    public string? Login
    {
        get
        {
            foreach (var principal in Principals)
            {
                if (principal.Kind == AtomKind.Person)
                {
                    return principal.Value;
                }
            }

            return null;
        }
    }

    /// <summary>A caller of whom some principals hold, which are all of people or all of machines.</summary>
    public static Caller Of(ReadOnlySpan<Atom> principals, IReadOnlySet<Atom> checks)
    {
        var all = ImmutableArray.CreateBuilder<Atom>(principals.Length + 1);
        foreach (var principal in principals)
        {
            all.Add(principal);
            var kind = principal.Kind is AtomKind.Machine or AtomKind.AnyMachine ? SomeMachine : SomePerson;
            if (!all.Contains(kind))
            {
                all.Add(kind);
            }
        }

        return new Caller(all.DrainToImmutable(), checks);
    }

    /// <summary>An atom about principals in the one spelling that callers use.</summary>
    public static Atom Principal(Atom atom) => atom.Kind switch
    {
        AtomKind.AnyPerson => SomePerson,
        AtomKind.AnyMachine => SomeMachine,
        _ => atom,
    };

    /// <summary>What is known of an atom. Nobody knows what holds of the connection.</summary>
    public Truth Knows(Atom atom) => atom.Kind switch
    {
        AtomKind.Posture => _checks.Contains(atom).ToTruth(),
        AtomKind.Connection => Truth.Unknown,
        _ => Principals.AsSpan().Contains(Principal(atom)).ToTruth(),
    };

    /// <summary>The caller as people read it.</summary>
    public override string ToString()
    {
        var named = Principals.Where(p => p != SomePerson && p != SomeMachine).Select(Describe).ToArray();
        var who = named.Length > 0 ? string.Join(" and ", named)
            : Principals.Contains(SomePerson) ? "a person whom no rule names"
            : Principals.Contains(SomeMachine) ? "a machine that no rule names"
            : "somebody whom the path does not know";
        var checks = _checks.Select(c => $"`{c.Value}`").Order(StringComparer.Ordinal).ToArray();
        return checks.Length == 0 ? who : $"{who} while {string.Join(" and ", checks)} holds";
    }

    private static string Describe(Atom principal) => principal.Kind switch
    {
        AtomKind.Person => $"`{principal.Value}`",
        AtomKind.Group => $"somebody in `{principal.Value}`",
        _ => $"the machine `{principal.Value}`",
    };
}
