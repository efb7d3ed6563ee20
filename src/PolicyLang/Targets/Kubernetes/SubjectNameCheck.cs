using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Kubernetes;

/// <summary>Refuses Kubernetes users and groups that must not be bound or impersonated. Each is reported once, however many clusters use it.</summary>
internal sealed class SubjectNameCheck(DiagnosticBag diagnostics)
{
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);

    /// <summary>Whether a binding may name the subject.</summary>
    public bool MayBind(RightLink link)
    {
        var (kind, name, isOwned) = link.RbacSubject;
        return FindProblem(name, isOwned) is not { } problem
            || Refuse(name, problem, $"the Kubernetes {(kind == RbacSubjectKind.Group ? "group" : "user")} `{name}` of `{link.Subject.Name}`", link.Cluster, LocationOf(link));
    }

    /// <summary>Whether a proxy may be allowed to assert a group.</summary>
    public bool MayAssertGroup(string group, IdentityLink link)
        => FindProblem(group, isOwned: true) is not { } problem
            || Refuse(group, problem, $"the Kubernetes group `{group}` of `{link.Subject.Name}` on path `{link.Path.Name}`", link.Cluster, RuleLocation(link.Rules) ?? link.Subject.Location);

    /// <summary>Whether a proxy may be allowed to assert a user.</summary>
    public bool MayAssertUser(string user, AccessPath path, Cluster cluster)
        => FindProblem(user, isOwned: true) is not { } problem
            || Refuse(user, problem, $"the Kubernetes user `{user}` of path `{path.Name}`", cluster, path.Location ?? cluster.Location);

    /// <summary>Where a rule stands, or nothing when no rule is known.</summary>
    public static SourceLocation? RuleLocation(System.Collections.Immutable.ImmutableArray<AllowRule> rules) => rules.IsDefaultOrEmpty ? null : rules[0].Location;

    private static SourceLocation LocationOf(RightLink link)
        => link.Subject.KubernetesGroup is { } setting && string.Equals(setting.Text, link.RbacSubject.Name, StringComparison.Ordinal)
            ? setting.Location
            : RuleLocation(link.Rules) ?? link.Subject.Location;

    private static Problem? FindProblem(string name, bool isOwned)
        => name.Length == 0 ? Problem.Empty
            : !KubernetesNames.IsWritable(name) ? Problem.Unwritable
            : name.StartsWith(KubernetesNames.SystemPrefix, StringComparison.Ordinal) ? Problem.System
            : !isOwned && name.StartsWith(KubernetesNames.OwnPrefix, StringComparison.Ordinal) ? Problem.Own
            : null;

    // The same bad name elsewhere, in a binding or in a lock, is the same mistake.
    private bool Refuse(string name, Problem problem, string what, Cluster cluster, SourceLocation location)
    {
        if (!_refused.Add(name))
        {
            return false;
        }

        switch (problem)
        {
            case Problem.Empty:
                diagnostics.Report(KubernetesDiagnostics.EmptySubjectName, location, $"{what} in cluster `{cluster.Name}` is empty", "give it a name");
                break;
            case Problem.Unwritable:
                diagnostics.Report(
                    KubernetesDiagnostics.UnwritableName,
                    location,
                    $"{what} in cluster `{cluster.Name}` holds a control character or broken Unicode",
                    "a manifest cannot carry it safely; rename it at its source");
                break;
            default:
                diagnostics.Report(
                    SemanticDiagnostics.ReservedKubernetesName,
                    location,
                    $"{what} in cluster `{cluster.Name}` starts with `{(problem == Problem.System ? KubernetesNames.SystemPrefix : KubernetesNames.OwnPrefix)}`, which is reserved for {(problem == Problem.System ? "Kubernetes itself" : "the groups that policyc makes")}",
                    "choose another name");
                break;
        }

        return false;
    }

    private enum Problem
    {
        Empty,
        Unwritable,
        System,
        Own,
    }
}
