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
/// <param name="ProxyEffects">Those of them by which a proxy could let anybody be anybody.</param>
/// <param name="Reaches">What files of <c>base</c> do to the cluster beyond the policy, excused or not.</param>
internal sealed record ClusterFindings(
    ImmutableArray<ProofDifference> Differences,
    ImmutableArray<ReadingProblem> Problems,
    ImmutableArray<OtherEffect> OtherEffects,
    ImmutableArray<OtherEffect> ProxyEffects,
    ImmutableArray<BaseReach> Reaches);

/// <summary>The proof of one cluster: what its own artefacts and those of each path give together.</summary>
internal sealed class ClusterProof
{
    private readonly ClusterAccess _access;
    private readonly ClusterReading _reading;
    private readonly KubernetesNames _names;
    private readonly ClusterSide _side;
    private readonly List<OtherEffect> _effects = [];
    private readonly List<OtherEffect> _unrestricted = [];
    private readonly List<BaseReach> _reaches = [];
    private readonly HashSet<string> _serviceAccounts = new(StringComparer.Ordinal);

    public ClusterProof(ClusterAccess access, ClusterReading reading, ImmutableSortedDictionary<string, IdentityProvider> providers, bool findsAll)
    {
        _access = access;
        _reading = reading;
        _names = new KubernetesNames(access.Cluster, providers, reading);
        _side = new ClusterSide(access, new RightSet(reading, access.Grants), _names, new DifferenceLog(findsAll));
    }

    /// <summary>What was found so far.</summary>
    public ClusterFindings Findings() => new([.. _side.Findings.All], _reading.Problems, [.. _reading.OtherEffects, .. _effects], [.. _unrestricted], [.. _reaches]);

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

            if (endpoint.ServiceAccount is { } account && _serviceAccounts.Add($"system:serviceaccount:{account.Namespace}:{account.Name}"))
            {
                CheckProxy(account);
            }
        }
    }

    // The proxy itself is a caller too: it may assert the groups of the policy and do nothing else.
    private void CheckProxy((string Namespace, string Name) account)
    {
        // Whoever may assert a name that no policy gives may assert anything.
        if (_names.MayImpersonate(account, RbacSubjectKind.Group, KubernetesNames.Unrestricted) is var may && may != Truth.False)
        {
            var verb = may == Truth.True ? "may" : "perhaps may, since not all of the artefacts is understood,";
            var effect = new OtherEffect($"the proxy `{account.Namespace}/{account.Name}` {verb} assert any group, `{KubernetesNames.Unrestricted}` included", PlaceOf(account));
            _effects.Add(effect);
            _unrestricted.Add(effect);
        }

        foreach (var right in _reading.RightsOf(RbacSubjectKind.User, $"system:serviceaccount:{account.Namespace}:{account.Name}"))
        {
            if (right.Rules is not { } rules || rules.Any(rule => rule.Verbs.Any(verb => verb != "impersonate")))
            {
                _effects.Add(new OtherEffect($"the proxy `{account.Namespace}/{account.Name}` may do more than assert groups", right.Place));
            }
        }
    }

    private ArtefactPlace PlaceOf((string Namespace, string Name) account)
        => _reading.RightsOf(RbacSubjectKind.User, $"system:serviceaccount:{account.Namespace}:{account.Name}").Select(right => right.Place).FirstOrDefault(new ArtefactPlace(_access.Cluster.Name, 0, 0));
}
