using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Semantics.Rights;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Comparing;

/// <summary>What a role gives in one kind of scope, without the names that the policy has for it. Equal content is one object in both policies.</summary>
internal sealed class RoleContent(int id, ImmutableArray<string> existing, ImmutableArray<RbacRule> rules)
{
    /// <summary>A number that equal content shares.</summary>
    public int Id { get; } = id;

    /// <summary>The ClusterRoles that exist already, by name.</summary>
    public ImmutableArray<string> Existing { get; } = existing;

    /// <summary>The rights that the policy itself spells out.</summary>
    public ImmutableArray<RbacRule> Rules { get; } = rules;

    public bool IsEmpty => Existing.IsEmpty && Rules.IsEmpty;
}

/// <summary>Gives roles their content. What has no effect in a namespace, such as rights on nodes or URLs, is no content there.</summary>
internal sealed class RoleContents(ResourceTable table)
{
    private readonly Dictionary<string, RoleContent> _contents = new(StringComparer.Ordinal);
    private readonly Dictionary<(ResolvedRole, bool), RoleContent> _known = new(RoleComparer.Instance);

    public RoleContent Of(ResolvedRole role, bool inNamespaces)
    {
        if (_known.TryGetValue((role, inNamespaces), out var known))
        {
            return known;
        }

        ImmutableArray<string> existing = [.. role.Components.OfType<ExistingClusterRole>().Select(c => c.ClusterRoleName).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var rules = role.Components.OfType<OwnClusterRole>().SelectMany(c => c.Rules);
        ImmutableArray<RbacRule> atoms = [.. rules.SelectMany(RbacRuleAtoms.Of).Where(a => !inNamespaces || HasEffectInNamespace(a)).DistinctBy(KeyOf, StringComparer.Ordinal).OrderBy(KeyOf, StringComparer.Ordinal)];
        var key = string.Join('\n', existing) + "\n\n" + string.Join('\n', atoms.Select(KeyOf));
        if (!_contents.TryGetValue(key, out var content))
        {
            _contents.Add(key, content = new RoleContent(_contents.Count, existing, atoms));
        }

        _known.Add((role, inNamespaces), content);
        return content;
    }

    public static string KeyOf(RbacRule atom) => string.Join('\t', [.. atom.NonResourceUrls, "", .. atom.ApiGroups, .. atom.Resources, .. atom.ResourceNames, "", .. atom.Verbs]);

    private bool HasEffectInNamespace(RbacRule atom)
    {
        if (atom.Resources.IsEmpty)
        {
            return false;
        }

        var (group, name) = (atom.ApiGroups[0], atom.Resources[0]);
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var resource = slash < 0 ? name : name[..slash];
        if (group.Length == 0 && resource == "namespaces")
        {
            return atom.Verbs[0] is "get" or "update" or "patch" or "delete" or "*";
        }

        return resource == "*" || group == "*" || table.Find(group, resource, slash < 0 ? "" : name[(slash + 1)..]) is not { IsNamespaced: false };
    }

    // Records compare their lists by reference, which here is what is wanted but slow to find out.
    private sealed class RoleComparer : IEqualityComparer<(ResolvedRole, bool)>
    {
        public static RoleComparer Instance { get; } = new();

        public bool Equals((ResolvedRole, bool) x, (ResolvedRole, bool) y) => ReferenceEquals(x.Item1, y.Item1) && x.Item2 == y.Item2;

        public int GetHashCode((ResolvedRole, bool) value) => HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(value.Item1), value.Item2);
    }
}

/// <summary>What one role's content gives beyond others.</summary>
/// <param name="IsWhole">Whether nothing of it is given by the others.</param>
/// <param name="Existing">The existing ClusterRoles that are not given.</param>
/// <param name="Rules">The single rights that are not given.</param>
internal sealed record UncoveredRights(bool IsWhole, ImmutableArray<string> Existing, ImmutableArray<RbacRule> Rules)
{
    public static UncoveredRights None { get; } = new(false, [], []);

    public bool IsNone => Existing.IsEmpty && Rules.IsEmpty;
}

/// <summary>
/// Compares the content of roles as the API server would. An existing ClusterRole is covered by itself, by a built-in one that holds it, and by the right to everything; what else it
/// holds is unknown, so rights spelled out do not cover it.
/// </summary>
internal sealed class RoleCoverage
{
    private readonly Dictionary<(string Owners, int Servant), UncoveredRights> _known = [];

    /// <summary>What a content gives beyond what others, held in the same place, give together.</summary>
    public UncoveredRights Uncovered(IReadOnlyCollection<RoleContent> owners, RoleContent servant)
    {
        if (owners.Contains(servant))
        {
            return UncoveredRights.None;
        }

        var key = (string.Join(' ', owners.Select(o => o.Id).Distinct().Order()), servant.Id);
        if (!_known.TryGetValue(key, out var uncovered))
        {
            _known.Add(key, uncovered = Compute(owners, servant));
        }

        return uncovered;
    }

    private static UncoveredRights Compute(IReadOnlyCollection<RoleContent> owners, RoleContent servant)
    {
        var existing = owners.SelectMany(o => o.Existing).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<RbacRule> rules = [.. owners.SelectMany(o => o.Rules), .. existing.Order(StringComparer.Ordinal).SelectMany(name => BuiltInRoles.Default.RulesOf(name) ?? [])];
        var isEverything = rules.Any(IsEverything);
        ImmutableArray<string> missing = [.. servant.Existing.Where(name => !existing.Contains(name) && !isEverything && !existing.Any(owned => Holds(owned, name)))];
        var uncovered = RbacRules.Uncovered(rules, servant.Rules);
        return new UncoveredRights(missing.Length == servant.Existing.Length && uncovered.Length == servant.Rules.Length, missing, uncovered);
    }

    // An unknown ClusterRole may hold URLs too, but nothing beyond this matters to those who may do everything with every object, bindings and roles included.
    private static bool IsEverything(RbacRule rule)
        => rule.Verbs.Contains("*", StringComparer.Ordinal) && rule.ApiGroups.Contains("*", StringComparer.Ordinal) && rule.Resources.Contains("*", StringComparer.Ordinal) && rule.ResourceNames.IsEmpty;

    private static bool Holds(string owner, string servant)
        => BuiltInRoles.Default.RulesOf(owner) is { } owned && BuiltInRoles.Default.RulesOf(servant) is { } held && RbacRules.Covers(owned, held);
}
