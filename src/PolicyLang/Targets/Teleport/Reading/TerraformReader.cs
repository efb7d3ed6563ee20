using System.Collections.Immutable;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>Reads Terraform's JSON: the resources of Teleport's provider, each under its type and its own label.</summary>
internal sealed class TerraformReader(TeleportResources resources)
{
    private readonly ReadingNotes _notes = resources.Notes;

    public void Read(Node root)
    {
        var isTerraform = false;
        foreach (var (key, value) in root.Pairs)
        {
            switch (key.Text)
            {
                case "resource":
                    isTerraform = true;
                    ReadTypes(value);
                    break;
                case "terraform" or "provider" or "variable" or "output" or "locals" or "data" or "//":
                    isTerraform = true;
                    break;
                default:
                    Anything(isTerraform || key.Text == "module" ? $"what stands under `{key.Text}` is not modelled" : "a resource has no `kind`", key);
                    return;
            }
        }
    }

    private void Anything(string message, Node node) => _notes.AddAnything(new ReadingProblem(ReadingProblemKind.NotModelled, message, node.Place));

    private void ReadTypes(Node types)
    {
        if (types.Kind != NodeKind.Map)
        {
            Anything("resources are grouped by type", types);
            return;
        }

        foreach (var (type, labels) in types.Pairs)
        {
            if (labels.Kind != NodeKind.Map)
            {
                Anything("each resource has a label of its own", labels);
                continue;
            }

            foreach (var (label, bodies) in labels.Pairs)
            {
                if (bodies.Kind == NodeKind.Map)
                {
                    ReadResource(type, label, bodies);
                    continue;
                }

                foreach (var body in bodies.Items)
                {
                    ReadResource(type, label, body);
                }
            }
        }
    }

    private void ReadResource(Node type, Node label, Node body)
    {
        var scope = new ResourceScope(_notes, resources.Rules, label.Place, isTerraform: true) { Title = (type.Text, label.Text) };
        switch (type.Text)
        {
            case "teleport_role":
                var head = ReadHead(scope, body, isBot: false);
                var version = head.Version switch { "v3" => 3, "v4" => 4, "v5" => 5, "v6" => 6, "v7" => 7, "v8" => 8, _ => 0 };
                if (version == 0 || version > resources.Rules.NewestRole)
                {
                    scope.Refused($"role version `{head.Version}` is not supported", body);
                }

                resources.Add(RoleReader.Read(scope, new RoleModel(head.Name, version, label.Place) { TerraformLabel = label.Text }, head.Spec));
                break;
            case "teleport_github_connector":
                ReadConnector(scope, body, label.Place);
                break;
            case "teleport_bot":
                ReadBot(scope, body, label.Place);
                break;
            case "teleport_provision_token" or "teleport_app" or "teleport_database" or "teleport_static_host_user":
                _notes.Effect($"a resource of the type `{type.Text}` stands here", label.Place);
                break;
            default:
                Anything($"resources of the type `{type.Text}` are not modelled", label);
                break;
        }
    }

    private void ReadConnector(ResourceScope scope, Node body, ArtefactPlace place)
    {
        var head = ReadHead(scope, body, isBot: false);
        if (head.Version is not ("v3" or ""))
        {
            scope.Refused($"the server takes connectors of version `v3`, not `{head.Version}`", body);
        }

        var connector = new ConnectorReader(scope, place, isCustomResource: false).Read(head.Name, head.Spec);
        if (scope.IsUndecided)
        {
            _notes.AddAnything(new ReadingProblem(ReadingProblemKind.NotModelled, $"connector `{connector.Name}` may map anybody to anything", place));
        }

        resources.Add(connector);
    }

    private void ReadBot(ResourceScope scope, Node body, ArtefactPlace place)
    {
        if (!resources.Rules.HasBots)
        {
            scope.Refused("bots are resources since version 15", body);
        }

        var head = ReadHead(scope, body, isBot: true);
        BotModel bot;
        if (head.Spec.IsMissing)
        {
            var traits = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
            BotReader.ReadTraits(scope, body["traits"], traits);
            bot = new BotModel(scope.Text(body["name"]), RoleReferences.Read(scope, body["roles"]), traits.ToImmutable(), place);
        }
        else
        {
            bot = BotReader.Read(scope, head.Name, head.Spec, place);
        }

        if (scope.IsUndecided || bot.Name.Length == 0)
        {
            _notes.AddAnything(new ReadingProblem(ReadingProblemKind.NotModelled, $"bot `{bot.Name}` may hold any role", place));
        }

        resources.Add(bot);
    }

    private static ResourceHead ReadHead(ResourceScope scope, Node body, bool isBot)
    {
        var head = new ResourceHead();
        if (!scope.IsMap(body))
        {
            return head;
        }

        foreach (var (key, value) in body.Pairs)
        {
            switch (key.Text)
            {
                case "version":
                    head.Version = scope.Text(value);
                    break;
                case "metadata":
                    ReadMetadata(scope, value, ref head);
                    break;
                case "spec":
                    head.Spec = value;
                    break;
                case "depends_on" or "lifecycle" or "provider" or "//":
                case "name" or "roles" or "traits" or "token_id" or "token_ttl" when isBot:
                    break;
                default:
                    scope.Unknown(key);
                    break;
            }
        }

        if (!isBot && head.Name.Length == 0)
        {
            scope.Refused("it has no name", body);
        }

        return head;
    }

    private static void ReadMetadata(ResourceScope scope, Node metadata, ref ResourceHead head)
    {
        if (!scope.IsMap(metadata))
        {
            return;
        }

        foreach (var (key, value) in metadata.Pairs)
        {
            switch (key.Text)
            {
                case "name":
                    head.Name = scope.Text(value);
                    break;
                case "namespace" or "description" or "labels":
                    break;
                case "expires" when value.IsNothing:
                    break;
                default:
                    scope.Unknown(key);
                    break;
            }
        }
    }
}
