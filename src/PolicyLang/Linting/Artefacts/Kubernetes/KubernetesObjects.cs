using System.Collections.Concurrent;
using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Data;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Linting.Artefacts.Kubernetes;

/// <summary>The objects of Kubernetes RBAC in the files of a run.</summary>
internal sealed class KubernetesObjects
{
    // More roles that take the rules of others are in no cluster; following them costs a look at all others each.
    private const int MostAggregatedRoles = 64;

    private readonly ConcurrentDictionary<KubernetesRole, RoleReach?> _reach = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<string, RoleReach?> _builtIn = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Kind, string Name), List<KubernetesRole>> _roles = [];
    private readonly Lazy<ImmutableArray<BindingRisk>> _risks;
    private readonly bool _followsAggregation;
    private readonly bool _hasAwsAuth;

    private KubernetesObjects(ImmutableArray<KubernetesRole> roles, ImmutableArray<KubernetesBinding> bindings, bool hasAwsAuth)
    {
        (Roles, Bindings, _hasAwsAuth) = (roles, bindings, hasAwsAuth);
        _followsAggregation = roles.Count(role => role.Aggregation is not null) <= MostAggregatedRoles;
        foreach (var role in roles)
        {
            var key = (role.Kind.Text, role.Name);
            if (!_roles.TryGetValue(key, out var list))
            {
                _roles.Add(key, list = []);
            }

            list.Add(role);
        }

        _risks = new(() => [.. Bindings.Select(binding => BindingRisk.Of(this, binding)).OfType<BindingRisk>()]);
    }

    /// <summary>The roles, in the order of the files.</summary>
    public ImmutableArray<KubernetesRole> Roles { get; }

    /// <summary>The bindings, in the order of the files.</summary>
    public ImmutableArray<KubernetesBinding> Bindings { get; }

    /// <summary>What bindings give to people that leads further than it seems; one for each binding at most.</summary>
    public ImmutableArray<BindingRisk> Risks => _risks.Value;

    /// <summary>Finds the objects.</summary>
    public static KubernetesObjects Read(ImmutableArray<ArtefactFile> files)
    {
        var roles = ImmutableArray.CreateBuilder<KubernetesRole>();
        var bindings = ImmutableArray.CreateBuilder<KubernetesBinding>();
        var hasAwsAuth = false;
        foreach (var document in files.SelectMany(file => file.Documents).OfType<DataMap>().SelectMany(document => Unpack(document, 0)))
        {
            if (document.Text("kind") is not { } kind || document.Find("$patch") is not null)
            {
                continue;
            }

            hasAwsAuth |= kind.Text == "ConfigMap" && document.Map("metadata").Text("name") is { Text: "aws-auth" };
            if (document.Text("apiVersion")?.Text.StartsWith(RbacWords.Group + "/", StringComparison.Ordinal) is true)
            {
                Add(document, kind, roles, bindings);
            }
        }

        return new KubernetesObjects(roles.ToImmutable(), bindings.ToImmutable(), hasAwsAuth);
    }

    /// <summary>The roles of the run with a kind and a name.</summary>
    public IReadOnlyList<KubernetesRole> RolesNamed(string kind, string name) => _roles.TryGetValue((kind, name), out var found) ? found : [];

    /// <summary>
    /// The role of the run that a binding means. Folders of several clusters may be linted together, so the one in the nearest folder counts; where two are
    /// equally near and differ, nobody knows.
    /// </summary>
    /// <param name="binding">The binding.</param>
    /// <param name="isDoubtful">Whether there are several that may be meant.</param>
    public KubernetesRole? RoleOf(KubernetesBinding binding, out bool isDoubtful)
    {
        isDoubtful = false;
        if (binding is not { RoleKind: { } kind, RoleName: { } name })
        {
            return null;
        }

        KubernetesRole? nearest = null;
        var best = -1;
        foreach (var role in RolesNamed(kind.Text, name.Text).Take(100))
        {
            if (role.IsNamespaced && role.Namespace.Length > 0 && binding.Namespace.Length > 0 && role.Namespace != binding.Namespace)
            {
                continue;
            }

            var near = SharedFolder(role.Source.Path, binding.Source.Path);
            if (near > best)
            {
                (nearest, best, isDoubtful) = (role, near, false);
            }
            else if (near == best && !role.Rules.Select(rule => rule.Rights).SequenceEqual(nearest!.Rules.Select(rule => rule.Rights)))
            {
                isDoubtful = true;
            }
        }

        return nearest;
    }

    /// <summary>What the role of a binding gives; nothing where it cannot be known.</summary>
    public RoleReach? ReachOf(KubernetesBinding binding)
    {
        if (RoleOf(binding, out var isDoubtful) is { } role)
        {
            return isDoubtful ? null : ReachOf(role);
        }

        return binding is { RoleKind.Text: RbacWords.ClusterRole, RoleName: { } name } ? BuiltIn(name.Text) : null;
    }

    /// <summary>What a role gives, with what it takes from others; nothing where it cannot be known.</summary>
    public RoleReach? ReachOf(KubernetesRole role) => _reach.GetOrAdd(role, role =>
    {
        if (role.Aggregation is not { } aggregation)
        {
            return RoleReach.Of(role.Rules.Select(rule => new GivenRights(rule.Rights, rule)), _hasAwsAuth);
        }

        if (BuiltIn(role.Name) is { } builtIn || !_followsAggregation)
        {
            return BuiltIn(role.Name);
        }

        var selectors = aggregation.Maps("clusterRoleSelectors").Take(8).Select(selector => selector.Map("matchLabels")?.Entries ?? []).Where(labels => !labels.IsEmpty).ToArray();
        return RoleReach.Of(
            Roles.Where(other => !other.IsNamespaced && other.Aggregation is null && selectors.Any(labels => Matches(labels, other.Labels)))
                .SelectMany(other => other.Rules).Select(rule => new GivenRights(rule.Rights, rule)),
            _hasAwsAuth);
    });

    private RoleReach? BuiltIn(string name)
        => BuiltInRoles.Default.RulesOf(name) is { } rules ? _builtIn.GetOrAdd(name, _ => RoleReach.Of(rules.Select(rule => new GivenRights(rule, null)), _hasAwsAuth)) : null;

    private static bool Matches(ImmutableArray<DataEntry> selector, ImmutableArray<DataEntry> labels)
        => selector.Take(MostAggregatedRoles).All(wanted => wanted.Value is DataScalar { Text: var value } && labels.FirstOrDefault(label => label.Key == wanted.Key)?.Value is DataScalar scalar && scalar.Text == value);

    private static void Add(DataMap document, DataScalar kind, ImmutableArray<KubernetesRole>.Builder roles, ImmutableArray<KubernetesBinding>.Builder bindings)
    {
        switch (kind.Text)
        {
            case RbacWords.Role or RbacWords.ClusterRole:
                roles.Add(new KubernetesRole(document, kind, document.Map("metadata"), [.. document.Maps("rules").Select(KubernetesRule.Read)]));
                break;
            case RbacWords.RoleBinding or RbacWords.ClusterRoleBinding:
                bindings.Add(new KubernetesBinding(document, kind, document.Map("metadata"), document.Map("roleRef"), [.. document.Maps("subjects").Select(Subject)]));
                break;
        }
    }

    private static KubernetesSubject Subject(DataMap map) => new(map, map.Text("kind")?.Text ?? "", map.Text("name"), map.Text("namespace"));

    // A list of one kind need not repeat it at each item; without it an item is nothing that rules know.
    private static IEnumerable<DataMap> Unpack(DataMap document, int depth)
        => document.Text("kind") is { } kind && kind.Text.EndsWith("List", StringComparison.Ordinal) && document.Find("items")?.Value is DataList list && depth < 4
            ? list.Items.OfType<DataMap>().SelectMany(item => Unpack(item, depth + 1))
            : [document];

    // How many folders two paths have in common.
    private static int SharedFolder(string a, string b)
    {
        var shared = 0;
        for (var i = 0; i < a.Length && i < b.Length && a[i] == b[i]; i++)
        {
            shared += a[i] == '/' ? 1 : 0;
        }

        return a == b ? int.MaxValue : shared;
    }
}

/// <summary>Rights that somebody gets.</summary>
/// <param name="Rights">What they are.</param>
/// <param name="Rule">The rule of a file that gives them; absent for those of built-in roles.</param>
internal sealed record GivenRights(RbacRule Rights, KubernetesRule? Rule);
