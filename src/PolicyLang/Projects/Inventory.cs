using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Projects;

/// <summary>A row of an inventory of clusters.</summary>
/// <param name="Name">The cluster's name, not yet checked.</param>
/// <param name="Body">What the row holds besides the name: what a cluster block holds, and fields for placeholders.</param>
/// <param name="Location">Where the row stands.</param>
public sealed record InventoryRow(SettingText Name, DataMap Body, SourceLocation Location);

/// <summary>A row of an inventory of namespaces.</summary>
/// <param name="Name">The namespace's name, an RFC 1123 label.</param>
/// <param name="Labels">The labels that selectors compare, in source order.</param>
/// <param name="Clusters">The clusters that have the namespace, in source order without repetitions; absent for every cluster.</param>
/// <param name="Location">Where the row stands.</param>
public sealed record NamespaceRow(
    SettingText Name,
    ImmutableArray<(SettingText Key, SettingText Value)> Labels,
    ImmutableArray<SettingText>? Clusters,
    SourceLocation Location);
