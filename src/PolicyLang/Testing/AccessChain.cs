using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PolicyLang.Access;
using PolicyLang.Semantics;
using PolicyLang.Targets;

namespace PolicyLang.Testing;

/// <summary>One link of the chain from a rule to a right.</summary>
/// <param name="Kind">What it is: <c>rule</c>, <c>subject</c>, <c>path</c>, <c>group</c>, <c>binding</c>, <c>right</c>.</param>
/// <param name="Text">What it says.</param>
/// <param name="Place">Where that stands, if it stands anywhere.</param>
public sealed record ChainLink(string Kind, string Text, string? Place);

/// <summary>Follows a right from the rule that gives it through the systems in between to the API server.</summary>
public sealed class AccessChain
{
    private readonly AccessModel _access;
    private readonly ImmutableSortedDictionary<string, ImmutableArray<OutputFile>> _outputs;

    /// <summary>Creates it.</summary>
    /// <param name="access">The access model.</param>
    /// <param name="outputs">The outputs by target, to find places in; may be empty.</param>
    public AccessChain(AccessModel access, ImmutableSortedDictionary<string, ImmutableArray<OutputFile>> outputs) => (_access, _outputs) = (access, outputs);

    /// <summary>The links, from the rule to the right.</summary>
    /// <param name="who">Who was asked for.</param>
    /// <param name="entitlement">What gives the right.</param>
    /// <param name="path">The path.</param>
    /// <param name="ns">The namespace; absent for the whole cluster.</param>
    /// <param name="right">The right; absent for reaching the cluster.</param>
    public ImmutableArray<ChainLink> Of(Subject who, Entitlement entitlement, AccessPath path, string? ns, HeldRight? right)
    {
        var links = ImmutableArray.CreateBuilder<ChainLink>();
        var holder = entitlement.Holder;
        if (!entitlement.Evidence.IsEmpty)
        {
            links.Add(new ChainLink("subject", who == holder ? $"`{who.Name}`" : $"`{who.Name}` is in `{holder.Name}`", holder.Location.ToString()));
            links.AddRange(entitlement.Evidence);
            AddRight(entitlement, right, links);
            return links.ToImmutable();
        }

        links.Add(new ChainLink("rule", AnswerText.OneLine(entitlement.Rule.Location), entitlement.Rule.Location.ToString()));
        links.Add(new ChainLink("subject", who == holder ? $"`{who.Name}`" : $"`{who.Name}` is in `{holder.Name}`", holder.Location.ToString()));
        var cluster = _access.Clusters.First(c => c.Cluster == entitlement.Cluster);
        var names = path.Kind.Carries == PathCarries.Identity ? AddIdentity(cluster, entitlement, path, links) : AddGate(cluster, entitlement, path, links);
        var bound = cluster.Rights.FirstOrDefault(r => names.Contains(r.RbacSubject.Name) && r.Component == entitlement.Component && r.Rules.Contains(entitlement.Rule)
            && (entitlement.Namespaces is null ? r.Namespace is null : r.Namespace is not null && (ns is null || r.Namespace == ns)));
        if (bound is not null)
        {
            links.Add(new ChainLink("group", $"Kubernetes {(bound.RbacSubject.Kind == RbacSubjectKind.Group ? "group" : "user")} `{bound.RbacSubject.Name}`", null));
            var kind = bound.Namespace is null ? "ClusterRoleBinding" : "RoleBinding";
            var (name, found) = FindBinding(bound);
            links.Add(new ChainLink("binding", $"{kind}{(name is null ? "" : $" `{name}`")}{(bound.Namespace is { } place ? $" in `{place}`" : "")} to ClusterRole `{bound.Component.ClusterRoleName}`", found));
        }

        AddRight(entitlement, right, links);
        return links.ToImmutable();
    }

    private static void AddRight(Entitlement entitlement, HeldRight? right, ImmutableArray<ChainLink>.Builder links)
    {
        if (right is not null)
        {
            var content = entitlement.Component is OwnClusterRole ? "" : " (built into Kubernetes)";
            links.Add(new ChainLink("right", $"ClusterRole `{entitlement.Component.ClusterRoleName}`{content} holds `{right}`", null));
        }
    }

    private HashSet<string> AddIdentity(ClusterAccess cluster, Entitlement entitlement, AccessPath path, ImmutableArray<ChainLink>.Builder links)
    {
        var link = cluster.Identities.FirstOrDefault(l => l.Path == path && l.Subject == entitlement.Holder && l.Condition == entitlement.Condition);
        var groups = link?.KubernetesGroups ?? [];
        var place = groups.Select(group => FindLine(path, line => line.Contains($"\"{group}\"", StringComparison.Ordinal))).FirstOrDefault(p => p is not null);
        links.Add(new ChainLink("path", $"`{path.Name}` lets in {NamesOf(link?.Principals ?? [])}{GuardReport.When(entitlement.Condition)}", place));
        return [.. groups];
    }

    private HashSet<string> AddGate(ClusterAccess cluster, Entitlement entitlement, AccessPath path, ImmutableArray<ChainLink>.Builder links)
    {
        var link = cluster.Gates.FirstOrDefault(l => l.Path == path && l.Subject == entitlement.Holder && l.Condition == entitlement.Condition);
        var name = $"/{cluster.Cluster.Name}/allow/{entitlement.Holder.Name}";
        var place = FindLine(path, line => line.Contains(name, StringComparison.Ordinal));
        links.Add(new ChainLink("path", $"`{path.Name}` lets {NamesOf(link?.Principals ?? [])} through{GuardReport.When(entitlement.Condition)}; the API server knows them by itself", place));
        return [.. cluster.Rights.Where(r => !r.RbacSubject.IsOwned && r.Subject == entitlement.Holder).Select(r => r.RbacSubject.Name)];
    }

    private static string NamesOf(ImmutableArray<NativePrincipal> principals) => principals.IsEmpty ? "nobody" : GuardReport.Join(principals.Select(p => $"{p.Provider} `{p.Value}`"));

    private string? FindLine(AccessPath path, Func<string, bool> isIt)
    {
        foreach (var file in _outputs.GetValueOrDefault(path.Kind.Name, []).OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            var lines = Lines(file);
            var index = Array.FindIndex(lines, line => isIt(line));
            if (index >= 0)
            {
                return Place(file, index);
            }
        }

        return null;
    }

    // The object that names the group and the ClusterRole: its name, and the line that says it.
    private (string? Name, string? Place) FindBinding(RightLink right)
    {
        foreach (var file in _outputs.GetValueOrDefault("kubernetes", []).OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            var lines = Lines(file);
            for (var start = 0; start < lines.Length;)
            {
                var end = Array.IndexOf(lines, "---", start);
                end = end < 0 ? lines.Length : end;
                var document = lines.AsSpan(start, end - start).ToArray();
                if (Says("kind", right.Namespace is null ? "ClusterRoleBinding" : "RoleBinding")
                    && Says("name", right.RbacSubject.Name)
                    && Says("name", right.Component.ClusterRoleName)
                    && Says("policyc.dev/cluster", right.Cluster.Name)
                    && (right.Namespace is not { } ns || Says("namespace", ns)))
                {
                    var name = Array.FindIndex(document, line => line.StartsWith("  name: ", StringComparison.Ordinal));
                    return name < 0 ? (null, Place(file, start)) : (document[name]["  name: ".Length..].Trim('"'), Place(file, start + name));
                }

                start = end + 1;

                bool Says(string key, string value) => Array.Exists(document, line => line.TrimStart(' ', '-').Equals($"{key}: \"{value}\"", StringComparison.Ordinal));
            }
        }

        return (null, null);
    }

    private static string[] Lines(OutputFile file) => Encoding.UTF8.GetString(file.Content.Span).Split('\n');

    private static string Place(OutputFile file, int line) => string.Create(CultureInfo.InvariantCulture, $"{file.Path}:{line + 1}");
}
