using System.Collections.Immutable;
using k8s.Models;
using PolicyLang.Access;
using PolicyLang.Diagnostics;

namespace PolicyLang.Targets.Kubernetes;

/// <summary>The ClusterRoles that a cluster's bindings refer to: checks all of them and makes the objects of policyc's own.</summary>
internal sealed class ClusterRoleObjects(ManifestMetadata metadata, DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, (RoleComponent Component, bool IsFine)> _seen = new(StringComparer.Ordinal);

    /// <summary>The ClusterRoles that the policy binds in the cluster.</summary>
    public IEnumerable<RoleComponent> Bound => _seen.Values.Where(entry => entry.IsFine).Select(entry => entry.Component);

    /// <summary>Whether a binding may refer to the link's ClusterRole. Every mistake is reported once for a cluster.</summary>
    public bool MayBind(RightLink link)
    {
        var component = link.Component;
        if (!_seen.TryGetValue(component.ClusterRoleName, out var entry))
        {
            entry = (component, Check(link));
            _seen.Add(component.ClusterRoleName, entry);
        }
        else if (!ReferenceEquals(component, entry.Component) && !component.Equals(entry.Component))
        {
            if (entry.IsFine)
            {
                diagnostics.Report(
                    KubernetesDiagnostics.ConflictingClusterRole,
                    SubjectNameCheck.RuleLocation(link.Rules),
                    $"the ClusterRole `{component.ClusterRoleName}` would hold two different sets of rights in cluster `{link.Cluster.Name}`",
                    "rename one of the roles");
                _seen[component.ClusterRoleName] = (entry.Component, false);
            }

            return false;
        }

        return entry.IsFine;
    }

    /// <summary>The objects of policyc's own ClusterRoles, by name.</summary>
    public IEnumerable<V1ClusterRole> OwnObjects()
        => Bound
            .OfType<OwnClusterRole>()
            .OrderBy(role => role.ClusterRoleName, StringComparer.Ordinal)
            .Select(role => new V1ClusterRole
            {
                ApiVersion = RbacObjects.ApiVersion,
                Kind = "ClusterRole",
                Metadata = metadata.ForRole(role.ClusterRoleName),

                // One object rule for each rule: a rule is the cross product of its lists, so merging two would widen both.
                Rules = [.. role.Rules.Select(RbacObjects.Rule)],
            });

    private bool Check(RightLink link)
    {
        var name = link.Component.ClusterRoleName;
        var location = SubjectNameCheck.RuleLocation(link.Rules);
        if (!KubernetesNames.IsPathSegment(name) || !KubernetesNames.IsWritable(name))
        {
            diagnostics.Report(
                KubernetesDiagnostics.InvalidClusterRoleName,
                location,
                $"`{name}` cannot be the name of a ClusterRole in cluster `{link.Cluster.Name}`",
                "a name has 1 to 253 bytes, no `/`, no `%`, no control character, and is neither `.` nor `..`");
            return false;
        }

        var own = link.Component as OwnClusterRole;
        var isReserved = own is null
            ? name.StartsWith(KubernetesNames.OwnPrefix, StringComparison.Ordinal)
            : name.StartsWith(ImpersonationLock.Prefix, StringComparison.Ordinal) || name.StartsWith(ApplierObjects.Prefix, StringComparison.Ordinal);
        if (isReserved)
        {
            diagnostics.Report(
                KubernetesDiagnostics.ReservedClusterRoleName,
                location,
                $"the {(own is null ? "existing " : "")}ClusterRole `{name}` in cluster `{link.Cluster.Name}` has a name that policyc writes for something else",
                own is null ? "declare the role's rules in the policy, or name another ClusterRole" : "rename the role");
            return false;
        }

        if (own is null || WhyUnwritable(own.Rules) is not { } reason)
        {
            return true;
        }

        diagnostics.Report(KubernetesDiagnostics.UnwritableRule, location, $"the ClusterRole `{name}` in cluster `{link.Cluster.Name}` {reason}");
        return false;
    }

    // Kubernetes RBAC validation, and the two ways in which an entry would mean more than it says: an empty resource name matches
    // requests without a name, and rules about resources and URLs do not mix.
    private static string? WhyUnwritable(ImmutableArray<RbacRule> rules)
    {
        if (rules.IsDefaultOrEmpty)
        {
            return "has no rules";
        }

        foreach (var rule in rules)
        {
            var isAboutUrls = !rule.NonResourceUrls.IsEmpty;
            if (rule.Verbs.IsEmpty)
            {
                return "has a rule without verbs";
            }

            if (isAboutUrls && !(rule.ApiGroups.IsEmpty && rule.Resources.IsEmpty && rule.ResourceNames.IsEmpty))
            {
                return "has a rule about both URLs and resources";
            }

            if (!isAboutUrls && (rule.ApiGroups.IsEmpty || rule.Resources.IsEmpty))
            {
                return "has a rule without resources or API groups";
            }

            if (HasBlank(rule.Verbs) || HasBlank(rule.Resources) || HasBlank(rule.ResourceNames) || HasBlank(rule.NonResourceUrls))
            {
                return "has a rule with an empty verb, resource, object name or URL; an empty object name would match every request without one";
            }

            if (!(AreWritable(rule.Verbs) && AreWritable(rule.ApiGroups) && AreWritable(rule.Resources) && AreWritable(rule.ResourceNames) && AreWritable(rule.NonResourceUrls)))
            {
                return "has a rule with a control character or broken Unicode";
            }
        }

        return null;
    }

    private static bool HasBlank(ImmutableArray<string> texts) => texts.Contains("", StringComparer.Ordinal);

    private static bool AreWritable(ImmutableArray<string> texts) => texts.All(KubernetesNames.IsWritable);
}
