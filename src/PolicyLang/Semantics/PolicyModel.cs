using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics.Rights;

namespace PolicyLang.Semantics;

/// <summary>A policy with every name resolved. What it says is not yet worked out: that is the access model.</summary>
/// <param name="Clusters">The clusters, retired ones too.</param>
/// <param name="Paths">The path instances that the project has.</param>
/// <param name="Subjects">The subjects, e-mails that rules name included.</param>
/// <param name="DefaultVia">The paths of rules without <c>via</c>; absent without <c>default via</c>.</param>
/// <param name="Allows">The rules in force, in source order.</param>
/// <param name="ExpiredRules">The rules whose last day has passed.</param>
/// <param name="Guards">The <c>never</c> and <c>only</c> statements.</param>
/// <param name="Disjoint">The <c>assume disjoint</c> statements.</param>
/// <param name="Tests">The tests.</param>
public sealed record PolicyModel(
    ImmutableSortedDictionary<string, Cluster> Clusters,
    ImmutableSortedDictionary<string, AccessPath> Paths,
    IReadOnlyDictionary<string, Subject> Subjects,
    ImmutableArray<AccessPath>? DefaultVia,
    ImmutableArray<BoundAllow> Allows,
    ImmutableArray<AllowRule> ExpiredRules,
    ImmutableArray<Guard> Guards,
    ImmutableArray<DisjointAssumption> Disjoint,
    ImmutableArray<PolicyTest> Tests)
{
    /// <summary>The paths of a rule on a cluster, by name: those it names, or those that rules without <c>via</c> take.</summary>
    public ImmutableArray<AccessPath> PathsOf(BoundAllow allow, Cluster cluster)
        => allow.Via is { } via ? [.. via.Select(v => v.Value).OrderBy(path => path.Name, StringComparer.Ordinal)] : DefaultPathsOf(cluster);

    /// <summary>The paths of rules without <c>via</c> on a cluster, by name; empty where a rule has to say which.</summary>
    public ImmutableArray<AccessPath> DefaultPathsOf(Cluster cluster)
        => DefaultVia is { } defaults ? [.. defaults.Where(path => cluster.Paths.ContainsKey(path.Name)).OrderBy(path => path.Name, StringComparer.Ordinal)]
            : cluster.Paths.Count == 1 ? [Paths[cluster.Paths.Keys.First()]]
            : [];
}

/// <summary>A name with the place where a rule uses it.</summary>
/// <typeparam name="T">What it names.</typeparam>
/// <param name="Value">What it names.</param>
/// <param name="Location">Where the rule names it.</param>
public sealed record Named<T>(T Value, SourceLocation Location);

/// <summary>An <c>allow</c> rule: the cross product of its lists.</summary>
/// <param name="Subjects">Who.</param>
/// <param name="Roles">As what.</param>
/// <param name="Places">On which clusters, and in which namespaces there (absent for the whole cluster).</param>
/// <param name="Via">The paths it names; absent without <c>via</c>.</param>
/// <param name="Condition">The condition; <see cref="Condition.Always"/> without <c>when</c>.</param>
/// <param name="WhenLocation">Where the condition stands.</param>
/// <param name="Rule">The rule itself.</param>
public sealed record BoundAllow(
    ImmutableArray<Named<Subject>> Subjects,
    ImmutableArray<Named<Role>> Roles,
    ImmutableArray<(Cluster Cluster, ImmutableArray<string>? Namespaces)> Places,
    ImmutableArray<Named<AccessPath>>? Via,
    Condition Condition,
    SourceLocation? WhenLocation,
    AllowRule Rule);

/// <summary>A <c>never</c> or <c>only</c> statement.</summary>
/// <param name="IsOnly">Whether only the subjects may have the right, rather than never.</param>
/// <param name="IsAnyone">Whether it speaks of everybody except the subjects.</param>
/// <param name="Subjects">The subjects.</param>
/// <param name="Rights">The right; absent for any right at all.</param>
/// <param name="Places">Where.</param>
/// <param name="Paths">On which paths; absent for all.</param>
/// <param name="Because">Its reason, or nothing.</param>
/// <param name="Location">Where it stands.</param>
public sealed record Guard(
    bool IsOnly,
    bool IsAnyone,
    ImmutableArray<Subject> Subjects,
    BoundRights? Rights,
    ImmutableArray<(Cluster Cluster, ImmutableArray<string>? Namespaces)> Places,
    ImmutableArray<AccessPath>? Paths,
    string? Because,
    SourceLocation Location);

/// <summary>An <c>assume disjoint</c> statement: no two of the subjects share a member.</summary>
/// <param name="Subjects">The subjects, two at least.</param>
/// <param name="Because">The reason.</param>
/// <param name="Location">Where it stands.</param>
public sealed record DisjointAssumption(ImmutableArray<Subject> Subjects, string Because, SourceLocation Location);

/// <summary>A test.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Expectations">What it expects.</param>
/// <param name="Location">Where its name stands.</param>
public sealed record PolicyTest(string Name, ImmutableArray<Expectation> Expectations, SourceLocation Location);

/// <summary>One expectation of a test.</summary>
/// <param name="Subjects">Who.</param>
/// <param name="IsAllowed">Whether access is expected.</param>
/// <param name="Rights">The right; absent for reaching the cluster at all.</param>
/// <param name="Places">Where.</param>
/// <param name="Paths">On which paths; absent for any.</param>
/// <param name="Condition">Under which condition.</param>
/// <param name="Location">Where it stands.</param>
public sealed record Expectation(
    ImmutableArray<Subject> Subjects,
    bool IsAllowed,
    BoundRights? Rights,
    ImmutableArray<(Cluster Cluster, ImmutableArray<string>? Namespaces)> Places,
    ImmutableArray<AccessPath>? Paths,
    Condition Condition,
    SourceLocation Location);
