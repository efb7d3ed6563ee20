using System.Collections.Immutable;
using PolicyLang.Semantics;
using PolicyLang.Syntax;

namespace PolicyLang.Comparing;

/// <summary>Causes outside a rule that change which places it reaches: clusters, labels, fleets, namespaces, paths.</summary>
internal sealed class SelectionCauses(SidePair sides)
{
    /// <summary>A cluster that only one policy has, or that one of them retires.</summary>
    public ChangeCause OfCluster(Cluster more, Cluster? less)
    {
        var (old, @new) = sides.InOrder(less, more);
        return less is null
            ? new ChangeCause(ChangeCauseKind.Cluster, old is null ? "new cluster" : "cluster removed", old?.Location, @new?.Location)
            : new ChangeCause(ChangeCauseKind.Retirement, old is { IsRetired: true } ? $"cluster `{more.Name}` no longer retired" : $"cluster `{more.Name}` retired", old?.Location, @new?.Location);
    }

    /// <summary>A cluster that a selector with the same text takes in one policy alone.</summary>
    public ChangeCause OfSelectedCluster(BoundAllow allow, Cluster more, Cluster less)
    {
        var (old, @new) = sides.InOrder(less, more);
        if (old is null || @new is null)
        {
            return Other(more);
        }

        if (EditedFleet(allow) is { } fleet)
        {
            var (before, after) = (sides.Old.FleetOf(fleet), sides.New.FleetOf(fleet));
            return new ChangeCause(ChangeCauseKind.Fleet, $"fleet `{fleet}` {(before is null ? "declared" : after is null ? "removed" : "edited")}", before?.Name.Location, after?.Name.Location);
        }

        return LabelEdits(old.Labels, @new.Labels) is { Length: > 0 } labels ? new ChangeCause(ChangeCauseKind.ClusterLabels, $"label edit: {labels}", old.Location, @new.Location)
            : PathEdits(old, @new) is { Length: > 0 } paths ? new ChangeCause(ChangeCauseKind.ClusterPaths, $"cluster paths: {paths}", old.Location, @new.Location)
            : Other(more);
    }

    /// <summary>A namespace that a scope with the same text takes in one policy alone.</summary>
    public ChangeCause OfNamespace(string name, Cluster more, Cluster less)
    {
        var (old, @new) = sides.InOrder(less.Namespaces?.GetValueOrDefault(name), more.Namespaces?.GetValueOrDefault(name));
        return old is null || @new is null
            ? new ChangeCause(ChangeCauseKind.Namespace, $"namespace `{name}` {(old is null ? "declared" : "removed")}", old?.Location, @new?.Location)
            : new ChangeCause(ChangeCauseKind.NamespaceLabels, $"label edit of namespace `{name}`: {LabelEdits(old.Labels, @new.Labels)}", old.Location, @new.Location);
    }

    /// <summary>A path that a rule without <c>via</c> takes in one policy alone.</summary>
    public ChangeCause OfDefaultPath(AccessPath path, Cluster more, Cluster less)
    {
        var (old, @new) = sides.InOrder(less, more);
        if (!less.Paths.ContainsKey(path.Name))
        {
            return new ChangeCause(ChangeCauseKind.ClusterPaths, $"cluster paths: {(old is null || @new is null ? "" : PathEdits(old, @new))}", old?.Location, @new?.Location);
        }

        var (before, after) = (sides.Old.DefaultVia(), sides.New.DefaultVia());
        return new ChangeCause(ChangeCauseKind.DefaultVia, $"`default via` {(before is null ? "added" : after is null ? "removed" : "edited")}", before?.Location, after?.Location);
    }

    /// <summary>Another way in which an API server tells people apart.</summary>
    public ChangeCause OfAuthentication(Cluster more, Cluster less)
    {
        var (old, @new) = sides.InOrder(less, more);
        return new ChangeCause(ChangeCauseKind.Authentication, "authentication edited", old?.Authenticators.FirstOrDefault()?.Location ?? old?.Location, @new?.Authenticators.FirstOrDefault()?.Location ?? @new?.Location);
    }

    /// <summary>What became of labels, in words.</summary>
    public static string LabelEdits(ImmutableSortedDictionary<string, string> old, ImmutableSortedDictionary<string, string> @new)
        => string.Join(", ", old.Keys.Union(@new.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(key => (old.TryGetValue(key, out var before), @new.TryGetValue(key, out var after)) switch
        {
            (true, true) => before == after ? "" : $"`{key}` {before} → {after}",
            (true, false) => $"`{key} = {before}` removed",
            _ => $"`{key} = {after}` added",
        }).Where(text => text.Length > 0));

    private static string PathEdits(Cluster old, Cluster @new)
        => string.Join(", ", old.Paths.Keys.Union(@new.Paths.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(p => old.Paths.ContainsKey(p) != @new.Paths.ContainsKey(p))
            .Select(p => @new.Paths.ContainsKey(p) ? $"`{p}` declared" : $"`{p}` removed"));

    private static ChangeCause Other(Cluster cluster) => new(ChangeCauseKind.Other, "selection changed", null, cluster.Location);

    // The first fleet, from the rule's own selector inwards, whose text differs.
    private string? EditedFleet(BoundAllow allow)
    {
        if (sides.More.SyntaxOf(allow) is not { } syntax)
        {
            return null;
        }

        var visited = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Queue<string>(NamesOf(syntax.Clusters));
        while (pending.TryDequeue(out var name))
        {
            if (!visited.Add(name))
            {
                continue;
            }

            var (before, after) = (sides.Old.FleetOf(name), sides.New.FleetOf(name));
            if ((before is null) != (after is null) || (before is not null && after is not null && PlainText.Of(before.Location) != PlainText.Of(after.Location)))
            {
                return name;
            }

            foreach (var inner in after is null ? [] : NamesOf(after.Clusters))
            {
                pending.Enqueue(inner);
            }
        }

        return null;
    }

    private static IEnumerable<string> NamesOf(ClusterSelectorSyntax selector) => selector.Names.Concat(selector.Except).Select(w => w.Text);
}

/// <summary>Causes in who belongs to a subject and what it is called elsewhere.</summary>
internal sealed class MembershipCauses(SidePair sides)
{
    /// <summary>Why a subject of one policy stands for a principal and its counterpart in the other policy does not.</summary>
    public ChangeCause Find(Subject subject, Subject counterpart, ComparedPrincipal principal, AccessWay way, AccessWay lessWay)
    {
        var (more, less) = (subject, counterpart);
        while (more.Members is { } members && members.FirstOrDefault(m => StandsFor(sides.More, m, principal, way)) is { } member)
        {
            var listed = less.Members?.FirstOrDefault(m => m.Name == member.Name || ComparedPrincipals.KeyOf(m) == ComparedPrincipals.KeyOf(member));
            if (listed is null || StandsFor(sides.Less, listed, principal, lessWay))
            {
                return OfMembers(more, less);
            }

            (more, less) = (member, listed);
        }

        var (old, @new) = sides.InOrder(less, more);
        return new ChangeCause(ChangeCauseKind.Identity, $"identity of `{more.Name}`: {IdentityEdits(old, @new)}", old?.Location, @new?.Location);
    }

    private static bool StandsFor(PolicySide side, Subject subject, ComparedPrincipal principal, AccessWay way)
        => side.Principals.Of(subject, way).All.Any(p => p.Key == principal.Key);

    private ChangeCause OfMembers(Subject more, Subject less)
    {
        var (old, @new) = sides.InOrder(less, more);
        var before = (old?.Members ?? []).Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        var after = (@new?.Members ?? []).Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        var joined = after.Where(m => !before.Contains(m)).Order(StringComparer.Ordinal).Select(m => "+" + m);
        var left = before.Where(m => !after.Contains(m)).Order(StringComparer.Ordinal).Select(m => "-" + m);
        return new ChangeCause(ChangeCauseKind.Membership, $"members of `{more.Name}`: {string.Join(", ", joined.Concat(left))}", old?.Location, @new?.Location);
    }

    private static string IdentityEdits(Subject? old, Subject? @new)
    {
        var (before, after) = (TextsOf(old), TextsOf(@new));
        var edits = before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(k => before.GetValueOrDefault(k) != after.GetValueOrDefault(k))
            .Select(k => (before.GetValueOrDefault(k), after.GetValueOrDefault(k)) switch
            {
                (null, var text) => $"{k} `{text}` added",
                (var text, null) => $"{k} `{text}` removed",
                var (from, to) => $"{k} `{from}` → `{to}`",
            });
        return string.Join(", ", edits) is { Length: > 0 } text ? text : "another provider's name is seen";
    }

    private static Dictionary<string, string> TextsOf(Subject? subject)
        => subject is null ? [] : subject.Identities.ToDictionary(i => i.Key, i => string.Join(" ", i.Value.Select(v => v.Text).Order(StringComparer.Ordinal)), StringComparer.Ordinal);
}
