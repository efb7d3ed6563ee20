using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Projects;
using PolicyLang.Reading;
using PolicyLang.Semantics;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Proof;

/// <summary>The proof of one cluster: what its own artefacts and those of each path give together.</summary>
internal sealed class ClusterProof
{
    // A name that no policy gives: whoever may assert it may assert anything.
    private const string UnrestrictedGroup = "system:masters";

    private readonly ClusterAccess _access;
    private readonly ClusterReading _reading;
    private readonly RightSet _rights;
    private readonly KubernetesNames _names;
    private readonly List<ProofDifference> _differences = [];
    private readonly List<OtherEffect> _effects = [];
    private readonly HashSet<string> _serviceAccounts = new(StringComparer.Ordinal);

    public ClusterProof(ClusterAccess access, ClusterReading reading, ImmutableSortedDictionary<string, IdentityProvider> providers)
    {
        _access = access;
        _reading = reading;
        _rights = new RightSet(reading, access.Grants);
        _names = new KubernetesNames(access.Cluster, providers, reading);
    }

    /// <summary>The worlds in which policy and artefacts differ.</summary>
    public IReadOnlyList<ProofDifference> Differences => _differences;

    /// <summary>What the cluster's artefacts hold that is refused or not understood.</summary>
    public ImmutableArray<ReadingProblem> Problems => _reading.Problems;

    /// <summary>What the cluster's artefacts do beyond what people who come by the paths may do.</summary>
    public ImmutableArray<OtherEffect> OtherEffects => [.. _reading.OtherEffects, .. _effects];

    /// <summary>Compares every world of one path.</summary>
    public void Compare(AccessPath path, PathEvidence evidence, IReadOnlyDictionary<Subject, ImmutableArray<NativePrincipal>> principals, SubjectOverlaps overlaps, CancellationToken cancellation)
    {
        var endpoints = evidence.EndpointsOf(_access.Cluster);
        if (endpoints.IsEmpty && !_access.Cluster.IsRetired)
        {
            endpoints = [new ReadEndpoint("", ReadGate.Closed, [], null)];
        }

        foreach (var endpoint in endpoints)
        {
            PathProof.Compare(_access, path, evidence, endpoint, principals, overlaps, _rights, _names, _differences, cancellation);
            if (endpoint.ServiceAccount is { } account && _serviceAccounts.Add($"system:serviceaccount:{account.Namespace}:{account.Name}"))
            {
                CheckProxy(account);
            }
        }
    }

    // The proxy itself is a caller too: it may assert the groups of the policy and do nothing else.
    private void CheckProxy((string Namespace, string Name) account)
    {
        if (_names.MayImpersonate(account, RbacSubjectKind.Group, UnrestrictedGroup) != Truth.False)
        {
            _effects.Add(new OtherEffect($"the proxy `{account.Namespace}/{account.Name}` may assert any group, `{UnrestrictedGroup}` included", PlaceOf(account)));
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
