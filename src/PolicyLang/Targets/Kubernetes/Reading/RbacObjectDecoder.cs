using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>
/// Turns a manifest into an object as the API server decodes it: an absent or empty value is the zero value, <c>null</c> in a list of texts is
/// the empty text, a number or boolean where a text belongs is refused, and an unknown field is dropped or refused depending on who sends it.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="problems">Receives what is wrong.</param>
/// <param name="isKustomized">Whether kustomize reads the file first.</param>
internal sealed class RbacObjectDecoder(string path, List<ReadingProblem> problems, bool isKustomized)
{
    // The fields of ObjectMeta that say nothing about rights.
    private static readonly string[] OtherMetadata
        = ["uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "ownerReferences", "finalizers", "selfLink", "clusterName"];

    // With these a tool may leave the object out.
    private static readonly string[] LeavingOut
        = ["config.kubernetes.io/local-config", "kustomize.toolkit.fluxcd.io/reconcile", "kustomize.toolkit.fluxcd.io/ssa", "argocd.argoproj.io/hook", "helm.sh/hook"];

    private bool _isRefused;
    private bool _isDoubtful;

    /// <summary>Whether an annotation lets a tool leave the object out.</summary>
    public static bool LeavesOut(string annotation) => LeavingOut.Contains(annotation, StringComparer.Ordinal);

    /// <summary>Reads an object of one of the four kinds; nothing when the API server cannot decode it.</summary>
    public RbacObject? Decode(ManifestMap root, string kind)
    {
        (_isRefused, _isDoubtful) = (false, false);
        var place = PlaceOf(root);
        var isNamespaced = kind is RbacWords.Role or RbacWords.RoleBinding;
        var isRole = kind is RbacWords.Role or RbacWords.ClusterRole;
        RbacMetadata metadata = new("", "", []);
        ImmutableArray<RbacRule> rules = [];
        ImmutableArray<RbacLabelSelector>? selectors = null;
        RbacRoleReference roleRef = new("", "", "");
        ImmutableArray<RbacSubjectObject> subjects = [];
        foreach (var entry in root.Entries)
        {
            switch (entry.Key)
            {
                case "apiVersion" or "kind":
                    break;
                case "metadata":
                    metadata = Metadata(entry.Value);
                    break;
                case "rules" when isRole:
                    rules = List(entry.Value, Rule);
                    break;
                case "aggregationRule" when kind == RbacWords.ClusterRole:
                    selectors = Aggregation(entry.Value);
                    break;
                case "roleRef" when !isRole:
                    roleRef = RoleRef(entry.Value);
                    break;
                case "subjects" when !isRole:
                    subjects = List(entry.Value, Subject);
                    break;
                default:
                    Unknown(entry);
                    break;
            }
        }

        if (_isRefused)
        {
            return null;
        }

        RbacObject value = isRole ? new RbacRoleObject(isNamespaced, metadata, rules, selectors, place) : new RbacBindingObject(isNamespaced, metadata, roleRef, subjects, place);
        return _isDoubtful ? value with { IsDoubtful = true } : value;
    }

    /// <summary>The place of a value; that of a map is its first key's.</summary>
    public ArtefactPlace PlaceOf(ManifestNode node)
        => node is ManifestMap { Entries: [var first, ..] } ? new ArtefactPlace(path, first.Line, first.Column) : new ArtefactPlace(path, node.Line, node.Column);

    /// <summary>The place of a field such as <c>rules[0].verbs</c>, or of what should hold it.</summary>
    public ArtefactPlace PlaceOf(ManifestNode root, string field)
    {
        var node = root;
        foreach (var part in field.Split('.', '['))
        {
            var next = part.EndsWith(']') && node is ManifestList list && int.TryParse(part[..^1], out var index) && index < list.Items.Count ? list.Items[index]
                : node is ManifestMap map ? map.Find(part)
                : null;
            if (next is null)
            {
                break;
            }

            node = next;
        }

        return ReferenceEquals(node, root) || node is not ManifestScalar ? PlaceOf(node) : new ArtefactPlace(path, node.Line, node.Column);
    }

    private static bool IsNull(ManifestNode node) => node is ManifestScalar { Kind: ManifestScalarKind.Null };

    private void Refuse(ManifestNode node, string message)
    {
        _isRefused = true;
        problems.Add(new ReadingProblem(ReadingProblemKind.Refused, message, new ArtefactPlace(path, node.Line, node.Column)));
    }

    private void Unknown(ManifestEntry entry)
    {
        _isDoubtful = true;
        problems.Add(new ReadingProblem(
            ReadingProblemKind.NotModelled,
            $"the field `{entry.Key}` is unknown: kubectl refuses the object, and the API server alone drops the field and takes the rest",
            new ArtefactPlace(path, entry.Line, entry.Column)));
    }

    private string Text(ManifestNode node, string field)
    {
        switch (node)
        {
            case ManifestScalar { Kind: ManifestScalarKind.Text } scalar:
                return scalar.Text;
            case ManifestScalar { Kind: ManifestScalarKind.Null }:
                return "";
            case ManifestScalar { Kind: ManifestScalarKind.Boolean } scalar when isKustomized && scalar.Text.ToLowerInvariant() is not ("true" or "false"):
                // kustomize reads YAML 1.2, in which `on` is a text, and writes it in quotes.
                _isDoubtful = true;
                problems.Add(new ReadingProblem(
                    ReadingProblemKind.NotModelled,
                    $"`{field}` is `{scalar.Text}` without quotes, which is a text to kustomize and a boolean to kubectl",
                    new ArtefactPlace(path, node.Line, node.Column)));
                return scalar.Text;
            case ManifestScalar scalar:
                Refuse(node, $"`{field}` must be a text; `{scalar.Text}` without quotes is a {(scalar.Kind == ManifestScalarKind.Boolean ? "boolean" : "number")}");
                return "";
            default:
                Refuse(node, $"`{field}` must be a text");
                return "";
        }
    }

    private List<ManifestEntry> Entries(ManifestNode node, string field)
    {
        if (node is ManifestMap map)
        {
            return map.Entries;
        }

        if (!IsNull(node))
        {
            Refuse(node, $"`{field}` must be an object");
        }

        return [];
    }

    private ImmutableArray<T> List<T>(ManifestNode node, Func<ManifestNode, T> read)
    {
        if (node is ManifestList list)
        {
            var builder = ImmutableArray.CreateBuilder<T>(list.Items.Count);
            foreach (var item in list.Items)
            {
                builder.Add(read(item));
            }

            return builder.MoveToImmutable();
        }

        if (!IsNull(node))
        {
            Refuse(node, "this must be a list");
        }

        return [];
    }

    private ImmutableArray<string> Texts(ManifestNode node, string field) => List(node, item => Text(item, field));

    private ImmutableArray<KeyValuePair<string, string>> TextMap(ManifestNode node, string field)
        => [.. Entries(node, field).Select(e => KeyValuePair.Create(e.Key, Text(e.Value, $"{field}.{e.Key}")))];

    private RbacMetadata Metadata(ManifestNode node)
    {
        RbacMetadata metadata = new("", "", []);
        foreach (var entry in Entries(node, "metadata"))
        {
            switch (entry.Key)
            {
                case "name":
                    metadata = metadata with { Name = Text(entry.Value, "metadata.name") };
                    break;
                case "generateName":
                    metadata = metadata with { GenerateName = Text(entry.Value, "metadata.generateName") };
                    break;
                case "namespace":
                    metadata = metadata with { Namespace = Text(entry.Value, "metadata.namespace") };
                    break;
                case "labels":
                    metadata = metadata with { Labels = TextMap(entry.Value, "metadata.labels") };
                    break;
                case "annotations":
                    metadata = metadata with { AnnotationKeys = Annotations(entry.Value) };
                    break;
                default:
                    if (!OtherMetadata.Contains(entry.Key, StringComparer.Ordinal))
                    {
                        Unknown(entry);
                    }

                    break;
            }
        }

        return metadata;
    }

    private ImmutableArray<string> Annotations(ManifestNode node)
    {
        ImmutableArray<string> keys = [.. TextMap(node, "metadata.annotations").Select(a => a.Key)];
        foreach (var key in keys.Where(LeavesOut))
        {
            _isDoubtful = true;
            problems.Add(new ReadingProblem(ReadingProblemKind.NotModelled, $"the annotation `{key}` lets a tool leave the object out", new ArtefactPlace(path, node.Line, node.Column)));
        }

        return keys;
    }

    private RbacRule Rule(ManifestNode node)
    {
        ImmutableArray<string> verbs = [], apiGroups = [], resources = [], resourceNames = [], urls = [];
        foreach (var entry in Entries(node, "rules"))
        {
            switch (entry.Key)
            {
                case "verbs":
                    verbs = Texts(entry.Value, "verbs");
                    break;
                case "apiGroups":
                    apiGroups = Texts(entry.Value, "apiGroups");
                    break;
                case "resources":
                    resources = Texts(entry.Value, "resources");
                    break;
                case "resourceNames":
                    resourceNames = Texts(entry.Value, "resourceNames");
                    break;
                case "nonResourceURLs":
                    urls = Texts(entry.Value, "nonResourceURLs");
                    break;
                default:
                    Unknown(entry);
                    break;
            }
        }

        return new RbacRule(verbs, apiGroups, resources, resourceNames, urls);
    }

    private ImmutableArray<RbacLabelSelector>? Aggregation(ManifestNode node)
    {
        if (IsNull(node))
        {
            return null;
        }

        ImmutableArray<RbacLabelSelector> selectors = [];
        foreach (var entry in Entries(node, "aggregationRule"))
        {
            if (entry.Key == "clusterRoleSelectors")
            {
                selectors = List(entry.Value, Selector);
            }
            else
            {
                Unknown(entry);
            }
        }

        return selectors;
    }

    private RbacLabelSelector Selector(ManifestNode node)
    {
        RbacLabelSelector selector = new([], []);
        foreach (var entry in Entries(node, "clusterRoleSelectors"))
        {
            switch (entry.Key)
            {
                case "matchLabels":
                    selector = selector with { MatchLabels = TextMap(entry.Value, "matchLabels") };
                    break;
                case "matchExpressions":
                    selector = selector with { MatchExpressions = List(entry.Value, Requirement) };
                    break;
                default:
                    Unknown(entry);
                    break;
            }
        }

        return selector;
    }

    private RbacLabelRequirement Requirement(ManifestNode node)
    {
        RbacLabelRequirement requirement = new("", "", []);
        foreach (var entry in Entries(node, "matchExpressions"))
        {
            switch (entry.Key)
            {
                case "key":
                    requirement = requirement with { Key = Text(entry.Value, "key") };
                    break;
                case "operator":
                    requirement = requirement with { Operator = Text(entry.Value, "operator") };
                    break;
                case "values":
                    requirement = requirement with { Values = Texts(entry.Value, "values") };
                    break;
                default:
                    Unknown(entry);
                    break;
            }
        }

        return requirement;
    }

    private RbacRoleReference RoleRef(ManifestNode node)
    {
        RbacRoleReference reference = new("", "", "");
        foreach (var entry in Entries(node, "roleRef"))
        {
            switch (entry.Key)
            {
                case "apiGroup":
                    reference = reference with { ApiGroup = Text(entry.Value, "roleRef.apiGroup") };
                    break;
                case "kind":
                    reference = reference with { Kind = Text(entry.Value, "roleRef.kind") };
                    break;
                case "name":
                    reference = reference with { Name = Text(entry.Value, "roleRef.name") };
                    break;
                default:
                    Unknown(entry);
                    break;
            }
        }

        return reference;
    }

    private RbacSubjectObject Subject(ManifestNode node)
    {
        RbacSubjectObject subject = new("", "", "", "");
        foreach (var entry in Entries(node, "subjects"))
        {
            switch (entry.Key)
            {
                case "apiGroup":
                    subject = subject with { ApiGroup = Text(entry.Value, "apiGroup") };
                    break;
                case "kind":
                    subject = subject with { Kind = Text(entry.Value, "kind") };
                    break;
                case "name":
                    subject = subject with { Name = Text(entry.Value, "name") };
                    break;
                case "namespace":
                    subject = subject with { Namespace = Text(entry.Value, "namespace") };
                    break;
                default:
                    Unknown(entry);
                    break;
            }
        }

        return subject;
    }
}
