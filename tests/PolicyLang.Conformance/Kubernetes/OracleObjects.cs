using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using PolicyLang.Access;
using PolicyLang.Reading;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Conformance.Kubernetes;

/// <summary>Objects of recordings, without the reader's own decoding and validation.</summary>
internal static class OracleObjects
{
    private static readonly ArtefactPlace Nowhere = new("recording", 0, 0);

    public static string Text(JsonNode? node, string key) => node?[key]?.GetValue<string>() ?? "";

    public static ImmutableArray<string> Texts(JsonNode? node, string key) => [.. node?[key]?.AsArray().Select(n => n!.GetValue<string>()) ?? []];

    public static RbacRule Rule(JsonNode? node)
        => new(Texts(node, "verbs"), Texts(node, "apiGroups"), Texts(node, "resources"), Texts(node, "resourceNames"), Texts(node, "nonResourceURLs"));

    public static ImmutableArray<RbacRule> Rules(JsonNode? list) => [.. list?.AsArray().Select(Rule) ?? []];

    public static RbacRoleObject Role(JsonNode node, bool isNamespaced)
        => new(isNamespaced, Metadata(node), Rules(node["rules"]), node["aggregationRule"]?["clusterRoleSelectors"]?.AsArray().Select(Selector).ToImmutableArray(), Nowhere);

    public static RbacBindingObject Binding(JsonNode node, bool isNamespaced)
        => new(isNamespaced, Metadata(node), new RbacRoleReference(Text(node["roleRef"], "apiGroup"), Text(node["roleRef"], "kind"), Text(node["roleRef"], "name")), Subjects(node["subjects"]), Nowhere);

    public static ImmutableArray<RbacSubjectObject> Subjects(JsonNode? list)
        => [.. list?.AsArray().Select(s => new RbacSubjectObject(Text(s, "apiGroup"), Text(s, "kind"), Text(s, "name"), Text(s, "namespace"))) ?? []];

    public static (RbacPolicy Policy, RbacRoles Roles) Policy(JsonNode policy)
    {
        var roles = List(policy, "roles").Select(r => Role(r, true)).Concat(List(policy, "clusterRoles").Select(r => Role(r, false)));
        var bindings = List(policy, "clusterRoleBindings").Select(b => Binding(b, false)).Concat(List(policy, "roleBindings").Select(b => Binding(b, true)));
        return (new RbacPolicy([.. bindings]), new RbacRoles(roles));
    }

    public static RbacRequest Request(JsonNode request) => request["resourceRequest"]!.GetValue<bool>()
        ? new RbacRequest(Text(request, "verb"), Text(request, "apiGroup"), Text(request, "resource"), Text(request, "subresource"), Text(request, "name"), Text(request, "namespace"), null)
        : RbacRequest.ForUrl(Text(request, "verb"), Text(request, "path"));

    /// <summary>An object as the reader decodes it from a file, before defaulting and validation.</summary>
    public static RbacObject? Decode(JsonNode value, string kind)
    {
        var problems = new List<ReadingProblem>();
        var stream = ManifestReader.Parse(new Artefact("recording", Encoding.UTF8.GetBytes(value.ToJsonString())), problems, CancellationToken.None);
        return problems.Count == 0 && stream is { Documents: [{ Root: ManifestMap map }] } ? new RbacObjectDecoder("recording", problems, isKustomized: false).Decode(map, kind) : null;
    }

    public static string Show(RbacRule rule)
        => string.Join(' ', new[] { rule.Verbs, rule.ApiGroups, rule.Resources, rule.ResourceNames, rule.NonResourceUrls }.Select(list => $"[{string.Join(',', list.Select(i => $"'{i}'"))}]"));

    public static string ShowSorted(IEnumerable<RbacRule> rules) => string.Join("; ", rules.Select(Show).Order(StringComparer.Ordinal));

    private static IEnumerable<JsonNode> List(JsonNode policy, string key) => policy[key]?.AsArray().Select(n => n!) ?? [];

    private static RbacMetadata Metadata(JsonNode node)
    {
        var metadata = node["metadata"] ?? node;
        return new RbacMetadata(Text(metadata, "name"), Text(metadata, "namespace"), [.. metadata["labels"]?.AsObject().Select(l => KeyValuePair.Create(l.Key, l.Value!.GetValue<string>())) ?? []]);
    }

    private static RbacLabelSelector Selector(JsonNode? node)
        => new([.. node?["matchLabels"]?.AsObject().Select(l => KeyValuePair.Create(l.Key, l.Value!.GetValue<string>())) ?? []], []);
}
