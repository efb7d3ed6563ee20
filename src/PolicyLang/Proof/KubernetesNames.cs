using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Projects;
using PolicyLang.Reading;
using PolicyLang.Semantics;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Proof;

/// <summary>The names under which one cluster's API server knows a caller: those that it finds out by itself, and those that a proxy may assert to it.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="providers">The identity providers.</param>
/// <param name="reading">The cluster's artefacts, which hold the proxies' rights to impersonate.</param>
internal sealed class KubernetesNames(Cluster cluster, ImmutableSortedDictionary<string, IdentityProvider> providers, ClusterReading reading)
{
    /// <summary>The group of everybody who is logged in.</summary>
    public const string Authenticated = "system:authenticated";

    /// <summary>The group that may do everything, whatever RBAC says. No policy gives it.</summary>
    public const string Unrestricted = "system:masters";

    private readonly Dictionary<(string, string), Lock> _locks = [];

    /// <summary>The names that the API server finds out by itself for somebody who comes through a gate as a principal.</summary>
    public IEnumerable<(RbacSubjectKind Kind, string Name)> Of(NativePrincipal principal)
    {
        foreach (var authenticator in cluster.Authenticators)
        {
            foreach (var value in ValuesOf(principal, authenticator.People))
            {
                if (principal.Kind == PrincipalKind.Group)
                {
                    yield return (RbacSubjectKind.Group, authenticator.GroupsPrefix + value);
                }
                else if (principal.Kind == PrincipalKind.Person && authenticator.UsersPrefix is { } prefix)
                {
                    yield return (RbacSubjectKind.User, prefix + value);
                }
            }
        }
    }

    /// <summary>Whether a proxy may assert a name.</summary>
    public Truth MayImpersonate((string Namespace, string Name) serviceAccount, RbacSubjectKind kind, string name)
    {
        if (!_locks.TryGetValue(serviceAccount, out var known))
        {
            _locks.Add(serviceAccount, known = LockOf(serviceAccount));
        }

        return known.Opens(kind, name) ? Truth.True : reading.MayImpersonate(serviceAccount.Namespace, serviceAccount.Name, kind, name);
    }

    /// <summary>Whether a proxy may assert whatever login somebody has.</summary>
    public Truth MayImpersonateAnybody((string Namespace, string Name) serviceAccount) => MayImpersonate(serviceAccount, RbacSubjectKind.User, "(a login that no lock lists)");

    // A lock lists hundreds of names. What a rule gives it gives whatever else is bound to the account; for any other name the whole of RBAC is asked.
    private Lock LockOf((string Namespace, string Name) serviceAccount)
    {
        var opened = new Lock([], []);
        foreach (var right in reading.RightsOf(RbacSubjectKind.User, $"system:serviceaccount:{serviceAccount.Namespace}:{serviceAccount.Name}").Where(right => right.Namespace is null))
        {
            foreach (var rule in (right.Rules ?? []).Where(rule => rule.Verbs.Contains("impersonate") && rule.ApiGroups.Contains("")))
            {
                foreach (var (resource, kind) in ((string, RbacSubjectKind)[])[("groups", RbacSubjectKind.Group), ("users", RbacSubjectKind.User)])
                {
                    if (rule.Resources.Contains(resource))
                    {
                        opened.Add(kind, rule.ResourceNames);
                    }
                }
            }
        }

        return opened;
    }

    // The gate and the API server may know somebody by names of different systems; the policy says which names are whose.
    private IEnumerable<string> ValuesOf(NativePrincipal principal, string people)
    {
        if (string.Equals(principal.Provider, people, StringComparison.Ordinal))
        {
            return [principal.Value];
        }

        var identities = principal.Origin.Identities;
        return identities.TryGetValue(people, out var values) ? values.Select(v => v.Text)
            : principal.Kind == PrincipalKind.Person && providers.TryGetValue(people, out var provider) && provider.KnowsPeopleByEmail && identities.TryGetValue("email", out var emails) ? emails.Select(v => v.Text)
            : [];
    }

    private sealed record Lock(HashSet<(RbacSubjectKind, string)> Listed, HashSet<RbacSubjectKind> Unlimited)
    {
        public bool Opens(RbacSubjectKind kind, string name) => Unlimited.Contains(kind) || Listed.Contains((kind, name));

        public void Add(RbacSubjectKind kind, ImmutableArray<string> names)
        {
            if (names.IsEmpty)
            {
                Unlimited.Add(kind);
            }

            Listed.UnionWith(names.Where(name => name.Length > 0).Select(name => (kind, name)));
        }
    }
}
