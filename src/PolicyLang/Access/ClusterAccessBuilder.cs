using System.Collections.Immutable;
using System.Runtime.InteropServices;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Access;

/// <summary>Gathers the access to one cluster. What is gathered is sorted and joined once, at the end.</summary>
internal sealed class ClusterAccessBuilder(Cluster cluster)
{
    private readonly List<AccessGrant> _grants = [];
    private readonly List<LinkEntry> _identities = [];
    private readonly List<LinkEntry> _gates = [];
    private readonly List<RightEntry> _rights = [];
    private readonly Dictionary<(RbacSubjectKind, string), (Subject? Source, AllowRule Rule)> _sources = [];
    private readonly HashSet<(RbacSubjectKind, string)> _collisions = [];

    public IReadOnlyList<AccessGrant> Grants => _grants;

    public void AddGrant(AccessGrant grant) => _grants.Add(grant);

    /// <summary>Adds who becomes a Kubernetes group on a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="grant">The grant behind it.</param>
    /// <param name="principals">The names that the path's system has for the subject.</param>
    /// <param name="kubernetesGroup">The group, alone in a list that all links of a rule and cluster share.</param>
    /// <param name="rule">The rule, alone in a list that all its links share.</param>
    public void AddIdentity(AccessPath path, AccessGrant grant, ImmutableArray<NativePrincipal> principals, ImmutableArray<string> kubernetesGroup, ImmutableArray<AllowRule> rule)
        => _identities.Add(new LinkEntry(path, grant.Subject, grant.Condition, principals, kubernetesGroup, rule, _identities.Count));

    /// <summary>Adds who gets through a gate.</summary>
    public void AddGate(AccessPath path, AccessGrant grant, ImmutableArray<NativePrincipal> principals, ImmutableArray<AllowRule> rule)
        => _gates.Add(new LinkEntry(path, grant.Subject, grant.Condition, principals, [], rule, _gates.Count));

    /// <summary>Adds what a Kubernetes group or user may do.</summary>
    /// <param name="rbacSubject">The group or user.</param>
    /// <param name="source">The subject that the name is made of or that sets it; absent for a name of an identity provider. Two sources of one name are an error.</param>
    /// <param name="grant">The grant behind it.</param>
    /// <param name="rule">The rule, alone in a list that all its links share.</param>
    /// <param name="diagnostics">Receives a collision.</param>
    public void AddRights(RbacSubject rbacSubject, Subject? source, AccessGrant grant, ImmutableArray<AllowRule> rule, DiagnosticBag diagnostics)
    {
        if (IsTaken(rbacSubject, source, grant, diagnostics))
        {
            return;
        }

        foreach (var component in grant.Role.Components)
        {
            if (grant.Namespaces is not { } namespaces)
            {
                _rights.Add(new RightEntry(rbacSubject, component, null, grant.Subject, rule, _rights.Count));
                continue;
            }

            foreach (var ns in namespaces)
            {
                _rights.Add(new RightEntry(rbacSubject, component, ns, grant.Subject, rule, _rights.Count));
            }
        }
    }

    public ClusterAccess Build()
    {
        AccessGrant[] grants = [.. _grants.OrderBy(g => g.Subject.Name, StringComparer.Ordinal).ThenBy(g => g.Role.Name, StringComparer.Ordinal)];
        return new(
            cluster,
            ImmutableCollectionsMarshal.AsImmutableArray(grants),
            Join(_identities, LinkEntry.Compare, LinkEntry.AreOne, ToIdentity),
            Join(_gates, LinkEntry.Compare, LinkEntry.AreOne, ToGate),
            Join(_rights, RightEntry.Compare, RightEntry.AreOne, ToRight));
    }

    private static ImmutableArray<TLink> Join<TEntry, TLink>(List<TEntry> entries, Comparison<TEntry> compare, Func<TEntry, TEntry, bool> areOne, Func<ReadOnlySpan<TEntry>, TLink> join)
    {
        var sorted = CollectionsMarshal.AsSpan(entries);
        sorted.Sort(compare);
        var links = ImmutableArray.CreateBuilder<TLink>(entries.Count);
        for (var start = 0; start < sorted.Length;)
        {
            var end = start + 1;
            while (end < sorted.Length && areOne(sorted[start], sorted[end]))
            {
                end++;
            }

            links.Add(join(sorted[start..end]));
            start = end;
        }

        return links.DrainToImmutable();
    }

    private IdentityLink ToIdentity(ReadOnlySpan<LinkEntry> entries)
    {
        var first = entries[0];
        return new IdentityLink(cluster, first.Path, first.Subject, first.Condition, first.Principals, GroupsOf(entries), RulesOf(entries, static e => e.Rule));
    }

    private GateLink ToGate(ReadOnlySpan<LinkEntry> entries)
    {
        var first = entries[0];
        return new GateLink(cluster, first.Path, first.Subject, first.Condition, first.Principals, RulesOf(entries, static e => e.Rule));
    }

    private RightLink ToRight(ReadOnlySpan<RightEntry> entries)
    {
        var first = entries[0];
        return new RightLink(cluster, first.RbacSubject, first.Component, first.Namespace, first.Subject, RulesOf(entries, static e => e.Rule));
    }

    private static ImmutableArray<string> GroupsOf(ReadOnlySpan<LinkEntry> entries)
    {
        if (entries.Length == 1)
        {
            return entries[0].KubernetesGroup;
        }

        var groups = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            groups.UnionWith(entry.KubernetesGroup);
        }

        return groups.Count == 1 ? entries[0].KubernetesGroup : [.. groups];
    }

    // Entries come in the order of their rules, so that a repetition is always next to its like.
    private static ImmutableArray<AllowRule> RulesOf<TEntry>(ReadOnlySpan<TEntry> entries, Func<TEntry, ImmutableArray<AllowRule>> ruleOf)
    {
        var first = ruleOf(entries[0]);
        if (entries.Length == 1)
        {
            return first;
        }

        var rules = ImmutableArray.CreateBuilder<AllowRule>(entries.Length);
        foreach (var entry in entries)
        {
            if (rules.Count == 0 || !ReferenceEquals(rules[^1], ruleOf(entry)[0]))
            {
                rules.Add(ruleOf(entry)[0]);
            }
        }

        return rules.Count == 1 ? first : rules.DrainToImmutable();
    }

    // Names that policyc makes hold the cluster and the subject, and nobody else may take their prefix; only the others can meet.
    private bool IsTaken(RbacSubject rbacSubject, Subject? source, AccessGrant grant, DiagnosticBag diagnostics)
    {
        var name = (rbacSubject.Kind, rbacSubject.Name);
        if (rbacSubject.IsOwned || _sources.TryAdd(name, (source, grant.Rule)))
        {
            return false;
        }

        var known = _sources[name];
        if (known.Source == source)
        {
            return false;
        }

        if (_collisions.Add(name))
        {
            diagnostics.Report(
                AccessDiagnostics.KubernetesNameCollision,
                grant.Rule.Location,
                $"on cluster `{cluster.Name}`, the Kubernetes name `{rbacSubject.Name}` comes from {SourceOf(source)} and from {SourceOf(known.Source)}",
                "give one of them another name: by its `kubernetes` setting, or by a prefix in the authentication block",
                new RelatedLocation(known.Rule.Location, "the other rule"));
        }

        return true;
    }

    private static string SourceOf(Subject? source) => source is null ? "an identity provider" : $"`{source.Name}`";

    private readonly record struct LinkEntry(
        AccessPath Path,
        Subject Subject,
        Condition Condition,
        ImmutableArray<NativePrincipal> Principals,
        ImmutableArray<string> KubernetesGroup,
        ImmutableArray<AllowRule> Rule,
        int Order)
    {
        public static int Compare(LinkEntry a, LinkEntry b)
        {
            var result = string.CompareOrdinal(a.Path.Name, b.Path.Name);
            result = result != 0 ? result : string.CompareOrdinal(a.Subject.Name, b.Subject.Name);
            result = result != 0 ? result : string.CompareOrdinal(a.Condition.Key, b.Condition.Key);
            return result != 0 ? result : a.Order.CompareTo(b.Order);
        }

        public static bool AreOne(LinkEntry a, LinkEntry b) => a.Path == b.Path && a.Subject == b.Subject && a.Condition == b.Condition;
    }

    private readonly record struct RightEntry(RbacSubject RbacSubject, RoleComponent Component, string? Namespace, Subject Subject, ImmutableArray<AllowRule> Rule, int Order)
    {
        public static int Compare(RightEntry a, RightEntry b)
        {
            var result = string.CompareOrdinal(a.Namespace ?? "", b.Namespace ?? "");
            result = result != 0 || ReferenceEquals(a.RbacSubject, b.RbacSubject) ? result : string.CompareOrdinal(a.RbacSubject.Name, b.RbacSubject.Name);
            result = result != 0 ? result : a.RbacSubject.Kind.CompareTo(b.RbacSubject.Kind);
            result = result != 0 ? result : string.CompareOrdinal(a.Component.ClusterRoleName, b.Component.ClusterRoleName);
            return result != 0 ? result : a.Order.CompareTo(b.Order);
        }

        public static bool AreOne(RightEntry a, RightEntry b)
            => string.Equals(a.Namespace, b.Namespace, StringComparison.Ordinal)
                && a.RbacSubject.Kind == b.RbacSubject.Kind
                && string.Equals(a.RbacSubject.Name, b.RbacSubject.Name, StringComparison.Ordinal)
                && string.Equals(a.Component.ClusterRoleName, b.Component.ClusterRoleName, StringComparison.Ordinal);
    }
}
