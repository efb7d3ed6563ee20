using System.Collections.Immutable;
using PolicyLang.Semantics;

namespace PolicyLang.Testing;

/// <summary>What is known of a guard.</summary>
public enum GuardOutcome
{
    /// <summary>In no world somebody has what it denies.</summary>
    Holds,

    /// <summary>In no world that is known; whether there is one hinges on who is in two subjects.</summary>
    Unproved,

    /// <summary>There is such a world.</summary>
    Broken,
}

/// <summary>Somebody who has, or may have, what a guard denies.</summary>
/// <param name="Guarded">The subject of the guard; absent where it speaks of anybody but its subjects.</param>
/// <param name="Entitlement">What gives the right.</param>
/// <param name="Namespaces">Where; absent for the whole cluster.</param>
/// <param name="Paths">By which paths.</param>
/// <param name="Finding">The right.</param>
public sealed record GuardWitness(Subject? Guarded, Entitlement Entitlement, ImmutableArray<string>? Namespaces, ImmutableArray<AccessPath> Paths, RightFinding Finding);

/// <summary>What a guard does not exclude: code that somebody can run as a service account.</summary>
/// <param name="Entitlement">What gives the right.</param>
/// <param name="Right">The right.</param>
public sealed record IndirectWay(Entitlement Entitlement, HeldRight Right);

/// <summary>The answer to a guard.</summary>
/// <param name="Guard">The guard.</param>
/// <param name="Outcome">The answer.</param>
/// <param name="Witnesses">Those behind it, in the order of clusters and rules; empty when it holds. Of a broken guard only those who surely have the right.</param>
/// <param name="IndirectWays">What it does not exclude, one a subject and rule.</param>
public sealed record GuardAnswer(Guard Guard, GuardOutcome Outcome, ImmutableArray<GuardWitness> Witnesses, ImmutableArray<IndirectWay> IndirectWays);
