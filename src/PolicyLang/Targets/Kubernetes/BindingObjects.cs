using k8s.Models;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Kubernetes;

/// <summary>Makes the bindings of a cluster: one for each (subject, ClusterRole, namespace).</summary>
internal sealed class BindingObjects
{
    private const int CancellationInterval = 4096;

    private BindingObjects(List<V1ClusterRoleBinding> clusterWide, List<(string Namespace, List<V1RoleBinding> Bindings)> byNamespace)
    {
        ClusterWide = clusterWide;
        ByNamespace = byNamespace;
    }

    /// <summary>The ClusterRoleBindings, by name.</summary>
    public List<V1ClusterRoleBinding> ClusterWide { get; }

    /// <summary>The RoleBindings of each namespace, by namespace and name.</summary>
    public List<(string Namespace, List<V1RoleBinding> Bindings)> ByNamespace { get; }

    /// <summary>Makes the bindings; links that cannot be written are reported.</summary>
    public static BindingObjects Of(
        ClusterAccess access,
        ManifestMetadata metadata,
        ClusterRoleObjects roles,
        SubjectNameCheck subjects,
        DiagnosticBag diagnostics,
        CancellationToken cancellation)
    {
        var clusterWide = new List<NamedLink>();
        var byNamespace = new Dictionary<string, List<NamedLink>?>(StringComparer.Ordinal);
        var count = 0;
        foreach (var link in access.Rights)
        {
            if (++count % CancellationInterval == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            // Both are asked in every case, so that each mistake is reported at once.
            var mayBindSubject = subjects.MayBind(link);
            var mayBindRole = roles.MayBind(link);
            var place = link.Namespace is null ? clusterWide : PlaceOf(link.Namespace, link, byNamespace, diagnostics);
            if (mayBindSubject && mayBindRole)
            {
                place?.Add(new NamedLink(KubernetesNames.BindingName(link.RbacSubject, link.Component.ClusterRoleName), link));
            }
        }

        var clusterRoleBindings = new List<V1ClusterRoleBinding>(clusterWide.Count);
        SortByName(clusterWide, diagnostics);
        foreach (var (name, link) in clusterWide)
        {
            clusterRoleBindings.Add(RbacObjects.ClusterRoleBinding(metadata.ForBinding(name, null), link.Component.ClusterRoleName, RbacObjects.Subject(link.RbacSubject)));
        }

        var namespaces = new List<(string Namespace, List<V1RoleBinding> Bindings)>(byNamespace.Count);
        foreach (var (ns, links) in byNamespace)
        {
            if (links is not { Count: > 0 })
            {
                continue;
            }

            var roleBindings = new List<V1RoleBinding>(links.Count);
            SortByName(links, diagnostics);
            foreach (var (name, link) in links)
            {
                roleBindings.Add(RbacObjects.RoleBinding(metadata.ForBinding(name, ns), link.Component.ClusterRoleName, RbacObjects.Subject(link.RbacSubject)));
            }

            namespaces.Add((ns, roleBindings));
        }

        namespaces.Sort(static (a, b) => string.CompareOrdinal(a.Namespace, b.Namespace));
        return new BindingObjects(clusterRoleBindings, namespaces);
    }

    private static List<NamedLink>? PlaceOf(string ns, RightLink link, Dictionary<string, List<NamedLink>?> byNamespace, DiagnosticBag diagnostics)
    {
        if (byNamespace.TryGetValue(ns, out var place))
        {
            return place;
        }

        if (KubernetesNames.IsDnsLabel(ns))
        {
            place = [];
        }
        else
        {
            diagnostics.Report(
                SemanticDiagnostics.InvalidNamespace,
                SubjectNameCheck.RuleLocation(link.Rules),
                $"`{ns}` cannot be a namespace in cluster `{link.Cluster.Name}`",
                "a namespace has at most 63 lower-case letters, digits and dashes");
        }

        byNamespace.Add(ns, place);
        return place;
    }

    private static void SortByName(List<NamedLink> links, DiagnosticBag diagnostics)
    {
        links.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        for (var i = links.Count - 1; i > 0; i--)
        {
            var (name, link) = links[i];
            var (earlierName, earlier) = links[i - 1];
            if (!string.Equals(name, earlierName, StringComparison.Ordinal))
            {
                continue;
            }

            if (!(link.RbacSubject == earlier.RbacSubject && string.Equals(link.Component.ClusterRoleName, earlier.Component.ClusterRoleName, StringComparison.Ordinal)))
            {
                ReportCollision(name, earlier, link, diagnostics);
            }

            links.RemoveAt(i);
        }
    }

    private static void ReportCollision(string name, RightLink a, RightLink b, DiagnosticBag diagnostics)
    {
        // Sorting keeps no order among equals, so the order in the message is made here.
        var (first, second) = string.CompareOrdinal(a.RbacSubject.Name, b.RbacSubject.Name) <= 0 ? (a, b) : (b, a);
        var place = first.Namespace is null ? $"cluster `{first.Cluster.Name}`" : $"namespace `{first.Namespace}` of cluster `{first.Cluster.Name}`";
        var other = SubjectNameCheck.RuleLocation(second.Rules);
        diagnostics.Report(
            KubernetesDiagnostics.BindingNameCollision,
            SubjectNameCheck.RuleLocation(first.Rules),
            $"in {place} the bindings of `{first.RbacSubject.Name}` to `{first.Component.ClusterRoleName}` and of `{second.RbacSubject.Name}` to `{second.Component.ClusterRoleName}` would both be named `{name}`",
            "rename one of the Kubernetes groups",
            other is null ? [] : [new RelatedLocation(other, "the other binding comes from here")]);
    }

    private readonly record struct NamedLink(string Name, RightLink Link);
}
