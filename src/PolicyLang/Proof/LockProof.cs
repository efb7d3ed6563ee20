using PolicyLang.Access;
using PolicyLang.Reading;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Proof;

/// <summary>
/// What the service accounts of a cluster's proxies may do. A proxy is a caller too: it may assert the names that its paths give to people and do nothing else, since whoever
/// gets hold of it may do what it may.
/// </summary>
internal sealed class LockProof(ClusterReading reading, KubernetesNames names, RightSet rights)
{
    private readonly Dictionary<(string Namespace, string Name), List<ReadIdentity>> _asserted = [];
    private readonly Dictionary<(string Namespace, string Name), MeantGroups> _meant = [];

    /// <summary>The users that the proxies are to the API server.</summary>
    public IEnumerable<string> Users => _asserted.Keys.Select(UserOf);

    /// <summary>Adds what a proxy asserts at an endpoint. Several endpoints may share an account.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="meant">The groups that the policy gives by the path on this cluster: where the path's own files lack one, that is found there.</param>
    /// <param name="elsewhere">Those that it gives by the path on any cluster, which old proxies assert everywhere.</param>
    public void Add(ReadEndpoint endpoint, IEnumerable<string> meant, IReadOnlySet<string> elsewhere)
    {
        if (endpoint.ServiceAccount is not { } account)
        {
            return;
        }

        if (!_asserted.TryGetValue(account, out var identities))
        {
            _asserted.Add(account, identities = []);
            _meant.Add(account, new MeantGroups([], []));
        }

        identities.AddRange(endpoint.Identities);
        _meant[account].Here.UnionWith(meant);
        _meant[account].Elsewhere.Add(elsewhere);
    }

    /// <summary>What the accounts may assert that no path gives to anybody.</summary>
    public IEnumerable<OtherEffect> BeyondPaths()
    {
        foreach (var (account, identities) in _asserted)
        {
            var shown = $"the proxy `{account.Namespace}/{account.Name}`";

            // Whoever may assert a name that no policy gives may assert anything.
            if (names.MayImpersonate(account, RbacSubjectKind.Group, KubernetesNames.Unrestricted) is var may && may != Truth.False)
            {
                var verb = may == Truth.True ? "may" : "perhaps may, since not all of the artefacts is understood,";
                yield return new OtherEffect($"{shown} {verb} assert any group, `{KubernetesNames.Unrestricted}` included", PlaceOf(account));
                continue;
            }

            var groups = identities.SelectMany(identity => identity.Groups).Concat(_meant[account].Here).ToHashSet(StringComparer.Ordinal);
            var users = identities.Select(identity => identity.User?.Name).OfType<string>().ToHashSet(StringComparer.Ordinal);
            var isOwnName = identities.Exists(identity => identity.User is { Name: null });
            foreach (var (right, rule) in RulesOf(account))
            {
                foreach (var what in BeyondPaths(rule, name => groups.Contains(name) || IsMeantElsewhere(account, name), users, isOwnName))
                {
                    yield return new OtherEffect($"{shown} may {what}", right.Place);
                }
            }
        }
    }

    /// <summary>What the accounts may do beside asserting names.</summary>
    public IEnumerable<OtherEffect> BesideAsserting()
        => _asserted.Keys.SelectMany(account => reading.RightsOf(RbacSubjectKind.User, UserOf(account))
            .Where(right => right.Rules is not { } rules || rules.Any(rule => rule.Verbs.Any(verb => verb != "impersonate")))
            .Select(right => new OtherEffect($"the proxy `{account.Namespace}/{account.Name}` may do more than assert groups", right.Place)));

    // The groups of all clusters are many, and a lock names few of them.
    private bool IsMeantElsewhere((string Namespace, string Name) account, string group)
        => _meant[account].Elsewhere.Exists(groups => groups.Contains(group)) && rights.Of(RbacSubjectKind.Group, group).IsEmpty;

    private IEnumerable<string> BeyondPaths(RbacRule rule, Func<string, bool> isGiven, HashSet<string> users, bool isOwnName)
    {
        foreach (var resource in rule.Resources)
        {
            switch (resource)
            {
                case "groups":
                    // What other names give is not for these files to say: the cluster binds more, such as `system:nodes`.
                    foreach (var name in rule.ResourceNames.Where(name => !isGiven(name)))
                    {
                        yield return $"assert the group `{name}`, which its paths give to nobody";
                    }

                    break;
                case "users" when rule.ResourceNames.IsEmpty:
                    if (!isOwnName)
                    {
                        yield return "assert any user, and its paths give nobody their own name";
                    }

                    break;
                case "users":
                    foreach (var name in rule.ResourceNames.Where(name => !isOwnName && !users.Contains(name) && !IsOwnAndUnbound(name)))
                    {
                        yield return $"assert the user `{name}`, whom its paths make of nobody";
                    }

                    break;
                default:
                    yield return $"impersonate `{resource}`, which no path asks for";
                    break;
            }
        }
    }

    // A name that policyc made and nothing is bound to.
    private bool IsOwnAndUnbound(string user) => user.StartsWith("policyc:", StringComparison.Ordinal) && rights.Of(RbacSubjectKind.User, user).IsEmpty;

    private IEnumerable<(ReadRight Right, RbacRule Rule)> RulesOf((string Namespace, string Name) account)
        => reading.RightsOf(RbacSubjectKind.User, UserOf(account))
            .SelectMany(right => (right.Rules ?? []).Where(rule => rule.Verbs.Contains("impersonate") && rule.ApiGroups.Contains("")).Select(rule => (right, rule)));

    private ArtefactPlace PlaceOf((string Namespace, string Name) account)
        => reading.RightsOf(RbacSubjectKind.User, UserOf(account)).Select(right => right.Place).FirstOrDefault(new ArtefactPlace("", 0, 0));

    private static string UserOf((string Namespace, string Name) account) => $"system:serviceaccount:{account.Namespace}:{account.Name}";

    // What the policy gives by a proxy's paths on this cluster, and by each of them on any.
    private sealed record MeantGroups(HashSet<string> Here, List<IReadOnlySet<string>> Elsewhere);
}
