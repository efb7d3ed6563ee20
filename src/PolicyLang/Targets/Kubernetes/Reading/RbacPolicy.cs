using System.Runtime.InteropServices;

namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>A subject of a binding.</summary>
/// <param name="Binding">The binding.</param>
/// <param name="Subject">The index of the subject.</param>
/// <param name="IsGroup">Whether it names a group; otherwise a user.</param>
/// <param name="Name">The name of the group or user.</param>
internal readonly record struct RbacGrant(RbacBindingObject Binding, int Subject, bool IsGroup, string Name);

/// <summary>How the authorizer decides.</summary>
/// <param name="Grant">What allows; absent when nothing does.</param>
/// <param name="Missing">The kinds of roles that were looked for in vain on the way, in order.</param>
internal readonly record struct RbacDecision(RbacGrant? Grant, IReadOnlyList<string> Missing);

/// <summary>
/// Roles and bindings as the authorizer sees them (Kubernetes 1.36, pkg/registry/rbac/validation/rule.go), indexed by subject: of a request only the caller's own bindings are looked at.
/// </summary>
internal sealed class RbacPolicy
{
    private const int None = -1;

    private readonly Dictionary<string, int> _firstOfUser = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _firstOfGroup = new(StringComparer.Ordinal);
    private readonly RbacGrant[] _grants;
    private readonly int[] _next;

    /// <summary>Indexes a policy.</summary>
    /// <param name="bindings">All bindings; the order of those of the cluster and of each namespace is the authorizer's.</param>
    public RbacPolicy(IReadOnlyList<RbacBindingObject> bindings)
    {
        var count = 0;
        foreach (var binding in bindings)
        {
            count += binding.Subjects.Length;
        }

        // Bindings of the cluster come first, as the authorizer looks at them first.
        var grants = new List<RbacGrant>(count);
        AddGrants(bindings, isNamespaced: false, grants);
        AddGrants(bindings, isNamespaced: true, grants);
        _grants = [.. grants];
        _next = new int[_grants.Length];
        for (var i = _grants.Length - 1; i >= 0; i--)
        {
            ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(_grants[i].IsGroup ? _firstOfGroup : _firstOfUser, _grants[i].Name, out var exists);
            _next[i] = exists ? first : None;
            first = i;
        }
    }

    /// <summary>All grants: those of the whole cluster first, otherwise in the order of the bindings.</summary>
    public ReadOnlySpan<RbacGrant> Grants => _grants;

    /// <summary>The indexes of the grants to a user or group, in order.</summary>
    public IEnumerable<int> GrantsTo(bool isGroup, string name)
    {
        for (var i = (isGroup ? _firstOfGroup : _firstOfUser).GetValueOrDefault(name, None); i != None; i = _next[i])
        {
            yield return i;
        }
    }

    /// <summary>The grants to whoever has the user name and the groups, in the authorizer's order; of a binding only the first that applies.</summary>
    public List<int> GrantsTo(string user, IEnumerable<string> groups)
    {
        var found = GrantsTo(isGroup: false, user).ToList();
        foreach (var group in groups.Distinct(StringComparer.Ordinal))
        {
            found.AddRange(GrantsTo(isGroup: true, group));
        }

        found.Sort();
        var kept = 0;
        for (var i = 0; i < found.Count; i++)
        {
            if (kept == 0 || !ReferenceEquals(_grants[found[i]].Binding, _grants[found[kept - 1]].Binding))
            {
                found[kept++] = found[i];
            }
        }

        found.RemoveRange(kept, found.Count - kept);
        return found;
    }

    /// <summary>Decides on a request as the authorizer does.</summary>
    public RbacDecision Decide(RbacRoles roles, string user, IEnumerable<string> groups, RbacRequest request)
    {
        var missing = new List<string>();
        foreach (var index in GrantsTo(user, groups))
        {
            var grant = _grants[index];
            if (!IsInForce(grant, request.Namespace))
            {
                continue;
            }

            if (roles.RulesOf(grant.Binding) is not { } rules)
            {
                missing.Add(grant.Binding.RoleRef.Kind);
            }
            else if (RbacRules.Allow(rules, request))
            {
                return new RbacDecision(grant, missing);
            }
        }

        return new RbacDecision(null, missing);
    }

    /// <summary>The subjects that a request is allowed to, by binding; a subject that two bindings name comes twice.</summary>
    public IEnumerable<RbacSubjectObject> AllowedSubjects(RbacRoles roles, RbacRequest request)
    {
        RbacBindingObject? last = null;
        var isAllowed = false;
        foreach (var grant in _grants)
        {
            if (!ReferenceEquals(last, grant.Binding))
            {
                last = grant.Binding;
                isAllowed = IsInForce(grant, request.Namespace) && roles.RulesOf(grant.Binding) is { } rules && RbacRules.Allow(rules, request);
            }

            if (isAllowed)
            {
                yield return grant.Binding.Subjects[grant.Subject];
            }
        }
    }

    /// <summary>Whether a binding counts for requests of a namespace, which is empty for the cluster.</summary>
    public static bool IsInForce(RbacGrant grant, string ns) => !grant.Binding.IsNamespaced || (ns.Length > 0 && grant.Binding.Metadata.Namespace == ns);

    private static void AddGrants(IReadOnlyList<RbacBindingObject> bindings, bool isNamespaced, List<RbacGrant> grants)
    {
        foreach (var binding in bindings)
        {
            if (binding.IsNamespaced != isNamespaced)
            {
                continue;
            }

            for (var i = 0; i < binding.Subjects.Length; i++)
            {
                if (GrantOf(binding, i) is { } grant)
                {
                    grants.Add(grant);
                }
            }
        }
    }

    private static RbacGrant? GrantOf(RbacBindingObject binding, int index)
    {
        var subject = binding.Subjects[index];
        switch (subject.Kind)
        {
            case RbacWords.UserSubject:
                return new RbacGrant(binding, index, IsGroup: false, subject.Name);
            case RbacWords.GroupSubject:
                return new RbacGrant(binding, index, IsGroup: true, subject.Name);
            case RbacWords.ServiceAccountSubject:
                // Without a namespace it is one of the binding's namespace, and in a ClusterRoleBinding nobody.
                var ns = subject.Namespace.Length > 0 ? subject.Namespace : binding.Metadata.Namespace;
                return ns.Length == 0 ? null : new RbacGrant(binding, index, IsGroup: false, RbacWords.UserOf(ns, subject.Name));
            default:
                return null;
        }
    }
}
