using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Semantics;

/// <summary>A Kubernetes cluster.</summary>
/// <param name="Name">The declared name.</param>
/// <param name="Location">Where it is declared.</param>
public sealed record Cluster(string Name, SourceLocation Location)
{
    /// <summary>Whether the cluster is on its way out: it keeps emitting empty outputs and no rule reaches it.</summary>
    public bool IsRetired { get; init; }

    /// <summary>The labels that selectors compare.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The minor version of Kubernetes, such as 33 for 1.33.</summary>
    public int KubernetesMinorVersion { get; init; }

    /// <summary>What the cluster says about each path it declares, by path name; obeys <see cref="PathKind.ClusterSettings"/>.</summary>
    public ImmutableSortedDictionary<string, SettingBlock> Paths { get; init; } = ImmutableSortedDictionary.Create<string, SettingBlock>(StringComparer.Ordinal);

    /// <summary>How the API server itself tells people apart, for paths that carry only reach.</summary>
    public ImmutableArray<Authenticator> Authenticators { get; init; } = [];

    /// <summary>The declared namespaces, by name; absent when the project declares none anywhere.</summary>
    public ImmutableSortedDictionary<string, ClusterNamespace>? Namespaces { get; init; }

    /// <inheritdoc/>
    public bool Equals(Cluster? other) => other is not null && string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}

/// <summary>A namespace that exists in a cluster.</summary>
/// <param name="Name">The name.</param>
/// <param name="Labels">Its labels in the inventory, which selectors compare.</param>
/// <param name="Location">Where the inventory declares it.</param>
public sealed record ClusterNamespace(string Name, ImmutableSortedDictionary<string, string> Labels, SourceLocation Location);

/// <summary>A way in which an API server tells people apart by itself.</summary>
/// <param name="Kind">The kind: <c>oidc</c> or <c>certificate</c>.</param>
/// <param name="People">The identity provider whose names it sees.</param>
/// <param name="GroupsPrefix">What it puts before a group's name; empty for none.</param>
/// <param name="UsersPrefix">What it puts before a person's name; absent when no person may be bound.</param>
/// <param name="Location">Where it is declared.</param>
public sealed record Authenticator(string Kind, string People, string GroupsPrefix, string? UsersPrefix, SourceLocation Location);

/// <summary>A named condition on the caller's device. All of a path's assertions must hold together.</summary>
/// <param name="Name">The declared name.</param>
/// <param name="Assertions">What each path checks, by path name.</param>
/// <param name="Location">Where it is declared.</param>
public sealed record Posture(string Name, ImmutableSortedDictionary<string, ImmutableArray<SettingText>> Assertions, SourceLocation Location)
{
    /// <inheritdoc/>
    public bool Equals(Posture? other) => other is not null && string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}

/// <summary>A set of postures that must all hold. The empty set always holds.</summary>
public sealed record Condition
{
    private Condition(ImmutableArray<Posture> postures)
    {
        Postures = postures;
        Key = string.Join('+', postures.Select(p => p.Name));
    }

    /// <summary>The condition that always holds.</summary>
    public static Condition Always { get; } = new(ImmutableArray<Posture>.Empty);

    /// <summary>The postures, sorted by name without repetitions.</summary>
    public ImmutableArray<Posture> Postures { get; }

    /// <summary>The names joined by <c>+</c>: the same for the same condition, empty for <see cref="Always"/>.</summary>
    public string Key { get; }

    /// <summary>Whether nothing must hold.</summary>
    public bool IsAlways => Postures.IsEmpty;

    /// <summary>The condition that all of some postures hold.</summary>
    public static Condition AllOf(IEnumerable<Posture> postures)
    {
        ImmutableArray<Posture> sorted = [.. postures.DistinctBy(p => p.Name).OrderBy(p => p.Name, StringComparer.Ordinal)];
        return sorted.IsEmpty ? Always : new Condition(sorted);
    }

    /// <inheritdoc/>
    public bool Equals(Condition? other) => other is not null && string.Equals(Key, other.Key, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);
}
