using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Projects;
using PolicyLang.Reading;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Proof;

/// <summary>What the proof of one cluster found.</summary>
/// <param name="Differences">The worlds in which policy and artefacts differ.</param>
/// <param name="Problems">What the cluster's artefacts hold that is refused or not understood.</param>
/// <param name="OtherEffects">What the cluster's artefacts do beyond what people who come by the paths may do.</param>
/// <param name="EffectsAround">Those of them by which somebody could get around the policy: what proxies may assert beyond their paths, and bindings of others.</param>
/// <param name="Reaches">What files of <c>base</c> do to the cluster beyond the policy, excused or not.</param>
internal sealed record ClusterFindings(
    ImmutableArray<ProofDifference> Differences,
    ImmutableArray<ReadingProblem> Problems,
    ImmutableArray<OtherEffect> OtherEffects,
    ImmutableArray<OtherEffect> EffectsAround,
    ImmutableArray<BaseReach> Reaches);

/// <summary>The proof of one cluster: what its own artefacts and those of each path give together.</summary>
internal sealed class ClusterProof
{
    private readonly ClusterAccess _access;
    private readonly ClusterReading _reading;
    private readonly KubernetesNames _names;
    private readonly ClusterSide _side;
    private readonly LockProof _locks;
    private readonly List<BaseReach> _reaches = [];

    public ClusterProof(ClusterAccess access, ClusterReading reading, ImmutableSortedDictionary<string, IdentityProvider> providers, bool findsAll)
    {
        _access = access;
        _reading = reading;
        _names = new KubernetesNames(access.Cluster, providers, reading);
        _side = new ClusterSide(access, new RightSet(reading, access.Grants), _names, new DifferenceLog(findsAll));
        _locks = new LockProof(reading, _names, _side.Rights);
    }

    /// <summary>What was found, once every path was compared.</summary>
    public ClusterFindings Findings()
    {
        ImmutableArray<OtherEffect> around = [.. _locks.BeyondPaths(), .. BindingsOfOthers()];
        return new([.. _side.Findings.All], _reading.Problems, [.. _reading.OtherEffects, .. around, .. _locks.BesideAsserting()], around, [.. _reaches]);
    }

    /// <summary>Compares every world of one path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="overlaps">Which subjects may share a member.</param>
    /// <param name="bases">Which places are of a <c>base</c>, and what of them is excused; absent for a path without one.</param>
    /// <param name="cancellation">Stops the work.</param>
    public void Compare(PathSide path, SubjectOverlaps overlaps, (BasePlaces Places, ImmutableArray<BaseExcuse> Excused)? bases, CancellationToken cancellation)
    {
        var endpoints = path.Evidence.EndpointsOf(_access.Cluster);
        if (endpoints.IsEmpty && !_access.Cluster.IsRetired)
        {
            endpoints = [new ReadEndpoint("", ReadGate.Closed, [], null)];
        }

        var statements = bases is null ? [] : path.Evidence.StatementsOf(_access.Cluster);
        for (var i = 0; i < endpoints.Length; i++)
        {
            var endpoint = endpoints[i];
            if (bases is (var places, var excused) && i < statements.Length)
            {
                new BaseReachProof(_side, path, places, excused, overlaps, cancellation).Compare(endpoint, statements[i], _reaches);
            }
            else
            {
                PathProof.Compare(_side, path, endpoint, overlaps, cancellation);
            }

            _locks.Add(endpoint, _access.Identities.Where(link => link.Path == path.Path).SelectMany(link => link.KubernetesGroups), path.Groups);
        }
    }

    // Nobody whom the policy knows has a part in it, so that no world shows it.
    private IEnumerable<OtherEffect> BindingsOfOthers()
    {
        var known = _access.Rights.Select(right => (right.RbacSubject.Kind, right.RbacSubject.Name)).Concat(_locks.Users.Select(user => (RbacSubjectKind.User, user))).ToHashSet();
        return _reading.Rights
            .Where(right => !_reading.ExportedFiles.Contains(right.Place.Path) && !known.Contains((right.SubjectKind, right.SubjectName)) && right.SubjectName != KubernetesNames.Authenticated)
            .Select(right => new OtherEffect($"binds {(right.ClusterRole is { } role ? $"ClusterRole `{role}`" : "a Role")} to the {right.SubjectKind.ToString().ToLowerInvariant()} `{right.SubjectName}`, which no rule gives anything", right.Place));
    }
}
