using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Semantics;

/// <summary>What a path does with the people who come through it.</summary>
public enum PathCarries
{
    /// <summary>A proxy tells the API server who is calling: it decides the Kubernetes groups.</summary>
    Identity,

    /// <summary>Only the connection: the API server authenticates by itself.</summary>
    Reach,
}

/// <summary>A kind of path (tailscale, teleport, cloudflare …). A target has one; a path instance names it.</summary>
public abstract class PathKind
{
    /// <summary>The name of the kind in <c>policyc.yaml</c>, and of its only instance.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the path carries an identity or only reach.</summary>
    public abstract PathCarries Carries { get; }

    /// <summary>What a path instance takes in <c>policyc.yaml</c>, besides <c>kind</c> and <c>people</c>, which every path takes.</summary>
    public abstract SettingSchema PathSettings { get; }

    /// <summary>What the block with the path's name takes in a cluster.</summary>
    public abstract SettingSchema ClusterSettings { get; }

    /// <summary>The principals that the system can tell apart.</summary>
    public abstract ImmutableArray<PrincipalKind> Accepts { get; }

    /// <summary>The identity provider whose people the path sees unless <c>people</c> says otherwise; nothing where none can be assumed.</summary>
    public abstract string? DefaultPeople { get; }

    /// <summary>The kinds of identity provider whose people the path can see; empty where any kind will do.</summary>
    public virtual ImmutableArray<string> PeopleKinds => [];

    /// <summary>Checks a path instance; called once for each, before any cluster.</summary>
    public virtual void CheckPath(AccessPath path, DiagnosticBag diagnostics)
    {
    }

    /// <summary>Checks what a cluster says about the path beyond the schema; called once for each cluster and path.</summary>
    public virtual void CheckCluster(AccessPath path, Cluster cluster, SettingBlock block, DiagnosticBag diagnostics)
    {
    }

    /// <summary>Checks an identity that a subject gives for this path (a tag, a bot, a synced group).</summary>
    public virtual void CheckIdentity(AccessPath path, Subject subject, SettingText identity, DiagnosticBag diagnostics)
    {
    }

    /// <summary>Checks what a posture gives for this path. All its texts must hold together.</summary>
    public virtual void CheckPosture(AccessPath path, Posture posture, ImmutableArray<SettingText> assertions, DiagnosticBag diagnostics)
    {
    }

    /// <summary>Whether a proxy may assert, beside the groups of its own cluster, those that the same path gives on others. A lock that did not take them would refuse everybody.</summary>
    public virtual bool AssertsGroupsOfOtherClusters(AccessPath path) => false;

    /// <summary>The proxies that impersonate Kubernetes identities in a cluster; empty for a path that carries only reach.</summary>
    public virtual ImmutableArray<ImpersonatingProxy> ProxiesOf(AccessPath path, Cluster cluster) => [];
}

/// <summary>A proxy in a cluster that tells the API server who is calling.</summary>
/// <param name="Name">A name that is unique among the proxies of the cluster: the path's name, with <c>.</c> and the endpoint's name where there are several.</param>
/// <param name="Namespace">The namespace of its service account.</param>
/// <param name="ServiceAccount">The name of its service account.</param>
/// <param name="Users">The only Kubernetes user names it may use; absent when the system takes the user name from the caller.</param>
public sealed record ImpersonatingProxy(string Name, string Namespace, string ServiceAccount, ImmutableArray<string>? Users);

/// <summary>A named path instance.</summary>
/// <param name="Name">The name that <c>via</c> uses.</param>
/// <param name="Kind">The kind.</param>
/// <param name="People">The identity provider whose people it sees; absent where it must be given before a person or group can use the path.</param>
/// <param name="Settings">What <c>policyc.yaml</c> says about it, by <see cref="PathKind.PathSettings"/>.</param>
/// <param name="Location">Where it is declared; absent for a default instance.</param>
public sealed record AccessPath(string Name, PathKind Kind, string? People, SettingBlock Settings, SourceLocation? Location)
{
    /// <inheritdoc/>
    public bool Equals(AccessPath? other) => other is not null && string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}
