using System.Collections.Immutable;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>Reads what a bot's <c>spec</c> says.</summary>
internal static class BotReader
{
    public static BotModel Read(ResourceScope scope, string name, Node spec, ArtefactPlace place)
    {
        ImmutableArray<RoleReference> roles = [];
        var traits = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        if (scope.IsMap(spec))
        {
            foreach (var (key, value) in spec.Pairs)
            {
                switch (key.Text)
                {
                    case "roles":
                        roles = RoleReferences.Read(scope, value);
                        break;
                    case "traits":
                        ReadTraits(scope, value, traits);
                        break;
                    case "max_session_ttl":
                        break;
                    default:
                        scope.Unknown(key);
                        break;
                }
            }
        }

        return new BotModel(name, roles, traits.ToImmutable(), place);
    }

    /// <summary>Reads traits: a list of names with values, or in Terraform's older resource a map of lists.</summary>
    public static void ReadTraits(ResourceScope scope, Node node, ImmutableSortedDictionary<string, ImmutableArray<string>>.Builder traits)
    {
        if (node.Kind == NodeKind.Map && scope.IsTerraform)
        {
            foreach (var (key, value) in node.Pairs)
            {
                traits[key.Text] = scope.Texts(value);
            }

            return;
        }

        if (node.Kind != NodeKind.List)
        {
            scope.Texts(node);
            return;
        }

        foreach (var item in node.Items)
        {
            var name = "";
            ImmutableArray<string> values = [];
            foreach (var (key, value) in item.Pairs)
            {
                switch (key.Text)
                {
                    case "name":
                        name = scope.Text(value);
                        break;
                    case "values":
                        values = scope.Texts(value);
                        break;
                    default:
                        scope.Unknown(key);
                        break;
                }
            }

            if (!traits.TryAdd(name, values))
            {
                scope.NotModelled($"the trait `{name}` stands twice", item);
            }
        }
    }
}
