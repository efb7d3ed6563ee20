using System.Collections.Immutable;
using PolicyLang.Diagnostics;
using PolicyLang.Syntax;

namespace PolicyLang.Semantics;

/// <summary>Binds fleets and resolves selectors of clusters and namespaces.</summary>
internal sealed class SelectorBinder(BindingContext context, ImmutableSortedDictionary<string, Cluster> clusters, IReadOnlyDictionary<string, AccessPath> paths)
{
    private readonly Dictionary<string, FleetSyntax> _fleets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<Cluster>> _resolvedFleets = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Cluster, string Expression), ImmutableArray<string>?> _selectedNamespaces = [];
    private readonly List<string> _chain = [];
    private readonly ImmutableArray<Cluster> _active = [.. clusters.Values.Where(c => !c.IsRetired)];

    public void Declare(FleetSyntax fleet)
    {
        var first = _fleets.GetValueOrDefault(fleet.Name.Text)?.Name.Location ?? clusters.GetValueOrDefault(fleet.Name.Text)?.Location;
        if (context.CheckName(fleet.Name) && !context.ReportIfDuplicate(fleet.Name.Text, fleet.Name.Location, first, "cluster or fleet"))
        {
            _fleets.Add(fleet.Name.Text, fleet);
        }
    }

    /// <summary>Resolves every fleet, so that a mistake in an unused one is found too.</summary>
    public void BindFleets()
    {
        foreach (var fleet in _fleets.Values)
        {
            ResolveFleet(fleet);
        }
    }

    /// <summary>The clusters a selector stands for, by name; nothing when it has a mistake.</summary>
    public ImmutableArray<Cluster>? Resolve(ClusterSelectorSyntax selector)
    {
        // Most rules name one fleet, whose clusters are in order already.
        if (selector is { IsAll: false, Where: null, Names: [var only], Except.IsEmpty: true } && _fleets.TryGetValue(only.Text, out var fleet))
        {
            return ResolveFleet(fleet);
        }

        var hasMistake = false;
        IEnumerable<Cluster> selected;
        if (selector.IsAll)
        {
            selected = _active;
        }
        else if (selector.Where is { } where)
        {
            var matching = Where(where);
            hasMistake = matching is null;
            selected = matching ?? [];
        }
        else
        {
            selected = ResolveNames(selector.Names, ref hasMistake);
        }

        var excepted = ResolveNames(selector.Except, ref hasMistake, allowsRetired: true);
        return hasMistake ? null : [.. selected.Except(excepted).OrderBy(c => c.Name, StringComparer.Ordinal)];
    }

    /// <summary>The namespaces of one cluster that a selector stands for, sorted; nothing when it has a mistake.</summary>
    public ImmutableArray<string>? Resolve(NamespaceSelectorSyntax selector, Cluster cluster, HashSet<(SourceLocation, string)> reported)
    {
        if (context.LacksNamespaces)
        {
            return null;
        }

        if (selector.Where is not { } where)
        {
            return ResolveNames(selector, cluster, reported);
        }

        if (cluster.Namespaces is not { } namespaces)
        {
            if (reported.Add((selector.Location, "")))
            {
                context.Report(SemanticDiagnostics.NoNamespacesDeclared, selector.Location, "no namespaces are declared, so none can be selected by label", "add `namespaces from \"…\"`, or name the namespaces");
            }

            return null;
        }

        // Teams write the same selector again and again; the text says what it selects.
        var key = (cluster.Name, where.Location.Text);
        if (!_selectedNamespaces.TryGetValue(key, out var known))
        {
            known = Select(where, namespaces, reported);
            _selectedNamespaces.Add(key, known);
        }

        return known;
    }

    private ImmutableArray<string>? Select(LabelExpressionSyntax where, ImmutableSortedDictionary<string, ClusterNamespace> namespaces, HashSet<(SourceLocation, string)> reported)
    {
        var hasMistake = false;
        var selected = ImmutableArray.CreateBuilder<string>();
        foreach (var candidate in namespaces.Values)
        {
            // A namespace without the label is plainly not in the selection, unless a negation would put it there.
            var isSelected = LabelExpressions.Evaluate(where, candidate.Labels, _ => false, (comparison, isNegated) =>
            {
                if (isNegated)
                {
                    hasMistake = true;
                    if (reported.Add((comparison.Location, candidate.Name)))
                    {
                        ReportMissingLabel(comparison, "namespace", candidate.Name, candidate.Location);
                    }
                }
            });
            if (isSelected)
            {
                selected.Add(candidate.Name);
            }
        }

        return hasMistake ? null : selected.ToImmutable();
    }

    private ImmutableArray<string>? ResolveNames(NamespaceSelectorSyntax selector, Cluster cluster, HashSet<(SourceLocation, string)> reported)
    {
        var names = ImmutableArray.CreateBuilder<string>(selector.Names.Length);
        var hasMistake = false;
        foreach (var word in selector.Names)
        {
            if (!DeclaredNames.IsNamespace(word.Text))
            {
                hasMistake = true;
                if (reported.Add((word.Location, "")))
                {
                    context.Report(SemanticDiagnostics.InvalidNamespace, word.Location, $"`{word.Text}` cannot be a namespace", "a namespace is lower-case letters, digits and hyphens, at most 63, and does not start or end with a hyphen");
                }
            }
            else if (cluster.Namespaces is { } declared && !declared.ContainsKey(word.Text))
            {
                hasMistake = true;
                if (reported.Add((word.Location, "")))
                {
                    context.Report(
                        SemanticDiagnostics.UnknownNamespace,
                        word.Location,
                        $"cluster `{cluster.Name}` has no namespace `{word.Text}`",
                        Suggestions.DidYouMean(word.Text, declared.Keys) ?? "declare it in the namespace inventory, or take the cluster out of the rule");
                }
            }
            else
            {
                names.Add(word.Text);
            }
        }

        if (names.Count > 1)
        {
            names.Sort(StringComparer.Ordinal);
            return hasMistake ? null : [.. names.Distinct(StringComparer.Ordinal)];
        }

        return hasMistake ? null : names.ToImmutable();
    }

    private HashSet<Cluster> ResolveNames(ImmutableArray<WordSyntax> names, ref bool hasMistake, bool allowsRetired = false)
    {
        var selected = new HashSet<Cluster>();
        foreach (var name in context.Distinct(names))
        {
            if (clusters.TryGetValue(name.Text, out var cluster))
            {
                if (cluster.IsRetired && !allowsRetired)
                {
                    hasMistake = true;
                    context.Report(SemanticDiagnostics.RetiredCluster, name.Location, $"cluster `{name.Text}` is retired: no rule reaches it", "take it out, or remove `retired`", new RelatedLocation(cluster.Location, "declared here"));
                    continue;
                }

                selected.Add(cluster);
            }
            else if (_fleets.TryGetValue(name.Text, out var fleet))
            {
                var resolved = ResolveFleet(fleet);
                hasMistake |= resolved is null;
                selected.UnionWith(resolved ?? []);
            }
            else
            {
                hasMistake = true;
                context.ReportUnknown(name, "cluster or fleet", clusters.Keys.Concat(_fleets.Keys));
            }
        }

        return selected;
    }

    private ImmutableArray<Cluster>? ResolveFleet(FleetSyntax fleet)
    {
        var name = fleet.Name.Text;
        if (_resolvedFleets.TryGetValue(name, out var resolved))
        {
            return resolved.IsDefault ? null : resolved;
        }

        if (_chain.Contains(name))
        {
            var cycle = _chain.SkipWhile(n => n != name).Append(name).Select(n => $"`{n}`");
            context.Report(SemanticDiagnostics.CyclicDeclaration, fleet.Name.Location, $"fleet `{name}` contains itself: {string.Join(" > ", cycle)}", "name clusters instead of one of the fleets");
            return null;
        }

        _chain.Add(name);
        var result = Resolve(fleet.Clusters);
        _chain.RemoveAt(_chain.Count - 1);
        _resolvedFleets[name] = result ?? default;
        return result;
    }

    private ImmutableArray<Cluster>? Where(LabelExpressionSyntax where)
    {
        var hasMistake = false;
        foreach (var with in LabelExpressions.PathsOf(where).Where(with => !paths.ContainsKey(with.Path.Text)))
        {
            hasMistake = true;
            context.ReportUnknown(with.Path, "path", paths.Keys);
        }

        var reported = new HashSet<SourceLocation>();
        var selected = ImmutableArray.CreateBuilder<Cluster>();
        foreach (var cluster in hasMistake ? [] : _active)
        {
            var isSelected = LabelExpressions.Evaluate(where, cluster.Labels, with => cluster.Paths.ContainsKey(with.Path.Text), (comparison, _) =>
            {
                hasMistake = true;
                if (reported.Add(comparison.Location))
                {
                    ReportMissingLabel(comparison, "cluster", cluster.Name, cluster.Location);
                }
            });
            if (isSelected)
            {
                selected.Add(cluster);
            }
        }

        return hasMistake ? null : selected.ToImmutable();
    }

    private void ReportMissingLabel(LabelComparisonSyntax comparison, string what, string name, SourceLocation declared)
    {
        var known = clusters.Values.SelectMany(c => c.Labels.Keys).Distinct(StringComparer.Ordinal);
        context.Report(
            SemanticDiagnostics.MissingLabel,
            comparison.Label.Location,
            $"{what} `{name}` has no label `{comparison.Label.Text}`, so the comparison has no answer",
            Suggestions.DidYouMean(comparison.Label.Text, known) ?? $"give it the label, or ask first: `has {comparison.Label.Text} and …`",
            new RelatedLocation(declared, "declared here"));
    }
}
