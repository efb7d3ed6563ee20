using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Semantics.Rights;

namespace PolicyLang.Linting.Artefacts.Kubernetes;

/// <summary>What a role gives, in the ways that rules ask about. It is worked out once for each role, however many bindings there are.</summary>
internal sealed class RoleReach
{
    // No role that people write comes near; a file that does would make each of its bindings dear.
    private const int MostEntries = 5_000;

    private RoleReach(ImmutableArray<GivenRights> rights, ImmutableArray<RightRisk> risks) => (Rights, Risks) = (rights, risks);

    /// <summary>The rights.</summary>
    public ImmutableArray<GivenRights> Rights { get; }

    /// <summary>Those that lead further than they seem, where the role is bound in the whole cluster, strongest first, each kind once.</summary>
    public ImmutableArray<RightRisk> Risks { get; }

    /// <summary>Whether it gives everything.</summary>
    public bool IsEverything => !Risks.IsEmpty && Risks[0].Kind == RiskKind.Everything;

    /// <summary>A right by which everybody would change something, or read what a namespace holds; nothing where there is none.</summary>
    public GivenRights? MoreThanDiscovery => Rights.FirstOrDefault(given => IsMoreThanDiscovery(given.Rights));

    /// <summary>Whether it gives nothing that a RoleBinding could give.</summary>
    public bool IsOutOfNamespaces => !Rights.IsEmpty && Rights.All(given => ClusterScope.IsOutOfNamespaces(given.Rights));

    /// <summary>A right to change something, or to read secrets, in a namespace; nothing where there is none.</summary>
    public GivenRights? Powerful => Rights.FirstOrDefault(given => given.Rights.ResourceNames.IsEmpty && (ChangesObjects(given.Rights) || RightRisks.Gives(given.Rights, "", "secrets", "get", "list", "watch")));

    /// <summary>What some rights give.</summary>
    /// <returns>Nothing where they are too many to tell.</returns>
    public static RoleReach? Of(IEnumerable<GivenRights> rights, bool hasAwsAuth)
    {
        var list = ImmutableArray.CreateBuilder<GivenRights>();
        var entries = 0;
        foreach (var given in rights)
        {
            var rule = given.Rights;
            entries += rule.Verbs.Length + rule.ApiGroups.Length + rule.Resources.Length + rule.ResourceNames.Length + rule.NonResourceUrls.Length + 1;
            if (entries > MostEntries)
            {
                return null;
            }

            list.Add(given);
        }

        var all = list.ToImmutable();
        return new RoleReach(all, RightRisks.Of(all, hasAwsAuth));
    }

    /// <summary>Whether a resource tells whoever asks about themselves alone.</summary>
    public static bool IsAboutOneself(string resource) => resource.StartsWith("selfsubject", StringComparison.Ordinal);

    // What everybody may do without harm: ask about oneself, read what describes the cluster, and what is named one by one.
    private static bool IsMoreThanDiscovery(RbacRule rule)
    {
        if (rule.Resources.IsEmpty || !rule.ResourceNames.IsEmpty || rule.Resources.All(resource => IsAboutOneself(resource) || resource == "localsubjectaccessreviews"))
        {
            return false;
        }

        return ChangesObjects(rule)
            || RightRisks.Gives(rule, "", "secrets", "get", "list", "watch")
            || rule.ApiGroups.Any(group => rule.Resources.Any(resource => group == "*" || resource == "*" || ResourceTable.BuiltIn.Find(group, resource) is { IsNamespaced: true }));
    }

    private static bool ChangesObjects(RbacRule rule)
        => rule.Verbs.Any(verb => verb is "*" or "create" or "update" or "patch" or "delete" or "deletecollection" or "impersonate" or "bind" or "escalate")
            && rule.Resources.Any(resource => !resource.EndsWith("reviews", StringComparison.Ordinal) && resource is not ("events" or "leases"));
}
