using System.Collections.Immutable;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Access;

/// <summary>Gathers the access to one cluster.</summary>
internal sealed class ClusterAccessBuilder(Cluster cluster)
{
    private readonly List<AccessGrant> _grants = [];
    private readonly Dictionary<(AccessPath, Subject, Condition), Link> _identities = [];
    private readonly Dictionary<(AccessPath, Subject, Condition), Link> _gates = [];
    private readonly Dictionary<(RbacSubjectKind, string, string Component, string? Namespace), (RbacSubject RbacSubject, RoleComponent Component, Subject Subject, List<AllowRule> Rules)> _rights = [];
    private readonly Dictionary<(RbacSubjectKind, string), (string Source, AllowRule Rule)> _sources = [];
    private readonly HashSet<(RbacSubjectKind, string)> _collisions = [];

    public IReadOnlyList<AccessGrant> Grants => _grants;

    public void AddGrant(AccessGrant grant) => _grants.Add(grant);

    public void AddIdentity(AccessPath path, Subject subject, Condition condition, ImmutableArray<NativePrincipal> principals, string kubernetesGroup, AllowRule rule)
    {
        var link = LinkOf(_identities, path, subject, condition, principals, rule);
        link.KubernetesGroups.Add(kubernetesGroup);
    }

    public void AddGate(AccessPath path, Subject subject, Condition condition, ImmutableArray<NativePrincipal> principals, AllowRule rule)
        => LinkOf(_gates, path, subject, condition, principals, rule);

    /// <summary>Adds what a Kubernetes group or user may do.</summary>
    /// <param name="rbacSubject">The group or user.</param>
    /// <param name="source">What the name comes from; two sources of one name are an error.</param>
    /// <param name="grant">The grant behind it.</param>
    /// <param name="diagnostics">Receives a collision.</param>
    public void AddRights(RbacSubject rbacSubject, string source, AccessGrant grant, DiagnosticBag diagnostics)
    {
        var name = (rbacSubject.Kind, rbacSubject.Name);
        if (!_sources.TryGetValue(name, out var known))
        {
            _sources.Add(name, (source, grant.Rule));
        }
        else if (!string.Equals(known.Source, source, StringComparison.Ordinal))
        {
            if (_collisions.Add(name))
            {
                diagnostics.Report(
                    AccessDiagnostics.KubernetesNameCollision,
                    grant.Rule.Location,
                    $"on cluster `{cluster.Name}`, the Kubernetes name `{rbacSubject.Name}` comes from {source} and from {known.Source}",
                    "give one of them another name: by its `kubernetes` setting, or by a prefix in the authentication block",
                    new RelatedLocation(known.Rule.Location, "the other rule"));
            }

            return;
        }

        foreach (var component in grant.Role.Components)
        {
            if (grant.Namespaces is not { } namespaces)
            {
                AddRight(rbacSubject, component, null, grant);
                continue;
            }

            foreach (var ns in namespaces)
            {
                AddRight(rbacSubject, component, ns, grant);
            }
        }
    }

    public ClusterAccess Build() => new(
        cluster,
        [.. _grants.OrderBy(g => g.Subject.Name, StringComparer.Ordinal).ThenBy(g => g.Role.Name, StringComparer.Ordinal)],
        [.. Sorted(_identities).Select(l => new IdentityLink(cluster, l.Path, l.Subject, l.Condition, l.Principals, [.. l.KubernetesGroups], [.. l.Rules]))],
        [.. Sorted(_gates).Select(l => new GateLink(cluster, l.Path, l.Subject, l.Condition, l.Principals, [.. l.Rules]))],
        [.. _rights
            .OrderBy(r => r.Key.Namespace ?? "", StringComparer.Ordinal)
            .ThenBy(r => r.Value.RbacSubject.Name, StringComparer.Ordinal)
            .ThenBy(r => r.Value.RbacSubject.Kind)
            .ThenBy(r => r.Key.Component, StringComparer.Ordinal)
            .Select(r => new RightLink(cluster, r.Value.RbacSubject, r.Value.Component, r.Key.Namespace, r.Value.Subject, [.. r.Value.Rules]))]);

    private void AddRight(RbacSubject rbacSubject, RoleComponent component, string? ns, AccessGrant grant)
    {
        var key = (rbacSubject.Kind, rbacSubject.Name, component.ClusterRoleName, ns);
        if (!_rights.TryGetValue(key, out var right))
        {
            _rights.Add(key, right = (rbacSubject, component, grant.Subject, []));
        }

        AddRule(right.Rules, grant.Rule);
    }

    private static Link LinkOf(Dictionary<(AccessPath, Subject, Condition), Link> links, AccessPath path, Subject subject, Condition condition, ImmutableArray<NativePrincipal> principals, AllowRule rule)
    {
        if (!links.TryGetValue((path, subject, condition), out var link))
        {
            links.Add((path, subject, condition), link = new Link(path, subject, condition, principals));
        }

        AddRule(link.Rules, rule);
        return link;
    }

    // Rules come one after the other, so that a repetition is always the last one.
    private static void AddRule(List<AllowRule> rules, AllowRule rule)
    {
        if (rules.Count == 0 || !ReferenceEquals(rules[^1], rule))
        {
            rules.Add(rule);
        }
    }

    private static IEnumerable<Link> Sorted(Dictionary<(AccessPath, Subject, Condition), Link> links)
        => links.Values
            .OrderBy(l => l.Path.Name, StringComparer.Ordinal)
            .ThenBy(l => l.Subject.Name, StringComparer.Ordinal)
            .ThenBy(l => l.Condition.Key, StringComparer.Ordinal);

    private sealed class Link(AccessPath path, Subject subject, Condition condition, ImmutableArray<NativePrincipal> principals)
    {
        public AccessPath Path { get; } = path;

        public Subject Subject { get; } = subject;

        public Condition Condition { get; } = condition;

        public ImmutableArray<NativePrincipal> Principals { get; } = principals;

        public SortedSet<string> KubernetesGroups { get; } = new(StringComparer.Ordinal);

        public List<AllowRule> Rules { get; } = [];
    }
}
