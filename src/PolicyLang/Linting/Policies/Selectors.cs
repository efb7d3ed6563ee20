using System.Collections.Immutable;
using PolicyLang.Semantics;
using PolicyLang.Syntax;

namespace PolicyLang.Linting.Policies;

/// <summary>Walks over what statements select.</summary>
internal static class Selectors
{
    /// <summary>Every selector of clusters.</summary>
    public static IEnumerable<ClusterSelectorSyntax> ClusterSelectors(ImmutableArray<SyntaxTree> trees)
    {
        foreach (var tree in trees)
        {
            foreach (var statement in tree.Statements)
            {
                var selector = statement switch
                {
                    AllowSyntax allow => allow.Clusters,
                    FleetSyntax fleet => fleet.Clusters,
                    NeverSyntax never => never.Clusters,
                    OnlySyntax only => only.Clusters,
                    _ => null,
                };
                if (selector is not null)
                {
                    yield return selector;
                }
                else if (statement is TestSyntax test)
                {
                    foreach (var expectation in test.Expectations)
                    {
                        yield return expectation.Clusters;
                    }
                }
            }
        }
    }

    /// <summary>Every label expression, of clusters and of namespaces.</summary>
    public static IEnumerable<LabelExpressionSyntax> Expressions(ImmutableArray<SyntaxTree> trees)
        => ClusterSelectors(trees).Select(selector => selector.Where).Concat(NamespaceSelectors(trees).Select(selector => selector.Where)).OfType<LabelExpressionSyntax>();

    /// <summary>An expression and everything in it; nothing without one.</summary>
    public static IEnumerable<LabelExpressionSyntax> Parts(LabelExpressionSyntax? expression) => expression switch
    {
        null => [],
        NotSyntax not => Parts(not.Operand).Prepend(not),
        LabelJunctionSyntax junction => junction.Operands.SelectMany(Parts).Prepend(junction),
        _ => [expression],
    };

    private static IEnumerable<NamespaceSelectorSyntax> NamespaceSelectors(ImmutableArray<SyntaxTree> trees)
    {
        foreach (var tree in trees)
        {
            foreach (var statement in tree.Statements)
            {
                var selector = statement switch
                {
                    AllowSyntax { Scope: InNamespacesSyntax scope } => scope.Namespaces,
                    NeverSyntax never => never.Namespaces,
                    OnlySyntax only => only.Namespaces,
                    _ => null,
                };
                if (selector is not null)
                {
                    yield return selector;
                }
                else if (statement is TestSyntax test)
                {
                    foreach (var expectation in test.Expectations.Where(expectation => expectation.Namespaces is not null))
                    {
                        yield return expectation.Namespaces!;
                    }
                }
            }
        }
    }
}

/// <summary>Which clusters selectors stand for, in a policy without mistakes.</summary>
internal sealed class ClusterSets(LintedPolicy policy)
{
    private readonly Dictionary<string, FleetSyntax> _fleets = policy.Statements<FleetSyntax>().ToDictionary(fleet => fleet.Name.Text, StringComparer.Ordinal);

    /// <summary>The names of the clusters of a selector; nothing where that is not known.</summary>
    public HashSet<string>? Of(ClusterSelectorSyntax selector)
    {
        var selected = new HashSet<string>(StringComparer.Ordinal);
        foreach (var cluster in policy.ActiveClusters)
        {
            if (selector.IsAll || (selector.Where is { } where && LabelExpressions.Evaluate(where, cluster.Labels, with => cluster.Paths.ContainsKey(with.Path.Text), (_, _) => { })))
            {
                selected.Add(cluster.Name);
            }
        }

        foreach (var name in selector.Names)
        {
            selected.UnionWith(Of(name.Text));
        }

        foreach (var name in selector.Except)
        {
            selected.ExceptWith(Of(name.Text));
        }

        return selected;
    }

    /// <summary>The names of the clusters of a fleet, or of the one cluster with that name.</summary>
    public HashSet<string> Of(string name) => _fleets.TryGetValue(name, out var fleet) ? Of(fleet.Clusters) ?? [] : [name];
}
