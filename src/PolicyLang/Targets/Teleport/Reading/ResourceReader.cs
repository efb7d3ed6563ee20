using PolicyLang.Reading;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>Tells resources of Teleport apart in each form of delivery: for <c>tctl</c>, as custom resources of the operator, and for Terraform.</summary>
/// <param name="resources">Receives them.</param>
/// <param name="replaced">The kinds and names of resources that others take the place of.</param>
internal sealed class ResourceReader(TeleportResources resources, IReadOnlySet<(string Kind, string Name)>? replaced = null) : IDocumentSink
{
    private const string OperatorGroup = "resources.teleport.dev/";

    private readonly TeleportRules _rules = resources.Rules;
    private readonly ReadingNotes _notes = resources.Notes;

    public void Unreadable(ReadingProblem problem) => _notes.AddAnything(problem);

    public void Accept(Node root)
    {
        if (root.Kind == NodeKind.List)
        {
            // `tctl get --format=json` gives a list.
            foreach (var item in root.Items)
            {
                AcceptOne(item);
            }
        }
        else
        {
            AcceptOne(root);
        }
    }

    private void AcceptOne(Node root)
    {
        if (root.Kind != NodeKind.Map)
        {
            Anything("a resource is needed here", root);
        }
        else if (!root["apiVersion"].IsMissing)
        {
            AcceptCustomResource(root);
        }
        else if (!root["kind"].IsMissing)
        {
            AcceptResource(root);
        }
        else
        {
            new TerraformReader(resources).Read(root);
        }
    }

    private void Anything(string message, Node node) => _notes.AddAnything(new ReadingProblem(ReadingProblemKind.NotModelled, message, node.Place));

    private void AcceptResource(Node root)
    {
        var scope = new ResourceScope(_notes, _rules, root.Place, isTerraform: false);
        var head = ResourceHead.Read(scope, root, isCustomResource: false);
        switch (head.Kind)
        {
            case "role":
                AcceptRole(scope, head, RoleVersion(scope, head.Version, root));
                break;
            case "github":
                if (head.Version != "v3")
                {
                    scope.Refused($"the server takes connectors of version `v3`, not `{head.Version}`", root);
                }

                AcceptConnector(scope, head, isCustomResource: false);
                break;
            case "bot":
                if (head.Version != "v1")
                {
                    scope.Refused($"the server takes bots of version `v1`, not `{head.Version}`", root);
                }

                AcceptBot(scope, head);
                break;
            case "token" or "node" or "app" or "app_server" or "db" or "db_server" or "kube_cluster" or "windows_desktop" or "installer" or "ui_config" or "session_recording_config"
                or "cluster_networking_config" or "cluster_maintenance_config" or "autoupdate_config" or "autoupdate_version" or "device":
                _notes.Effect($"a resource of the kind `{head.Kind}` stands here", root.Place);
                break;
            default:
                Anything($"resources of the kind `{head.Kind}` are not modelled", root);
                break;
        }
    }

    private void AcceptCustomResource(Node root)
    {
        var scope = new ResourceScope(_notes, _rules, root.Place, isTerraform: false);
        var apiVersion = root["apiVersion"].Text;
        if (!apiVersion.StartsWith(OperatorGroup, StringComparison.Ordinal))
        {
            AcceptForeign(root, apiVersion);
            return;
        }

        var head = ResourceHead.Read(scope, root, isCustomResource: true);
        if (head.IsIgnored)
        {
            Anything("the operator is told to leave this resource alone", root);
            return;
        }

        resources.AddNamespace(head.Namespace, root.Place);
        switch (head.Kind, apiVersion[OperatorGroup.Length..])
        {
            case ("TeleportRole", "v5" or "v6") or ("TeleportRoleV6" or "TeleportRoleV7" or "TeleportRoleV8", "v1"):
                var version = head.Kind == "TeleportRole" ? apiVersion[OperatorGroup.Length..] : "v" + head.Kind[^1];
                AcceptRole(scope, head, RoleVersion(scope, version, root));
                break;
            case ("TeleportGithubConnector", "v3"):
                AcceptConnector(scope, head, isCustomResource: true);
                break;
            case ("TeleportBotV1", "v1"):
                AcceptBot(scope, head);
                break;
            case ("TeleportProvisionToken" or "TeleportOpenSSHServerV2" or "TeleportOpenSSHEICEServerV2" or "TeleportAppV3" or "TeleportDatabaseV3" or "TeleportAutoupdateConfigV1" or "TeleportAutoupdateVersionV1", _):
                _notes.Effect($"a resource of the kind `{head.Kind}` stands here", root.Place);
                break;
            default:
                Anything($"resources of the kind `{head.Kind}` in `{apiVersion}` are not modelled", root);
                break;
        }
    }

    private void AcceptForeign(Node root, string apiVersion)
    {
        var kind = root["kind"].Text;
        if ((apiVersion, kind) is ("v1", "Secret" or "ConfigMap" or "Namespace" or "ServiceAccount")
            || apiVersion.StartsWith("rbac.authorization.k8s.io/", StringComparison.Ordinal)
            || (apiVersion.StartsWith("kustomize.config.k8s.io/", StringComparison.Ordinal) && kind == "Kustomization"))
        {
            _notes.Effect($"a Kubernetes object of the kind `{kind}` stands here", root.Place);
        }
        else
        {
            Anything($"objects of the kind `{kind}` in `{apiVersion}` may hold anything", root);
        }
    }

    private int RoleVersion(ResourceScope scope, string version, Node root)
    {
        var number = version switch { "v3" => 3, "v4" => 4, "v5" => 5, "v6" => 6, "v7" => 7, "v8" => 8, _ => 0 };
        if (number == 0 || number > _rules.NewestRole)
        {
            scope.Refused($"role version `{version}` is not supported", root);
        }

        return number;
    }

    private void AcceptRole(ResourceScope scope, ResourceHead head, int version)
    {
        if (replaced is not null && replaced.Contains(("role", head.Name)))
        {
            return;
        }

        if (!_rules.HasRoles)
        {
            scope.Refused("the community edition has roles since version 6", default);
        }

        resources.Add(RoleReader.Read(scope, new RoleModel(head.Name, version, scope.Place), head.Spec));
    }

    private void AcceptConnector(ResourceScope scope, ResourceHead head, bool isCustomResource)
    {
        if (replaced is not null && replaced.Contains(("github", head.Name)))
        {
            return;
        }

        var connector = new ConnectorReader(scope, scope.Place, isCustomResource).Read(head.Name, head.Spec);
        if (scope.IsUndecided)
        {
            // Whom it lets in with which roles is open, so nothing that a role gives is certain.
            _notes.AddAnything(new ReadingProblem(ReadingProblemKind.NotModelled, $"connector `{connector.Name}` may map anybody to anything", scope.Place));
        }

        resources.Add(connector);
    }

    private void AcceptBot(ResourceScope scope, ResourceHead head)
    {
        if (replaced is not null && replaced.Contains(("bot", head.Name)))
        {
            return;
        }

        if (!_rules.HasBots)
        {
            scope.Refused("bots are resources since version 15", default);
        }

        var bot = BotReader.Read(scope, head.Name, head.Spec, scope.Place);
        if (scope.IsUndecided)
        {
            _notes.AddAnything(new ReadingProblem(ReadingProblemKind.NotModelled, $"bot `{bot.Name}` may hold any role", scope.Place));
        }

        resources.Add(bot);
    }
}
