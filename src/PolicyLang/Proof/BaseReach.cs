using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Projects;
using PolicyLang.Reading;

namespace PolicyLang.Proof;

/// <summary>Something that a statement of a <c>base</c> does to a cluster and no rule of the policy does.</summary>
/// <param name="Difference">What it does, in the world that shows it.</param>
/// <param name="Words">Whom the statement names, in the system's own words; empty where nobody is named.</param>
/// <param name="By">How they come, where it is not by their own name; otherwise empty.</param>
/// <param name="Groups">The Kubernetes groups that the statement makes them; empty for one that only lets them through.</param>
/// <param name="Place">Where the name stands.</param>
/// <param name="Target">Where the statement says what is reached, or as whom.</param>
/// <param name="Excuse">The exception that excuses it.</param>
internal sealed record BaseReach(
    ProofDifference Difference,
    string Words,
    string By,
    ImmutableArray<string> Groups,
    ArtefactPlace Place,
    ArtefactPlace Target,
    BaseExcuse? Excuse);

/// <summary>
/// Compares one endpoint of a path with a <c>base</c>. What policyc wrote is compared with the policy by itself, and then each statement of the base is added to it, alone, and the
/// comparison made again: whatever differs now is that statement's doing. So no statement hides another, and one that is excused takes nothing else with it.
/// </summary>
internal sealed class BaseReachProof
{
    private readonly ClusterSide _cluster;
    private readonly PathSide _path;
    private readonly BasePlaces _places;
    private readonly ImmutableArray<BaseExcuse> _exceptions;
    private readonly SubjectOverlaps _overlaps;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<(Formula Who, string Groups), ImmutableArray<ProofDifference>> _known = [];

    private ReadEndpoint _own = new("", ReadGate.Closed, [], null);

    public BaseReachProof(ClusterSide cluster, PathSide path, BasePlaces places, ImmutableArray<BaseExcuse> excused, SubjectOverlaps overlaps, CancellationToken cancellation)
    {
        _cluster = cluster;
        _path = path;
        _places = places;
        _exceptions = [.. excused.Where(e => e.Covers(path.Path.Name, cluster.Access.Cluster.Name))];
        _overlaps = overlaps;
        _cancellation = cancellation;
    }

    /// <summary>Compares an endpoint.</summary>
    /// <param name="endpoint">The endpoint as a whole.</param>
    /// <param name="statements">The statements behind it.</param>
    /// <param name="found">Receives what statements of the base do.</param>
    public void Compare(ReadEndpoint endpoint, ReadStatements statements, List<BaseReach> found)
    {
        // What the whole gives does not show who would be somebody if another statement let them in, and who may give away a tag.
        var whole = Run(endpoint);
        ReadAssertion[] assertions = [.. statements.Assertions.Where(a => IsOfBase(a.Identity.Place, a.Target, a.By))];
        ReadOpening[] openings = [.. statements.Openings.Where(o => IsOfBase(o.Place, o.Target, o.By) && (o.By.Length > 0 || !whole.IsEmpty))];
        if (whole.IsEmpty && assertions.Length == 0 && openings.Length == 0)
        {
            return;
        }

        _known.Clear();
        _own = endpoint with
        {
            Gate = GateOf(statements.Openings.Where(opening => opening.By.Length == 0 && !_places.IsOfBase(opening.Place))),
            Identities = [.. statements.Inherent, .. statements.Assertions.Where(a => a.By.Length == 0 && !_places.IsOfBase(a.Identity.Place)).Select(a => a.Identity)],
        };
        var own = Run(_own);
        _cluster.Findings.AddRange(own);
        if (!own.IsEmpty)
        {
            return;
        }

        var reported = new HashSet<(ArtefactPlace, string)>();
        var harmlessIdentities = assertions.Where(a => !Add(Run(a), a.Words, a.By, a.Identity.Groups, a.Identity.Place, a.Target) && a.By.Length == 0).Select(a => a.Identity).ToArray();
        var harmlessOpenings = openings.Where(o => !Add(Run(o), o.Words, o.By, [], o.Place, o.Target) && o.By.Length == 0).ToArray();

        if (whole.IsEmpty)
        {
            return;
        }

        // What statements do together and none of them alone is said with all the places that the comparison names. Nothing may go unsaid, whatever the statements are.
        var together = Run(_own with
        {
            Gate = GateOf([.. harmlessOpenings, .. statements.Openings.Where(o => o.By.Length == 0 && !_places.IsOfBase(o.Place))]),
            Identities = [.. _own.Identities, .. harmlessIdentities],
        });
        _cluster.Findings.AddRange(together.IsEmpty && reported.Count == 0 ? whole : together);

        bool Add(ImmutableArray<ProofDifference> differences, string words, string by, ImmutableArray<string> groups, ArtefactPlace place, ArtefactPlace target)
        {
            var excuse = _exceptions.FirstOrDefault(e => e.Covers(_path.Path.Name, _cluster.Access.Cluster.Name, words));
            var given = differences.FirstOrDefault(difference => difference.IsGiven);
            if (given is not null && reported.Add((place, words)))
            {
                found.Add(new BaseReach(given, words, by, groups, place, target, excuse));
            }

            // What takes access away from people of the policy is never meant by an exception.
            if (differences.FirstOrDefault(difference => !difference.IsGiven) is { } taken)
            {
                reported.Add((place, words));
                found.Add(new BaseReach(taken, words, by, groups, place, target, null));
            }

            return !differences.IsEmpty;
        }
    }

    // Whoever owns a tag that the base itself lets in is not worth a finding beside that of the tag.
    private bool IsOfBase(ArtefactPlace place, ArtefactPlace target, string by) => _places.IsOfBase(place) && (by.Length == 0 || !_places.IsOfBase(target));

    private ImmutableArray<ProofDifference> Run(ReadOpening opening)
        => Run(opening.Who, "", () => _own with { Gate = GateOf(opening.Who, opening.Place) });

    // Groups that nothing is bound to give nothing. Others do as soon as their holder gets through, by whatever statement, so the gate is taken to be open for them.
    private ImmutableArray<ProofDifference> Run(ReadAssertion assertion)
    {
        var identity = assertion.Identity;
        var isBound = identity.Groups.Any(IsBound);
        return Run(identity.Who, string.Join('\n', identity.Groups), () => _own with
        {
            Gate = isBound ? GateOf(identity.Who, identity.Place) : _own.Gate,
            Identities = [.. _own.Identities, identity],
        });
    }

    private bool IsBound(string group)
    {
        var isLocked = _own.ServiceAccount is { } account && _cluster.Names.MayImpersonate(account, RbacSubjectKind.Group, group) == Truth.False;
        return !isLocked && (string.Equals(group, KubernetesNames.Unrestricted, StringComparison.Ordinal) || !_cluster.Rights.Of(RbacSubjectKind.Group, group).IsEmpty);
    }

    private ImmutableArray<ProofDifference> Run(Formula who, string groups, Func<ReadEndpoint> endpoint)
    {
        if (!_known.TryGetValue((who, groups), out var differences))
        {
            _known.Add((who, groups), differences = Run(endpoint()));
        }

        return differences;
    }

    private ImmutableArray<ProofDifference> Run(ReadEndpoint endpoint)
    {
        var side = _cluster with { Findings = new DifferenceLog(_cluster.Findings.FindsAll) };
        PathProof.Compare(side, _path, endpoint, _overlaps, _cancellation);
        return [.. side.Findings.All];
    }

    private static ReadGate GateOf(IEnumerable<ReadOpening> openings)
    {
        ReadOpening[] all = [.. openings];
        return new ReadGate(Sum([.. all.Select(opening => opening.Who)]), [.. all.Select(opening => opening.Place)]);
    }

    private ReadGate GateOf(Formula who, ArtefactPlace place) => new(Sum([_own.Gate.Opens, who]), [place]);

    // Not joined by the formula's own means, which look at every part of what may be many large groups.
    private static Formula Sum(ImmutableArray<Formula> parts)
    {
        parts = [.. parts.Where(part => !ReferenceEquals(part, Formula.Never))];
        return parts.Length switch { 0 => Formula.Never, 1 => parts[0], _ => new AnyFormula(parts) };
    }
}
