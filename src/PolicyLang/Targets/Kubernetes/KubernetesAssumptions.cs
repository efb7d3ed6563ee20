using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Access;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Kubernetes;

/// <summary>Collects what the bindings and locks of all clusters rest on.</summary>
internal sealed class KubernetesAssumptions
{
    private const int NamedClusters = 5;

    private readonly ImmutableArray<Assumption>.Builder _assumptions = ImmutableArray.CreateBuilder<Assumption>();
    private readonly SortedDictionary<(int Kind, string Name), List<Cluster>> _foreignSubjects = new(Comparer<(int Kind, string Name)>.Create(
        static (a, b) => a.Kind != b.Kind ? a.Kind.CompareTo(b.Kind) : string.CompareOrdinal(a.Name, b.Name)));

    /// <summary>Adds what one cluster rests on.</summary>
    public void AddCluster(ClusterAccess access, IEnumerable<RoleComponent> roles, ImmutableArray<ImpersonationLock> locks)
    {
        var cluster = access.Cluster;
        Add(AssumptionKind.AdminPlanes, cluster.Name, $"nobody with administrative rights in cluster `{cluster.Name}` gives access around the policy", cluster);
        Add(AssumptionKind.NoOtherAuthenticator, cluster.Name + "/" + KubernetesNames.OwnPrefix, $"in cluster `{cluster.Name}` no other authenticator, certificate or proxy asserts groups that start with `{KubernetesNames.OwnPrefix}`", cluster);
        Add(AssumptionKind.NoForeignUserBindings, cluster.Name, $"no other binding in cluster `{cluster.Name}` names people, or groups of the policy", cluster);
        foreach (var role in roles.OfType<ExistingClusterRole>().OrderBy(role => role.ClusterRoleName, StringComparer.Ordinal))
        {
            var name = role.ClusterRoleName;
            if (name is "view" or "edit" or "admin")
            {
                Add(AssumptionKind.NoForeignAggregation, cluster.Name + "/" + name, $"nobody aggregates further rules into the ClusterRole `{name}` of cluster `{cluster.Name}`", cluster);
            }
            else
            {
                Add(AssumptionKind.ClusterRoleContent, cluster.Name + "/" + name, $"the ClusterRole `{name}` exists in cluster `{cluster.Name}` and holds what it is believed to hold", cluster);
            }
        }

        foreach (var current in locks)
        {
            Add(
                AssumptionKind.VendorImpersonationRoleRemoved,
                cluster.Name + "/" + current.Proxy.Name,
                $"in cluster `{cluster.Name}` the service account `{current.Proxy.Namespace}/{current.Proxy.ServiceAccount}` may impersonate only by `{current.ObjectName}`: the vendor's own impersonation role is removed",
                cluster);
            if (current.Proxy.Users is null && !current.Groups.IsEmpty)
            {
                Add(
                    AssumptionKind.AdminPlanes,
                    cluster.Name + "/" + current.Proxy.Name,
                    $"the proxy `{current.Proxy.Name}` of cluster `{cluster.Name}` takes user names from its callers, so its lock lets it assert any: nobody who administers path `{current.Path.Name}` makes it assert a name that something else is bound to, such as one that starts with `{KubernetesNames.SystemPrefix}`",
                    cluster);
            }
        }

        AddLinks(access);
    }

    /// <summary>All assumptions, those about several clusters included.</summary>
    public ImmutableArray<Assumption> ToImmutable()
    {
        foreach (var ((kind, name), clusters) in _foreignSubjects)
        {
            if (clusters.Count < 2)
            {
                continue;
            }

            var word = kind == (int)RbacSubjectKind.Group ? "group" : "user";
            var named = string.Join(", ", clusters.Take(NamedClusters).Select(c => $"`{c.Name}`"));
            var more = clusters.Count > NamedClusters ? string.Create(CultureInfo.InvariantCulture, $" and {clusters.Count - NamedClusters} more") : "";
            _assumptions.Add(new Assumption(
                AssumptionKind.SharedGroup,
                word + "/" + name,
                $"the Kubernetes {word} `{name}` means the same people in each cluster that binds it: {named}{more}",
                clusters[0].Location));
        }

        return _assumptions.ToImmutable();
    }

    private void AddLinks(ClusterAccess access)
    {
        var cluster = access.Cluster;
        var assumesNamespaces = cluster.Namespaces is null;
        var namespaces = new SortedDictionary<string, RightLink>(StringComparer.Ordinal);
        string? lastNamespace = null;
        foreach (var link in access.Rights)
        {
            if (assumesNamespaces && link.Namespace is { } ns && !string.Equals(ns, lastNamespace, StringComparison.Ordinal))
            {
                namespaces.TryAdd(ns, link);
                lastNamespace = ns;
            }

            if (link.RbacSubject.IsOwned)
            {
                continue;
            }

            var key = ((int)link.RbacSubject.Kind, link.RbacSubject.Name);
            if (!_foreignSubjects.TryGetValue(key, out var clusters))
            {
                clusters = [];
                _foreignSubjects.Add(key, clusters);
            }

            if (clusters.Count == 0 || clusters[^1] != cluster)
            {
                clusters.Add(cluster);
            }
        }

        foreach (var (ns, link) in namespaces)
        {
            _assumptions.Add(new Assumption(
                AssumptionKind.NamespaceExists,
                cluster.Name + "/" + ns,
                $"the namespace `{ns}` exists in cluster `{cluster.Name}` and belongs to whom the policy believes",
                SubjectNameCheck.RuleLocation(link.Rules)));
        }
    }

    private void Add(AssumptionKind kind, string topic, string statement, Cluster cluster) => _assumptions.Add(new Assumption(kind, topic, statement, cluster.Location));
}
