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
internal sealed record ClusterFindings(ImmutableArray<ProofDifference> Differences, ImmutableArray<ReadingProblem> Problems, ImmutableArray<OtherEffect> OtherEffects, ImmutableArray<OtherEffect> ProxyEffects);

/// <summary>The proof of one cluster: what its own artefacts and those of each path give together.</summary>
internal sealed class ClusterProof
{
    // A name that no policy gives: whoever may assert it may assert anything.
    private const string UnrestrictedGroup = "system:masters";

    private readonly ClusterAccess _access;
    private readonly ClusterReading _reading;
    private readonly KubernetesNames _names;
    private readonly ClusterSide _side;
    private readonly List<OtherEffect> _effects = [];
    private readonly List<OtherEffect> _unrestricted = [];
    private readonly HashSet<string> _serviceAccounts = new(StringComparer.Ordinal);

    public ClusterProof(ClusterAccess access, ClusterReading reading, ImmutableSortedDictionary<string, IdentityProvider> providers, bool findsAll)
    {
        _access = access;
        _reading = reading;
        _names = new KubernetesNames(access.Cluster, providers, reading);
        _side = new ClusterSide(access, new RightSet(reading, access.Grants), _names, new DifferenceLog(findsAll));
    }

    /// <summary>What was found so far.</summary>
    public ClusterFindings Findings() => new([.. _side.Findings.All], _reading.Problems, [.. _reading.OtherEffects, .. _effects], [.. _unrestricted]);

    /// <summary>Compares every world of one path.</summary>
    public void Compare(PathSide path, SubjectOverlaps overlaps, CancellationToken cancellation)
    {
        var endpoints = path.Evidence.EndpointsOf(_access.Cluster);
        if (endpoints.IsEmpty && !_access.Cluster.IsRetired)
        {
            endpoints = [new ReadEndpoint("", ReadGate.Closed, [], null)];
        }

        foreach (var endpoint in endpoints)
        {
            PathProof.Compare(_side, path, endpoint, overlaps, cancellation);
            if (endpoint.ServiceAccount is { } account && _serviceAccounts.Add($"system:serviceaccount:{account.Namespace}:{account.Name}"))
            {
                CheckProxy(account);
            }
        }
    }

    // The proxy itself is a caller too: it may assert the groups of the policy and do nothing else.
    private void CheckProxy((string Namespace, string Name) account)
    {
        if (_names.MayImpersonate(account, RbacSubjectKind.Group, UnrestrictedGroup) is var may && may != Truth.False)
        {
            var verb = may == Truth.True ? "may" : "perhaps may, since not all of the artefacts is understood,";
            var effect = new OtherEffect($"the proxy `{account.Namespace}/{account.Name}` {verb} assert any group, `{UnrestrictedGroup}` included", PlaceOf(account));
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
