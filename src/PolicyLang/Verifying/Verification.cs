using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Comparing;
using PolicyLang.Projects;
using PolicyLang.Proof;
using PolicyLang.Reading;
using PolicyLang.Semantics;
using PolicyLang.Targets;

namespace PolicyLang.Verifying;

/// <summary>A right that artefacts give otherwise than the policy, to everybody and wherever it is the same.</summary>
/// <param name="IsGiven">Whether the artefacts give it and no rule does; otherwise a rule gives it and the artefacts do not.</param>
/// <param name="IsCertain">Whether it is known for sure; otherwise a part of the artefacts is not understood that may decide it.</param>
/// <param name="Who">Who, as people read it, sorted.</param>
/// <param name="Right">What.</param>
/// <param name="Path">By which path.</param>
/// <param name="Clusters">On which clusters, sorted.</param>
/// <param name="Reason">Why, where there is more to say than the places show and it is the same for all of them.</param>
/// <param name="Places">Where the artefacts say it.</param>
/// <param name="Rules">The rules that give it.</param>
public sealed record AccessDrift(
    bool IsGiven,
    bool IsCertain,
    ImmutableArray<string> Who,
    string Right,
    AccessPath Path,
    ImmutableArray<string> Clusters,
    string Reason,
    ImmutableArray<ArtefactPlace> Places,
    ImmutableArray<AllowRule> Rules)
{
    /// <summary>The exception of the project that excuses it, if one does.</summary>
    public string? Exception { get; init; }
}

/// <summary>A group that has other members than the policy lists.</summary>
/// <param name="Group">The policy's group.</param>
/// <param name="Provider">The identity provider.</param>
/// <param name="Name">The group's name there.</param>
/// <param name="Unlisted">The members there whom the policy does not list: they have the group's rights.</param>
/// <param name="Absent">The members that the policy lists and the provider does not; for a group that the export does not hold, all of them.</param>
public sealed record MembershipDrift(Subject Group, string Provider, string Name, ImmutableArray<string> Unlisted, ImmutableArray<string> Absent);

/// <summary>How artefacts differ from a policy.</summary>
/// <param name="Drifts">Rights that differ: those that the artefacts add first, then by who.</param>
/// <param name="Effects">What lets somebody go around the policy without being a right of anybody, such as a proxy that may assert any group.</param>
/// <param name="Problems">What is refused or not understood, sorted by place.</param>
/// <param name="Memberships">Groups that have other members than the policy lists.</param>
public sealed record Verification(
    ImmutableArray<AccessDrift> Drifts,
    ImmutableArray<OtherEffect> Effects,
    ImmutableArray<ReadingProblem> Problems,
    ImmutableArray<MembershipDrift> Memberships)
{
    /// <summary>Rights that the artefacts add and exceptions of the project excuse.</summary>
    public ImmutableArray<AccessDrift> Excused { get; init; } = [];

    /// <summary>Whether the artefacts give exactly what the policy gives, for sure.</summary>
    public bool IsExact => Drifts.IsEmpty && Effects.IsEmpty && Memberships.IsEmpty;

    /// <summary>How the artefacts relate to the policy: what is undecided counts as more, since nobody can say that it is not.</summary>
    public AccessVerdict Verdict
    {
        get
        {
            var isWider = Drifts.Any(d => d.IsGiven || !d.IsCertain) || !Effects.IsEmpty || Memberships.Any(m => !m.Unlisted.IsEmpty);
            var isNarrower = Drifts.Any(d => !d.IsGiven) || Memberships.Any(m => !m.Absent.IsEmpty);
            return isWider && isNarrower ? AccessVerdict.Both : isWider ? AccessVerdict.Wider : isNarrower ? AccessVerdict.Narrower : AccessVerdict.Unchanged;
        }
    }

    /// <summary>Compares artefacts with a policy in every world.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="access">What it gives.</param>
    /// <param name="settings">The project's settings.</param>
    /// <param name="targets">The targets, whose readers are used.</param>
    /// <param name="artefacts">The artefacts.</param>
    /// <param name="memberships">Who is in which group, by identity provider.</param>
    /// <param name="exceptions">What may be given beyond the policy.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static Verification Of(
        PolicyModel policy,
        AccessModel access,
        ProjectSettings settings,
        ImmutableArray<ITarget> targets,
        ArtefactSet artefacts,
        IReadOnlyDictionary<string, GroupMembers> memberships,
        ImmutableArray<BaseExcuse> exceptions,
        CancellationToken cancellation)
    {
        var readings = ArtefactReadings.Read(access, targets, artefacts, cancellation);
        var found = BuildProof.CompareClusters(access, settings, readings, findsAll: true, _ => null, cancellation);
        ReadingProblem[] problems = [.. readings.Paths.SelectMany(side => side.Evidence.Problems), .. found.SelectMany(f => f.Problems)];
        var differences = found.SelectMany(f => f.Differences).ToArray();
        var excused = new ExcusedDifferences(differences, exceptions);
        return new Verification(
            Group(differences.Where(d => excused.Of(d) is null)),
            [.. found.SelectMany(f => f.EffectsAround).DistinctBy(effect => (effect.What, effect.Place))],
            [.. problems.Distinct().OrderBy(problem => problem.Place, Comparer<ArtefactPlace>.Create(ArtefactPlace.Compare)).ThenBy(problem => problem.Message, StringComparer.Ordinal)],
            MembershipComparer.Compare(policy, settings, memberships))
        {
            Excused =
            [
                .. differences.Select(d => (Difference: d, Excuse: excused.Of(d))).Where(d => d.Excuse is not null)
                    .GroupBy(d => d.Excuse!.Name.Text, d => d.Difference)
                    .OrderBy(group => group.Key, StringComparer.Ordinal)
                    .SelectMany(group => Group(group).Select(drift => drift with { Exception = group.Key })),
            ],
        };
    }

    // One line of an artefact may give a right to many people on many clusters, which is one thing to put right.
    private static ImmutableArray<AccessDrift> Group(IEnumerable<ProofDifference> differences)
    {
        var onCluster = differences
            .GroupBy(d => (d.Cluster, d.Path, d.Right, d.IsGiven, d.IsCertain, Cause: d.IsGiven ? d.Places.FirstOrDefault().ToString() : "", Rule: d.Rules.FirstOrDefault()?.Location))
            .Select(group => (group.Key, Who: string.Join('\n', group.Select(d => d.Who).Distinct().Order(StringComparer.Ordinal)), Differences: group.ToArray()));
        return
        [
            .. onCluster
                .GroupBy(d => (d.Key.Path, d.Key.Right, d.Key.IsGiven, d.Key.IsCertain, d.Who, d.Key.Rule))
                .Select(group => DriftOf(group.Key.Who, [.. group.SelectMany(g => g.Differences)]))
                .OrderBy(drift => !drift.IsGiven)
                .ThenBy(drift => !drift.IsCertain)
                .ThenBy(drift => drift.Who[0], StringComparer.Ordinal)
                .ThenBy(drift => drift.Path.Name, StringComparer.Ordinal)
                .ThenBy(drift => drift.Right, StringComparer.Ordinal)
                .ThenBy(drift => drift.Clusters[0], StringComparer.Ordinal),
        ];
    }

    private static AccessDrift DriftOf(string who, ProofDifference[] differences)
    {
        var first = differences[0];
        var reasons = differences.Select(d => d.Reason).Distinct().ToArray();
        var places = differences.SelectMany(d => d.Places).Distinct().Order(Comparer<ArtefactPlace>.Create(ArtefactPlace.Compare)).ToArray();
        return new AccessDrift(
            first.IsGiven,
            first.IsCertain,
            [.. who.Split('\n')],
            first.Right,
            first.Path,
            [.. differences.Select(d => d.Cluster.Name).Distinct().Order(StringComparer.Ordinal)],
            reasons.Length == 1 ? reasons[0] : "",
            CauseFirst(differences.Where(d => d.IsGiven).Select(d => d.Places.FirstOrDefault()), places),
            [.. differences.SelectMany(d => d.Rules).DistinctBy(rule => rule.Location)]);
    }

    // A file as a whole says nothing beside a line of it, and the binding that gives a right says more than how people come to it.
    private static ImmutableArray<ArtefactPlace> CauseFirst(IEnumerable<ArtefactPlace> causes, ArtefactPlace[] places)
    {
        ArtefactPlace[] lines = [.. places.Where(place => place.Line > 0)];
        return [.. causes.Where(cause => cause.Line > 0).Concat(lines.Length > 0 ? lines : places).Distinct()];
    }
}
