using System.Collections.Immutable;
using System.Text;
using PolicyLang.Targets.Text;

namespace PolicyLang.Targets.Teleport;

/// <summary>
/// Writes the resources. Every field that has a default which grants something is written out, so that no server version fills it in.
/// </summary>
internal sealed class TeleportYaml(TeleportInstance instance)
{
    private const string Notice = "Written by policyc from the policy; changes here are overwritten.";

    // GitHub logins neither begin with a hyphen nor have one alone, so the row matches nobody.
    private static readonly TeleportTeam s_nobody = new(new GitHubTeam("-", "-"), [], []);

    // A label that nothing carries. An empty map would not do: role v3 takes it for "everything" once it was stored and read again.
    private static readonly AgentLabel s_nothing = new("policyc-nothing", "none");

    private readonly TeleportCapabilities _capabilities = instance.Capabilities;

    private bool IsOperator => _capabilities.Form == TeleportForm.Operator;

    /// <summary>Writes the files of one Teleport: roles first, the connector that maps them last.</summary>
    /// <param name="plan">What they say.</param>
    /// <param name="connector">The connector's file where it was made from one that others share.</param>
    /// <param name="cancellation">Stops the work.</param>
    public ImmutableArray<OutputFile> Write(TeleportPlan plan, OutputFile? connector, CancellationToken cancellation)
    {
        if (!_capabilities.HasRoles)
        {
            return [File(plan.Folder + "github.yaml", [plan], (yaml, p) => WriteConnector(yaml, p), cancellation)];
        }

        var files = ImmutableArray.CreateBuilder<OutputFile>(3);
        if (!plan.Roles.IsEmpty)
        {
            files.Add(File(plan.Folder + "00-roles.yaml", plan.Roles, WriteRole, cancellation));
        }

        if (!plan.Bots.IsEmpty)
        {
            files.Add(File(plan.Folder + "10-bots.yaml", plan.Bots, WriteBot, cancellation));
        }

        files.Add(connector ?? File(ConnectorFile(plan), [plan], WriteConnector, cancellation));
        return files.ToImmutable();
    }

    /// <summary>The path of the connector's file.</summary>
    public static string ConnectorFile(TeleportPlan plan) => plan.Folder + "20-connector.yaml";

    /// <summary>The rows of a connector as they stand in a list, a line each or several.</summary>
    public string[] Rows(ImmutableArray<TeleportTeam> teams)
    {
        var lines = Encoding.UTF8.GetString(new YamlText().MapList(RowsKey, teams, WriteTeam).TakeUtf8()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines[1..];
    }

    /// <summary>The key below which a connector's rows stand.</summary>
    public string RowsKey => _capabilities.HasTeamsToRoles ? "teams_to_roles" : "teams_to_logins";

    private static OutputFile File<T>(string path, ImmutableArray<T> items, Action<YamlText, T> write, CancellationToken cancellation)
    {
        var yaml = new YamlText().Comment(Notice);
        foreach (var item in items)
        {
            cancellation.ThrowIfCancellationRequested();
            yaml.NextDocument();
            write(yaml, item);
        }

        return new OutputFile(path, yaml.TakeUtf8());
    }

    private void WriteRole(YamlText yaml, TeleportRole role)
    {
        var version = _capabilities.RoleVersion;
        WriteHead(yaml, "role", "v" + (char)('0' + version), version == 5 ? ("v5", "TeleportRole") : ("v1", "TeleportRoleV" + (char)('0' + version)), role.Name);
        yaml.Map("spec", (Writer: this, Role: role, Version: version), static (spec, state) => spec
            .Map("options", state, static (options, s) => s.Writer.WriteOptions(options, s.Role))
            .Map("allow", state, static (allow, s) => s.Writer.WriteAllow(allow, s.Role, s.Version))
            .EmptyMap("deny"));
    }

    private void WriteOptions(YamlText yaml, TeleportRole role)
    {
        yaml.Text("max_session_ttl", instance.MaxSessionTtl).Flag("forward_agent", false).Flag("port_forwarding", false);
        if (role.RequiresSessionMfa)
        {
            yaml.Flag("require_session_mfa", true);
        }

        if (role.RequiresTrustedDevice)
        {
            yaml.Text("device_trust_mode", "required");
        }
    }

    private void WriteAllow(YamlText yaml, TeleportRole role, int version)
    {
        WriteNoLabels(yaml, "node_labels", version);
        if (!_capabilities.HasOneClusterEach)
        {
            WriteNoLabels(yaml, "app_labels", version);
        }

        if (_capabilities.HasDatabaseLabels)
        {
            WriteNoLabels(yaml, "db_labels", version);
        }

        if (role.Label is { } label)
        {
            yaml.Map("kubernetes_labels", label, static (labels, l) => labels.TextList(l.Key, [l.Value]));
        }

        yaml.TextList("kubernetes_groups", role.KubernetesGroups);
        if (_capabilities.HasKubernetesUsers)
        {
            yaml.TextList("kubernetes_users", [TeleportNames.KubernetesUser(instance.Path)]);
        }

        if (_capabilities.HasKubernetesResources)
        {
            yaml.MapList("kubernetes_resources", [version], WriteAllResources);
        }
    }

    private static void WriteNoLabels(YamlText yaml, string field, int version)
    {
        if (version >= 4)
        {
            yaml.EmptyMap(field);
        }
        else
        {
            yaml.Map(field, labels => labels.TextList(s_nothing.Key, [s_nothing.Value]));
        }
    }

    // What may be done is decided by the cluster's own RBAC: this filter lets everything pass that a version can name.
    private static void WriteAllResources(YamlText yaml, int version)
    {
        yaml.Text("kind", version >= 7 ? "*" : "pod");
        if (version >= 8)
        {
            yaml.Text("api_group", "*");
        }

        yaml.Text("namespace", "*").Text("name", "*");
        if (version >= 7)
        {
            yaml.TextList("verbs", ["*"]);
        }
    }

    private void WriteBot(YamlText yaml, TeleportBot bot)
    {
        WriteHead(yaml, "bot", "v1", ("v1", "TeleportBotV1"), bot.Name);
        yaml.Map("spec", spec => spec.TextList("roles", bot.Roles));
    }

    private void WriteConnector(YamlText yaml, TeleportPlan plan)
    {
        var connector = plan.Connector;
        WriteHead(yaml, "github", "v3", ("v3", "TeleportGithubConnector"), connector.Name);
        yaml.Map("spec", spec =>
        {
            spec.Text("client_id", connector.ClientId).Text("client_secret", connector.ClientSecret).Text("display", connector.Display).Text("redirect_url", connector.RedirectUrl);
            if (connector.EndpointUrl is { } endpoint && connector.ApiEndpointUrl is { } api)
            {
                spec.Text("endpoint_url", endpoint).Text("api_endpoint_url", api);
            }

            // Servers refuse a connector without rows, and leaving it out would leave the old one in force.
            spec.MapList(RowsKey, plan.Teams.IsEmpty ? [s_nobody] : plan.Teams, WriteTeam);
        });
    }

    private void WriteTeam(YamlText yaml, TeleportTeam team)
    {
        yaml.Text("organization", team.Team.Organization).Text("team", team.Team.Team).TextList(_capabilities.HasTeamsToRoles ? "roles" : "logins", team.Roles);
        if (!_capabilities.HasRoles)
        {
            yaml.TextList("kubernetes_groups", team.KubernetesGroups);
        }
    }

    private void WriteHead(YamlText yaml, string kind, string version, (string ApiVersion, string Kind) resource, string name)
    {
        if (IsOperator)
        {
            yaml.Text("apiVersion", "resources.teleport.dev/" + resource.ApiVersion).Text("kind", resource.Kind);
        }
        else
        {
            yaml.Text("kind", kind).Text("version", version);
        }

        yaml.Map("metadata", metadata =>
        {
            metadata.Text("name", name);
            if (IsOperator)
            {
                metadata.Text("namespace", instance.OperatorNamespace);
            }

            // Not every release is known to keep labels of a bot.
            if (kind != "bot")
            {
                metadata.Map("labels", labels => labels.Text("app.kubernetes.io/managed-by", "policyc"));
            }
        });
    }
}
