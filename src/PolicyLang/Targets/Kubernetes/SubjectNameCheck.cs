using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Kubernetes;

/// <summary>Refuses Kubernetes users and groups that must not be bound or impersonated. Each is reported once, however many clusters use it.</summary>
internal sealed class SubjectNameCheck(DiagnosticBag diagnostics)
{
    private readonly Dictionary<RbacSubject, bool> _bound = [];
    private readonly Dictionary<string, bool> _impersonated = new(StringComparer.Ordinal);
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);

    /// <summary>Whether a binding may name the subject.</summary>
    public bool MayBind(RightLink link)
    {
        if (_bound.TryGetValue(link.RbacSubject, out var isFine))
        {
            return isFine;
        }

        var (kind, name, isOwned) = link.RbacSubject;
        var word = kind == RbacSubjectKind.Group ? "group" : "user";
        isFine = Check(name, isOwned, $"the Kubernetes {word} `{name}` of `{link.Subject.Name}`", link.Cluster, LocationOf(link));
        _bound.Add(link.RbacSubject, isFine);
        if (!isFine)
        {
            _refused.Add(name);
        }

        return isFine;
    }

    /// <summary>Whether a proxy may be allowed to assert a group.</summary>
    public bool MayAssertGroup(string group, IdentityLink link)
        => MayAssert(group, $"the Kubernetes group `{group}` of `{link.Subject.Name}` on path `{link.Path.Name}`", link.Cluster, RuleLocation(link.Rules) ?? link.Subject.Location);

    /// <summary>Whether a proxy may be allowed to assert a user.</summary>
    public bool MayAssertUser(string user, AccessPath path, Cluster cluster)
        => MayAssert(user, $"the Kubernetes user `{user}` of path `{path.Name}`", cluster, path.Location ?? cluster.Location);

    /// <summary>Where a rule stands, or nothing when no rule is known.</summary>
    public static SourceLocation? RuleLocation(System.Collections.Immutable.ImmutableArray<AllowRule> rules) => rules.IsDefaultOrEmpty ? null : rules[0].Location;

    private static SourceLocation LocationOf(RightLink link)
        => link.Subject.KubernetesGroup is { } setting && string.Equals(setting.Text, link.RbacSubject.Name, StringComparison.Ordinal)
            ? setting.Location
            : RuleLocation(link.Rules) ?? link.Subject.Location;

    private bool MayAssert(string name, string what, Cluster cluster, SourceLocation location)
    {
        if (!_impersonated.TryGetValue(name, out var isFine))
        {
            // The same bad name in a binding is the same mistake; it has been said.
            isFine = !_refused.Contains(name) && Check(name, isOwned: true, what, cluster, location);
            _impersonated.Add(name, isFine);
        }

        return isFine;
    }

    private bool Check(string name, bool isOwned, string what, Cluster cluster, SourceLocation location)
    {
        if (name.Length == 0)
        {
            diagnostics.Report(KubernetesDiagnostics.EmptySubjectName, location, $"{what} in cluster `{cluster.Name}` is empty", "give it a name");
            return false;
        }

        if (!KubernetesNames.IsWritable(name))
        {
            diagnostics.Report(
                KubernetesDiagnostics.UnwritableName,
                location,
                $"{what} in cluster `{cluster.Name}` holds a control character or broken Unicode",
                "a manifest cannot carry it safely; rename it at its source");
            return false;
        }

        var isSystem = name.StartsWith(KubernetesNames.SystemPrefix, StringComparison.Ordinal);
        if (isSystem || (!isOwned && name.StartsWith(KubernetesNames.OwnPrefix, StringComparison.Ordinal)))
        {
            diagnostics.Report(
                SemanticDiagnostics.ReservedKubernetesName,
                location,
                $"{what} in cluster `{cluster.Name}` starts with `{(isSystem ? KubernetesNames.SystemPrefix : KubernetesNames.OwnPrefix)}`, which is reserved for {(isSystem ? "Kubernetes itself" : "the groups that policyc makes")}",
                "choose another name");
            return false;
        }

        return true;
    }
}
