using System.Collections.Immutable;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>Reads <c>kubernetes_resources</c>, and says what a server refuses in a role of some version.</summary>
internal static class ResourceEntriesReader
{
    private static readonly HashSet<string> s_verbs = new(StringComparer.Ordinal)
    {
        "*", "get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "exec", "portforward",
    };

    public static ImmutableArray<ResourceEntry> Read(ResourceScope scope, Node node, int version)
    {
        if (node.IsNothing)
        {
            return [];
        }

        if (node.Kind != NodeKind.List)
        {
            scope.Refused("`kubernetes_resources` is a list", node);
            return [];
        }

        var entries = ImmutableArray.CreateBuilder<ResourceEntry>(1);
        foreach (var item in node.Items)
        {
            if (scope.IsMap(item))
            {
                entries.Add(ReadEntry(scope, item, version));
            }
        }

        return entries.DrainToImmutable();
    }

    private static ResourceEntry ReadEntry(ResourceScope scope, Node item, int version)
    {
        var entry = new ResourceEntry("", "", "", "", []);
        foreach (var (key, value) in item.Pairs)
        {
            switch (key.Text)
            {
                case "kind":
                    entry = entry with { Kind = scope.Text(value) };
                    break;
                case "api_group":
                    entry = entry with { ApiGroup = scope.Text(value) };
                    break;
                case "namespace":
                    entry = entry with { Namespace = scope.Text(value) };
                    break;
                case "name":
                    entry = entry with { Name = scope.Text(value) };
                    break;
                case "verbs":
                    entry = entry with { Verbs = scope.Texts(value) };
                    break;
                default:
                    scope.Unknown(key);
                    break;
            }
        }

        if (ReasonToRefuse(entry, version) is { } reason)
        {
            scope.Refused(reason, item);
        }

        return entry;
    }

    /// <summary>Why a server refuses an entry in a role of some version; nothing where it takes it.</summary>
    public static string? ReasonToRefuse(ResourceEntry entry, int version)
    {
        if (entry.Name.Length == 0)
        {
            return "an entry of `kubernetes_resources` has no `name`";
        }

        if (entry.Verbs.Length > 1 && entry.Verbs.Contains("*"))
        {
            return "the verb `*` stands alone";
        }

        foreach (var verb in entry.Verbs)
        {
            if (!s_verbs.Contains(verb))
            {
                return $"the verb `{verb}` is not known";
            }
        }

        return version switch
        {
            <= 6 when entry.Kind != "pod" => $"roles before v7 filter the kind `pod` alone, not `{entry.Kind}`",
            <= 6 when entry.Verbs is not ([] or ["*"]) => "roles before v7 take no verbs but `*`",
            <= 7 when entry.ApiGroup.Length > 0 => "roles before v8 take no `api_group`",
            7 when !ResourceFilter.IsKindOfV7(entry.Kind) => $"roles of version v7 do not know the kind `{entry.Kind}`",
            <= 7 when entry.Namespace.Length == 0 && !ResourceFilter.IsClusterKindOfV7(entry.Kind) => "an entry of `kubernetes_resources` has no `namespace`",
            >= 8 when entry.Kind.Length == 0 => "an entry of `kubernetes_resources` has no `kind`",
            >= 8 when entry.Kind != "*" && ResourceFilter.IsKindOfV7(entry.Kind) => $"roles of version v8 name kinds in the plural, not `{entry.Kind}`",
            _ => null,
        };
    }
}
