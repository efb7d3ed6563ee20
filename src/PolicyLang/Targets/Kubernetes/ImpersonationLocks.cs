using System.Collections.Immutable;
using k8s.Models;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Kubernetes;

/// <summary>What one proxy of a cluster may impersonate.</summary>
/// <param name="Path">The proxy's path.</param>
/// <param name="Proxy">The proxy.</param>
/// <param name="Groups">The groups that the policy gives on the path, sorted.</param>
internal sealed record ImpersonationLock(AccessPath Path, ImpersonatingProxy Proxy, ImmutableArray<string> Groups)
{
    /// <summary>What the names of all locks start with.</summary>
    public const string Prefix = "policyc:lock:";

    /// <summary>The name of its ClusterRole and of its binding.</summary>
    public string ObjectName { get; } = Prefix + KubernetesNames.Encode(Proxy.Name);

    /// <summary>
    /// The rules. Without a group there are none at all: an empty list of names would stand for every group, and a proxy through which the
    /// policy lets nobody needs no user either.
    /// </summary>
    public List<V1PolicyRule> Rules()
    {
        var rules = new List<V1PolicyRule>(2);
        if (Groups.IsEmpty)
        {
            return rules;
        }

        rules.Add(RbacObjects.RuleFor(Groups, "", "groups", "impersonate"));
        if (Proxy.Users is not { } users)
        {
            rules.Add(RbacObjects.Rule("", ["users"], "impersonate"));
        }
        else if (!users.IsEmpty)
        {
            rules.Add(RbacObjects.RuleFor([.. users.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], "", "users", "impersonate"));
        }

        return rules;
    }
}

/// <summary>Finds the proxies of a cluster and what each may impersonate.</summary>
internal static class ImpersonationLocks
{
    /// <summary>The locks of a cluster, by proxy name. Proxies without a usable service account are reported.</summary>
    /// <param name="access">The cluster.</param>
    /// <param name="paths">All paths, by name.</param>
    /// <param name="everywhere">For paths whose proxies assert groups of other clusters too, all of the path's groups.</param>
    /// <param name="names">Checks what may be impersonated.</param>
    /// <param name="diagnostics">Receives the findings.</param>
    public static ImmutableArray<ImpersonationLock> Of(ClusterAccess access, IReadOnlyDictionary<string, AccessPath> paths, IReadOnlyDictionary<string, ImmutableArray<string>> everywhere, SubjectNameCheck names, DiagnosticBag diagnostics)
    {
        var groups = GroupsByPath(access, names);
        var locks = new SortedDictionary<string, ImpersonationLock>(StringComparer.Ordinal);
        foreach (var pathName in access.Cluster.Paths.Keys)
        {
            if (!paths.TryGetValue(pathName, out var path) || path.Kind.Carries != PathCarries.Identity)
            {
                continue;
            }

            var ofPath = groups.GetValueOrDefault(pathName, []);

            // Where nobody comes, nobody has to be let through. The groups of other clusters are bound to nothing here.
            if (!ofPath.IsEmpty && everywhere.TryGetValue(pathName, out var all))
            {
                ofPath = all;
            }

            foreach (var proxy in path.Kind.ProxiesOf(path, access.Cluster))
            {
                if (!IsFine(proxy, path, access.Cluster, names, diagnostics))
                {
                    continue;
                }

                var added = new ImpersonationLock(path, proxy, ofPath);
                if (!locks.TryAdd(added.ObjectName, added))
                {
                    diagnostics.Report(
                        KubernetesDiagnostics.InvalidProxyAccount,
                        access.Cluster.Location,
                        $"two proxies of cluster `{access.Cluster.Name}` are both named `{proxy.Name}`",
                        "give the endpoints of the paths different names");
                }
            }
        }

        ReportSharedAccounts(access.Cluster, locks.Values, diagnostics);
        return [.. locks.Values];
    }

    /// <summary>All groups of each path whose proxies assert groups of other clusters too.</summary>
    public static Dictionary<string, ImmutableArray<string>> GroupsEverywhere(AccessModel access)
        => access.Paths.Where(path => path.Kind.AssertsGroupsOfOtherClusters(path)).ToDictionary(
            path => path.Name,
            path => access.Clusters.SelectMany(c => c.Identities).Where(link => link.Path == path && !link.IsEmptied).SelectMany(link => link.KubernetesGroups)
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToImmutableArray(),
            StringComparer.Ordinal);

    private static Dictionary<string, ImmutableArray<string>> GroupsByPath(ClusterAccess access, SubjectNameCheck names)
    {
        var groups = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var link in access.Identities)
        {
            // Nobody may get in by an emptied link, so no proxy needs to assert its groups.
            if (link.IsEmptied)
            {
                continue;
            }

            if (!groups.TryGetValue(link.Path.Name, out var ofPath))
            {
                groups.Add(link.Path.Name, ofPath = new HashSet<string>(StringComparer.Ordinal));
            }

            foreach (var group in link.KubernetesGroups)
            {
                if (names.MayAssertGroup(group, link))
                {
                    ofPath.Add(group);
                }
            }
        }

        return groups.ToDictionary(g => g.Key, g => g.Value.Order(StringComparer.Ordinal).ToImmutableArray(), StringComparer.Ordinal);
    }

    private static bool IsFine(ImpersonatingProxy proxy, AccessPath path, Cluster cluster, SubjectNameCheck names, DiagnosticBag diagnostics)
    {
        var isFine = KubernetesNames.IsDnsLabel(proxy.Namespace) && KubernetesNames.IsDnsSubdomain(proxy.ServiceAccount);
        if (!isFine)
        {
            diagnostics.Report(
                KubernetesDiagnostics.InvalidProxyAccount,
                cluster.Location,
                $"the proxy of path `{path.Name}` in cluster `{cluster.Name}` cannot have the service account `{proxy.Namespace}/{proxy.ServiceAccount}`",
                "a namespace and a service account have lower-case letters, digits and dashes");
        }

        foreach (var user in proxy.Users ?? [])
        {
            isFine &= names.MayAssertUser(user, path, cluster);
        }

        return isFine;
    }

    // RBAC adds up: two locks on one service account are one lock that opens for both.
    private static void ReportSharedAccounts(Cluster cluster, IEnumerable<ImpersonationLock> locks, DiagnosticBag diagnostics)
    {
        var byAccount = new Dictionary<(string, string), ImpersonationLock>();
        foreach (var current in locks)
        {
            if (byAccount.TryAdd((current.Proxy.Namespace, current.Proxy.ServiceAccount), current))
            {
                continue;
            }

            var earlier = byAccount[(current.Proxy.Namespace, current.Proxy.ServiceAccount)];
            if (!HaveSameRules(earlier, current))
            {
                diagnostics.Report(
                    KubernetesDiagnostics.SharedProxyAccount,
                    cluster.Location,
                    $"the proxies `{earlier.Proxy.Name}` and `{current.Proxy.Name}` of cluster `{cluster.Name}` share the service account `{current.Proxy.Namespace}/{current.Proxy.ServiceAccount}`, so each could impersonate the groups of the other",
                    "give each proxy a service account of its own");
            }
        }
    }

    private static bool HaveSameRules(ImpersonationLock a, ImpersonationLock b)
        => a.Groups.SequenceEqual(b.Groups, StringComparer.Ordinal)
            && a.Proxy.Users is null == b.Proxy.Users is null
            && (a.Proxy.Users ?? []).ToHashSet(StringComparer.Ordinal).SetEquals(b.Proxy.Users ?? []);
}
