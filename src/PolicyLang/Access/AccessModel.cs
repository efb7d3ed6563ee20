using System.Collections.Immutable;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Access;

/// <summary>
/// Who has which rights where, on which path and under which condition: the centre of the compiler. Everything before it computes it,
/// everything after it reads it. What it does not hold is denied. All collections are in ordinal order of names, so that walking them is deterministic.
/// </summary>
/// <param name="Clusters">The clusters, retired ones too, by name.</param>
/// <param name="Paths">The path instances that some cluster declares, by name.</param>
/// <param name="Subjects">The subjects that some rule reaches, by name.</param>
/// <param name="Overlaps">Which subjects may share a member.</param>
/// <param name="Assumptions">What no generated file can enforce.</param>
/// <param name="Roles">What each role is that some rule gives, by its name and the minor version of Kubernetes (<c>36</c> for 1.36) where it is given.</param>
public sealed record AccessModel(
    ImmutableArray<ClusterAccess> Clusters,
    ImmutableArray<AccessPath> Paths,
    ImmutableArray<Subject> Subjects,
    SubjectOverlaps Overlaps,
    ImmutableArray<Assumption> Assumptions,
    IReadOnlyDictionary<(string Role, int MinorVersion), ResolvedRole> Roles)
{
    /// <summary>The same for some clusters alone, as if the policy had no others.</summary>
    /// <param name="isKept">Whether a cluster is among them.</param>
    public AccessModel Only(Func<Cluster, bool> isKept)
    {
        ImmutableArray<ClusterAccess> clusters = [.. Clusters.Where(access => isKept(access.Cluster))];
        if (clusters.Length == Clusters.Length)
        {
            return this;
        }

        var subjects = clusters.SelectMany(access => access.Grants).Select(grant => grant.Subject).ToHashSet();
        return this with
        {
            Clusters = clusters,
            Paths = [.. Paths.Where(path => clusters.Any(access => access.Cluster.Paths.ContainsKey(path.Name)))],
            Subjects = [.. Subjects.Where(subjects.Contains)],
        };
    }
}

/// <summary>The access to one cluster, as the policy grants it and as links that systems can state.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Grants">The policy's own view: who may do what where, with the rule that says so.</param>
/// <param name="Identities">Paths that carry an identity: who becomes which Kubernetes groups. At most one link for a (path, subject, condition).</param>
/// <param name="Gates">Paths that carry only reach: who gets through. At most one link for a (path, subject, condition).</param>
/// <param name="Rights">What the API server lets each Kubernetes group or user do. At most one link for a (subject, component, namespace).</param>
public sealed record ClusterAccess(
    Cluster Cluster,
    ImmutableArray<AccessGrant> Grants,
    ImmutableArray<IdentityLink> Identities,
    ImmutableArray<GateLink> Gates,
    ImmutableArray<RightLink> Rights);

/// <summary>One rule's effect in one cluster for one subject and role.</summary>
/// <param name="Subject">Who.</param>
/// <param name="Role">As what.</param>
/// <param name="Namespaces">In which namespaces, sorted; absent for the whole cluster.</param>
/// <param name="Paths">On which paths, by name.</param>
/// <param name="Condition">Under which condition.</param>
/// <param name="Rule">The rule that says so.</param>
public sealed record AccessGrant(Subject Subject, ResolvedRole Role, ImmutableArray<string>? Namespaces, ImmutableArray<AccessPath> Paths, Condition Condition, AllowRule Rule);

/// <summary>A rule of the policy, as far as later stages need to speak of it.</summary>
/// <param name="Location">Where it stands: its head, from <c>allow</c> to the scope.</param>
/// <param name="Until">Its last day, or nothing.</param>
/// <param name="Because">Its reason. It never enters an artefact.</param>
public sealed record AllowRule(SourceLocation Location, DateOnly? Until, string? Because)
{
    /// <summary>Whether its reason says something: an empty text and a stroke are none.</summary>
    public bool IsExplained => Because?.Any(char.IsLetterOrDigit) is true;
}

/// <summary>On a path that carries an identity: who becomes which Kubernetes groups in a cluster.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Path">The path.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Condition">The condition under which the groups are given.</param>
/// <param name="Principals">The names the path's system has for the subject, never empty, sorted by kind and value without repetitions. For a group whose listed members are all gone it is empty and <see cref="IsEmptied"/> holds.</param>
/// <param name="KubernetesGroups">The groups, sorted, never empty.</param>
/// <param name="Rules">The rules behind it.</param>
public sealed record IdentityLink(
    Cluster Cluster,
    AccessPath Path,
    Subject Subject,
    Condition Condition,
    ImmutableArray<NativePrincipal> Principals,
    ImmutableArray<string> KubernetesGroups,
    ImmutableArray<AllowRule> Rules)
{
    /// <summary>Whether the subject is a group that lists no member any more: nobody must get in by this link.</summary>
    public bool IsEmptied => Principals.IsEmpty;
}

/// <summary>On a path that carries only reach: who gets through to a cluster.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Path">The path.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Condition">The condition under which the gate opens.</param>
/// <param name="Principals">The names the path's system has for the subject, sorted by kind and value without repetitions; empty only when <see cref="IsEmptied"/> holds.</param>
/// <param name="Rules">The rules behind it.</param>
public sealed record GateLink(
    Cluster Cluster,
    AccessPath Path,
    Subject Subject,
    Condition Condition,
    ImmutableArray<NativePrincipal> Principals,
    ImmutableArray<AllowRule> Rules)
{
    /// <summary>Whether the subject is a group that lists no member any more: nobody must get in by this link, and no rule may be written for it.</summary>
    public bool IsEmptied => Principals.IsEmpty;
}

/// <summary>What an RBAC subject may do.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="RbacSubject">The Kubernetes group or user.</param>
/// <param name="Component">The ClusterRole that is bound.</param>
/// <param name="Namespace">The namespace it is bound in; absent for the whole cluster.</param>
/// <param name="Subject">The policy's subject behind the Kubernetes name.</param>
/// <param name="Rules">The rules behind it.</param>
public sealed record RightLink(
    Cluster Cluster,
    RbacSubject RbacSubject,
    RoleComponent Component,
    string? Namespace,
    Subject Subject,
    ImmutableArray<AllowRule> Rules);

/// <summary>What a binding may name.</summary>
public enum RbacSubjectKind
{
    /// <summary>A Kubernetes group.</summary>
    Group,

    /// <summary>A Kubernetes user.</summary>
    User,
}

/// <summary>A Kubernetes group or user.</summary>
/// <param name="Kind">Which of the two.</param>
/// <param name="Name">The name, compared byte by byte.</param>
/// <param name="IsOwned">Whether policyc made the name (<c>policyc:…</c>); otherwise it comes from an identity provider or a <c>kubernetes</c> setting.</param>
public sealed record RbacSubject(RbacSubjectKind Kind, string Name, bool IsOwned);

/// <summary>A role as it is in one cluster: verb classes depend on the Kubernetes version.</summary>
/// <param name="Name">The declared name.</param>
/// <param name="Components">The ClusterRoles it consists of, by name.</param>
public sealed record ResolvedRole(string Name, ImmutableArray<RoleComponent> Components);

/// <summary>One ClusterRole that a role consists of.</summary>
/// <param name="ClusterRoleName">The name of the ClusterRole.</param>
public abstract record RoleComponent(string ClusterRoleName);

/// <summary>A ClusterRole that exists already.</summary>
/// <param name="ClusterRoleName">The name of the ClusterRole.</param>
public sealed record ExistingClusterRole(string ClusterRoleName) : RoleComponent(ClusterRoleName);

/// <summary>A ClusterRole that policyc writes: <c>policyc:&lt;role&gt;</c>.</summary>
/// <param name="ClusterRoleName">The name of the ClusterRole.</param>
/// <param name="Rules">Its rules, in canonical order. Never empty.</param>
public sealed record OwnClusterRole(string ClusterRoleName, ImmutableArray<RbacRule> Rules) : RoleComponent(ClusterRoleName)
{
    /// <inheritdoc/>
    public bool Equals(OwnClusterRole? other)
        => other is not null && string.Equals(ClusterRoleName, other.ClusterRoleName, StringComparison.Ordinal) && Rules.SequenceEqual(other.Rules);

    /// <inheritdoc/>
    public override int GetHashCode() => ClusterRoleName.GetHashCode(StringComparison.Ordinal);
}

/// <summary>One RBAC rule: the cross product of its lists. Either the resource lists or the URLs are filled, never both.</summary>
/// <param name="Verbs">The verbs, sorted, never empty.</param>
/// <param name="ApiGroups">The API groups (the core group is the empty text), sorted.</param>
/// <param name="Resources">The resources, <c>pods</c> or <c>pods/exec</c>, sorted.</param>
/// <param name="ResourceNames">The only object names it holds for; empty means all.</param>
/// <param name="NonResourceUrls">The URLs of a rule about URLs.</param>
public sealed record RbacRule(
    ImmutableArray<string> Verbs,
    ImmutableArray<string> ApiGroups,
    ImmutableArray<string> Resources,
    ImmutableArray<string> ResourceNames,
    ImmutableArray<string> NonResourceUrls)
{
    /// <inheritdoc/>
    public bool Equals(RbacRule? other)
        => other is not null && Verbs.SequenceEqual(other.Verbs) && ApiGroups.SequenceEqual(other.ApiGroups) && Resources.SequenceEqual(other.Resources)
            && ResourceNames.SequenceEqual(other.ResourceNames) && NonResourceUrls.SequenceEqual(other.NonResourceUrls);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Verbs.Length, Resources.Length, Verbs.IsEmpty ? null : Verbs[0], Resources.IsEmpty ? null : Resources[0]);
}
