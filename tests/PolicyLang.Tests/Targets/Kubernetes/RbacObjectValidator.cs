using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PolicyLang.Tests.Targets.Kubernetes;

/// <summary>
/// The checks that an API server makes of RBAC objects, after its defaulting (Kubernetes, pkg/apis/rbac/validation). It knows nothing of
/// the writer; recorded answers of the real code hold it to account.
/// </summary>
internal static partial class RbacObjectValidator
{
    private const string Group = "rbac.authorization.k8s.io";

    public static List<(string Type, string Field)> Validate(string kind, JsonObject value, JsonObject? old = null)
    {
        var errors = new List<(string, string)>();
        var isNamespaced = kind is "Role" or "RoleBinding";
        Metadata(value["metadata"] as JsonObject ?? [], isNamespaced, errors);
        if (kind is "Role" or "ClusterRole")
        {
            Rules(value["rules"] as JsonArray ?? [], isNamespaced, errors);
        }
        else
        {
            RoleRef(value["roleRef"] as JsonObject ?? [], isNamespaced, errors);
            Subjects(value["subjects"] as JsonArray ?? [], isNamespaced, errors);
            if (old is not null && RoleRefKey(old) != RoleRefKey(value))
            {
                errors.Add(("FieldValueInvalid", "roleRef"));
            }
        }

        return errors;
    }

    public static List<string> PathSegmentMessages(string name)
    {
        if (name is "." or "..")
        {
            return [$"may not be '{name}'"];
        }

        return [.. new[] { "/", "%" }.Where(part => name.Contains(part, StringComparison.Ordinal)).Select(part => $"may not contain '{part}'")];
    }

    private static string Text(JsonNode? node) => node is null ? "" : node.GetValue<string>();

    private static string Defaulted(string apiGroup) => apiGroup.Length == 0 ? Group : apiGroup;

    private static string RoleRefKey(JsonObject binding)
        => $"{Defaulted(Text(binding["roleRef"]?["apiGroup"]))}|{Text(binding["roleRef"]?["kind"])}|{Text(binding["roleRef"]?["name"])}";

    private static void Metadata(JsonObject metadata, bool isNamespaced, List<(string, string)> errors)
    {
        var name = Text(metadata["name"]);
        if (name.Length == 0)
        {
            errors.Add(("FieldValueRequired", "metadata.name"));
        }

        errors.AddRange(PathSegmentMessages(name).Select(_ => ("FieldValueInvalid", "metadata.name")));
        var ns = Text(metadata["namespace"]);
        if (!isNamespaced && ns.Length > 0)
        {
            errors.Add(("FieldValueForbidden", "metadata.namespace"));
        }
        else if (isNamespaced && ns.Length == 0)
        {
            errors.Add(("FieldValueRequired", "metadata.namespace"));
        }
        else if (isNamespaced && (ns.Length > 63 || !DnsLabel().IsMatch(ns)))
        {
            errors.Add(("FieldValueInvalid", "metadata.namespace"));
        }

        foreach (var (key, value) in metadata["labels"] as JsonObject ?? [])
        {
            var parts = key.Split('/');
            if (parts.Length > 2 || parts[^1].Length > 63 || !LabelText().IsMatch(parts[^1]) || (parts.Length == 2 && !DnsSubdomain().IsMatch(parts[0])))
            {
                errors.Add(("FieldValueInvalid", "metadata.labels"));
            }

            var text = Text(value);
            if (text.Length > 63 || (text.Length > 0 && !LabelText().IsMatch(text)))
            {
                errors.Add(("FieldValueInvalid", "metadata.labels"));
            }
        }
    }

    private static void RoleRef(JsonObject reference, bool isNamespaced, List<(string, string)> errors)
    {
        if (Defaulted(Text(reference["apiGroup"])) != Group)
        {
            errors.Add(("FieldValueNotSupported", "roleRef.apiGroup"));
        }

        if (Text(reference["kind"]) is var kind && kind != "ClusterRole" && !(isNamespaced && kind == "Role"))
        {
            errors.Add(("FieldValueNotSupported", "roleRef.kind"));
        }

        var name = Text(reference["name"]);
        if (name.Length == 0)
        {
            errors.Add(("FieldValueRequired", "roleRef.name"));
        }

        errors.AddRange(PathSegmentMessages(name).Select(_ => ("FieldValueInvalid", "roleRef.name")));
    }

    private static void Subjects(JsonArray subjects, bool isNamespaced, List<(string, string)> errors)
    {
        for (var i = 0; i < subjects.Count; i++)
        {
            var subject = subjects[i]!;
            var (kind, name, apiGroup) = (Text(subject["kind"]), Text(subject["name"]), Text(subject["apiGroup"]));
            var field = $"subjects[{i}]";
            if (name.Length == 0)
            {
                errors.Add(("FieldValueRequired", $"{field}.name"));
            }

            switch (kind)
            {
                case "ServiceAccount":
                    if (name.Length > 0 && !DnsSubdomain().IsMatch(name))
                    {
                        errors.Add(("FieldValueInvalid", $"{field}.name"));
                    }

                    if (name.Length > 253)
                    {
                        errors.Add(("FieldValueInvalid", $"{field}.name"));
                    }

                    if (apiGroup.Length > 0)
                    {
                        errors.Add(("FieldValueNotSupported", $"{field}.apiGroup"));
                    }

                    if (!isNamespaced && Text(subject["namespace"]).Length == 0)
                    {
                        errors.Add(("FieldValueRequired", $"{field}.namespace"));
                    }

                    break;
                case "User" or "Group":
                    if (Defaulted(apiGroup) != Group)
                    {
                        errors.Add(("FieldValueNotSupported", $"{field}.apiGroup"));
                    }

                    break;
                default:
                    errors.Add(("FieldValueNotSupported", $"{field}.kind"));
                    break;
            }
        }
    }

    private static void Rules(JsonArray rules, bool isNamespaced, List<(string, string)> errors)
    {
        for (var i = 0; i < rules.Count; i++)
        {
            var rule = rules[i]!.AsObject();
            var field = $"rules[{i}]";
            if (Count(rule, "verbs") == 0)
            {
                errors.Add(("FieldValueRequired", $"{field}.verbs"));
            }

            if (Count(rule, "nonResourceURLs") > 0)
            {
                if (isNamespaced)
                {
                    errors.Add(("FieldValueInvalid", $"{field}.nonResourceURLs"));
                }

                if (Count(rule, "apiGroups") + Count(rule, "resources") + Count(rule, "resourceNames") > 0)
                {
                    errors.Add(("FieldValueInvalid", $"{field}.nonResourceURLs"));
                }

                continue;
            }

            if (Count(rule, "apiGroups") == 0)
            {
                errors.Add(("FieldValueRequired", $"{field}.apiGroups"));
            }

            if (Count(rule, "resources") == 0)
            {
                errors.Add(("FieldValueRequired", $"{field}.resources"));
            }
        }
    }

    private static int Count(JsonObject rule, string list) => (rule[list] as JsonArray)?.Count ?? 0;

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex DnsLabel();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex DnsSubdomain();

    [GeneratedRegex(@"\A([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]\z")]
    private static partial Regex LabelText();
}
