using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>
/// The roles that every API server makes when it starts (Kubernetes 1.36, plugin/pkg/auth/authorizer/rbac/bootstrappolicy). Other versions differ in detail, and
/// <c>view</c>, <c>edit</c> and <c>admin</c> grow by whatever ClusterRoles a cluster labels for them; so what is found here is an assumption about a cluster.
/// </summary>
public sealed class BuiltInRoles
{
    /// <summary>The minor version of Kubernetes that the roles are those of: 36 for 1.36.</summary>
    public const int MinorVersion = 36;

    private readonly Dictionary<string, ImmutableArray<RbacRule>> _clusterRoles = new(StringComparer.Ordinal);

    private BuiltInRoles(string text)
    {
        (Roles, Bindings) = BuiltInRolesFormat.Parse(text);
        foreach (var role in RoleAggregation.Resolve(Roles).Where(r => !r.IsNamespaced))
        {
            _clusterRoles.Add(role.Metadata.Name, role.Rules);
        }
    }

    /// <summary>The roles.</summary>
    public static BuiltInRoles Default => Shared.Roles;

    /// <summary>The names of the built-in ClusterRoles.</summary>
    public IReadOnlyCollection<string> ClusterRoleNames => _clusterRoles.Keys;

    internal List<RbacRoleObject> Roles { get; }

    internal List<RbacBindingObject> Bindings { get; }

    /// <summary>The rules of a built-in ClusterRole, aggregation done; nothing for a name that is not built in.</summary>
    public ImmutableArray<RbacRule>? RulesOf(string clusterRole) => _clusterRoles.TryGetValue(clusterRole, out var rules) ? rules : null;

    /// <summary>The rules of a built-in ClusterRole in a cluster that has further ClusterRoles.</summary>
    internal ImmutableArray<RbacRule>? RulesOf(string clusterRole, ImmutableArray<RbacRoleObject> further)
        => further.IsEmpty || !_clusterRoles.ContainsKey(clusterRole) ? RulesOf(clusterRole)
            : RoleAggregation.Resolve([.. Roles, .. further]).First(r => !r.IsNamespaced && r.Metadata.Name == clusterRole).Rules;

    // A class of its own, so that whoever needs no built-in role never parses them.
    private static class Shared
    {
        public static readonly BuiltInRoles Roles = new(BuiltInRolesText.Text);
    }
}

/// <summary>
/// The built-in roles as lines of text. A role: <c>ClusterRole name label=value</c>, below it its rules (<c>verbs groups resources names</c>, lists with commas, <c>""</c> for the core
/// group, or <c>verbs url:…</c>) and <c>+ label=value</c> for each selector that it aggregates by. A binding: <c>ClusterRoleBinding name roleKind role</c>, below it
/// <c>Kind name</c> for each subject. Names of namespaced objects are <c>namespace/name</c>, of service accounts too.
/// </summary>
internal static class BuiltInRolesFormat
{
    public static string Write(IEnumerable<RbacRoleObject> roles, IEnumerable<RbacBindingObject> bindings)
    {
        var text = new System.Text.StringBuilder();
        foreach (var role in roles)
        {
            text.Append(role.Kind).Append(' ').Append(NameOf(role.Metadata));
            foreach (var (key, value) in role.Metadata.Labels)
            {
                text.Append(' ').Append(key).Append('=').Append(value);
            }

            text.Append('\n');
            foreach (var label in role.Selectors?.SelectMany(s => s.MatchLabels) ?? [])
            {
                text.Append("  + ").Append(label.Key).Append('=').Append(label.Value).Append('\n');
            }

            foreach (var rule in role.Rules)
            {
                text.Append("  ").AppendJoin(',', rule.Verbs).Append(' ');
                if (!rule.NonResourceUrls.IsEmpty)
                {
                    text.Append("url:").AppendJoin(',', rule.NonResourceUrls).Append('\n');
                    continue;
                }

                text.AppendJoin(',', rule.ApiGroups.Select(g => g.Length == 0 ? "\"\"" : g)).Append(' ').AppendJoin(',', rule.Resources);
                text.Append(rule.ResourceNames.IsEmpty ? "" : " ").AppendJoin(',', rule.ResourceNames).Append('\n');
            }
        }

        foreach (var binding in bindings)
        {
            text.Append(binding.Kind).Append(' ').Append(NameOf(binding.Metadata)).Append(' ').Append(binding.RoleRef.Kind).Append(' ').Append(binding.RoleRef.Name).Append('\n');
            foreach (var subject in binding.Subjects)
            {
                text.Append("  ").Append(subject.Kind).Append(' ').Append(subject.Namespace.Length == 0 ? "" : subject.Namespace + "/").Append(subject.Name).Append('\n');
            }
        }

        return text.ToString();
    }

    public static (List<RbacRoleObject> Roles, List<RbacBindingObject> Bindings) Parse(string text)
    {
        var (roles, bindings) = (new List<RbacRoleObject>(), new List<RbacBindingObject>());
        var place = new ArtefactPlace("built-in", 0, 0);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (line[0] != ' ')
            {
                var (ns, name) = CutName(words[1]);
                if (words[0] is RbacWords.Role or RbacWords.ClusterRole)
                {
                    roles.Add(new RbacRoleObject(words[0] == RbacWords.Role, new RbacMetadata(name, ns, [.. words[2..].Select(Label)]), [], null, place));
                }
                else
                {
                    bindings.Add(new RbacBindingObject(words[0] == RbacWords.RoleBinding, new RbacMetadata(name, ns, []), new RbacRoleReference(RbacWords.Group, words[2], words[3]), [], place));
                }
            }
            else if (bindings.Count > 0)
            {
                var (ns, name) = words[0] == RbacWords.ServiceAccountSubject ? CutName(words[1]) : ("", words[1]);
                var apiGroup = words[0] == RbacWords.ServiceAccountSubject ? "" : RbacWords.Group;
                bindings[^1] = bindings[^1] with { Subjects = bindings[^1].Subjects.Add(new RbacSubjectObject(apiGroup, words[0], name, ns)) };
            }
            else if (words[0] == "+")
            {
                roles[^1] = roles[^1] with { Selectors = (roles[^1].Selectors ?? []).Add(new RbacLabelSelector([Label(words[1])], [])) };
            }
            else
            {
                roles[^1] = roles[^1] with { Rules = roles[^1].Rules.Add(Rule(words)) };
            }
        }

        return (roles, bindings);
    }

    private static RbacRule Rule(string[] words)
        => words[1].StartsWith("url:", StringComparison.Ordinal)
            ? new RbacRule(List(words[0]), [], [], [], List(words[1][4..]))
            : new RbacRule(List(words[0]), List(words[1]), List(words[2]), words.Length > 3 ? List(words[3]) : [], []);

    private static ImmutableArray<string> List(string text) => [.. text.Split(',').Select(t => t == "\"\"" ? "" : t)];

    private static KeyValuePair<string, string> Label(string text)
    {
        var sign = text.IndexOf('=', StringComparison.Ordinal);
        return KeyValuePair.Create(text[..sign], text[(sign + 1)..]);
    }

    private static (string Namespace, string Name) CutName(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? ("", text) : (text[..slash], text[(slash + 1)..]);
    }

    private static string NameOf(RbacMetadata metadata) => metadata.Namespace.Length == 0 ? metadata.Name : $"{metadata.Namespace}/{metadata.Name}";
}
