using System.Collections.Immutable;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>Reads one side of a role: what it allows, or what it denies.</summary>
internal sealed class RoleConditionsReader(ResourceScope scope, int version, bool isAllow)
{
    private LabelSelector _labels = LabelSelector.Nothing;
    private bool _hasExpression;
    private ImmutableArray<string> _groups = [];
    private ImmutableArray<string> _users = [];
    private ImmutableArray<ResourceEntry> _resources = [];
    private ImmutableArray<string> _requestable = [];
    private bool _impersonates;
    private bool _hasTemplates;
    private OtherAccess _other;
    private string? _applications;

    /// <summary>What is needed together before access to something that is no Kubernetes cluster is given.</summary>
    [Flags]
    private enum OtherAccess
    {
        None = 0,
        NodeLabels = 1,
        Logins = 2,
        DatabaseLabels = 4,
        DatabaseUsers = 8,
        DesktopLabels = 16,
        DesktopLogins = 32,
        ApplicationLabels = 64,
    }

    public RoleConditions Read(Node node)
    {
        if (scope.IsMap(node))
        {
            foreach (var (key, value) in node.Pairs)
            {
                ReadKey(key, value);
            }
        }

        if (isAllow)
        {
            FillIn(node);
        }

        SayOtherAccess(node);
        if (node.IsEmpty && _labels.IsEmpty)
        {
            return RoleConditions.Empty;
        }

        return new RoleConditions
        {
            Labels = _labels,
            HasExpression = _hasExpression,
            Groups = _groups,
            Users = _users,
            Resources = _resources,
            RequestableRoles = _requestable,
            Impersonates = _impersonates,
            HasTemplates = _hasTemplates || _labels.HasTemplates,
        };
    }

    private void ReadKey(Node key, Node value)
    {
        switch (key.Text)
        {
            case "kubernetes_labels":
                _labels = ReadLabels(value);
                if (scope.Rules.HasOneCluster)
                {
                    scope.NotModelled("a server of version 4 does not know `kubernetes_labels`", key);
                }

                break;
            case "kubernetes_labels_expression":
                if (scope.Text(value).Length > 0)
                {
                    _hasExpression = true;
                    scope.Unsure("what `kubernetes_labels_expression` selects is not modelled", value);
                }

                break;
            case "kubernetes_groups":
                _groups = Names(value);
                break;
            case "kubernetes_users":
                _users = Names(value);
                if (!scope.Rules.HasKubernetesUsers)
                {
                    scope.NotModelled("not every server of version 4 knows `kubernetes_users`", key);
                }

                break;
            case "kubernetes_resources":
                _resources = ResourceEntriesReader.Read(scope, value, version);
                if (!scope.Rules.HasKubernetesResources)
                {
                    scope.NotModelled("servers before version 12 do not know `kubernetes_resources`", key);
                }

                break;
            case "namespaces":
                foreach (var name in scope.Texts(value))
                {
                    if (name is not ("default" or "*"))
                    {
                        scope.NotModelled($"Teleport's namespace `{name}` is not modelled", value);
                    }
                }

                break;
            default:
                ReadOther(key, value);
                break;
        }
    }

    private ImmutableArray<string> Names(Node value)
    {
        var names = scope.Texts(value);
        foreach (var name in names)
        {
            _hasTemplates |= Template.IsTemplate(name);
        }

        return IsSorted(names) ? names : [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static bool IsSorted(ImmutableArray<string> names)
    {
        for (var i = 1; i < names.Length; i++)
        {
            if (string.CompareOrdinal(names[i - 1], names[i]) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    private LabelSelector ReadLabels(Node node)
    {
        if (!scope.IsMap(node) || node.IsEmpty)
        {
            return LabelSelector.Nothing;
        }

        var entries = ImmutableArray.CreateBuilder<LabelEntry>(1);
        foreach (var (key, value) in node.Pairs)
        {
            var name = scope.IsTerraform ? scope.TerraformText(key.Text, key) : key.Text;
            var values = scope.Texts(value, mayBeOne: true);
            entries.Add(new LabelEntry(name, values));
            if (isAllow && name == "*" && values is not ["*"])
            {
                scope.Refused("the server takes the key `*` with the value `*` alone", key);
            }
        }

        return new LabelSelector(entries.DrainToImmutable());
    }

    // Teleport, `RoleV6.CheckAndSetDefaults`: up to v3 a role that says nothing of labels selects everything. An empty selector is lost when the role is stored.
    private void FillIn(Node node)
    {
        if (version > 3)
        {
            return;
        }

        if (_labels.IsEmpty && !scope.Rules.HasOneCluster)
        {
            _labels = LabelSelector.Everything;
        }

        _other |= OtherAccess.NodeLabels | OtherAccess.DatabaseLabels;
        if (!ResourceScope.SaysSomething(node["app_labels"]))
        {
            _other |= OtherAccess.ApplicationLabels;
        }
    }

    private void ReadOther(Node key, Node value)
    {
        switch (key.Text)
        {
            case "node_labels" or "node_labels_expression":
                Note(value, OtherAccess.NodeLabels);
                break;
            case "logins":
                Note(value, OtherAccess.Logins);
                break;
            case "db_labels" or "db_labels_expression":
                Note(value, OtherAccess.DatabaseLabels);
                break;
            case "db_users" or "db_roles":
                Note(value, OtherAccess.DatabaseUsers);
                break;
            case "windows_desktop_labels" or "windows_desktop_labels_expression":
                Note(value, OtherAccess.DesktopLabels);
                break;
            case "windows_desktop_logins":
                Note(value, OtherAccess.DesktopLogins);
                break;
            case "app_labels" or "app_labels_expression":
                Note(value, OtherAccess.ApplicationLabels);
                _applications = key.Text == "app_labels" && value.Kind == NodeKind.Map ? LabelsOf(value) : null;
                break;
            case "db_names":
                break;
            case "require_session_join":
                if (ResourceScope.SaysSomething(value))
                {
                    scope.NotModelled("sessions that others must join are not modelled", key);
                }

                break;
            case "request":
                ReadRequest(key, value);
                break;
            case "impersonate":
                if (ResourceScope.SaysSomething(value))
                {
                    _impersonates = true;
                    Effect(key, "lets its holders take the certificates of others");
                    if (isAllow)
                    {
                        scope.Unsure("whom its holders can become is not modelled", key);
                    }
                }

                break;
            case "rules" or "review_requests" or "join_sessions" or "cluster_labels" or "cluster_labels_expression" or "db_service_labels" or "db_service_labels_expression"
                or "group_labels" or "group_labels_expression" or "workload_identity_labels" or "workload_identity_labels_expression" or "aws_role_arns" or "azure_identities"
                or "gcp_service_accounts" or "desktop_groups" or "host_groups" or "host_sudoers" or "db_permissions" or "spiffe" or "account_assignments" or "github_permissions" or "mcp":
                if (ResourceScope.SaysSomething(value))
                {
                    Effect(key, $"says something of `{key.Text}`");
                }

                break;
            default:
                scope.Unknown(key);
                break;
        }
    }

    private string LabelsOf(Node map)
    {
        var labels = new List<string>();
        foreach (var (label, values) in map.Pairs)
        {
            labels.AddRange(scope.Texts(values, mayBeOne: true).Select(text => $"{label.Text}={text}"));
        }

        return "applications " + string.Join(' ', labels);
    }

    private void Note(Node value, OtherAccess access)
    {
        if (ResourceScope.SaysSomething(value))
        {
            _other |= access;
        }
    }

    private void Effect(Node node, string what, string? topic = null) => scope.Effect(isAllow ? what : $"denies: {what}", node, topic);

    private void ReadRequest(Node key, Node value)
    {
        if (!ResourceScope.SaysSomething(value) || !scope.IsMap(value))
        {
            return;
        }

        Effect(key, "lets its holders ask for roles");
        if (isAllow)
        {
            _requestable = [.. scope.Texts(value["roles"]), .. scope.Texts(value["search_as_roles"])];
            if (value["claims_to_roles"] is { IsNothing: false } claims)
            {
                scope.NotModelled("`claims_to_roles` is not modelled", claims);
            }
        }
    }

    private void SayOtherAccess(Node node)
    {
        if (!isAllow)
        {
            if (_other != OtherAccess.None)
            {
                Effect(node, "it takes away from nodes, applications, databases or desktops");
            }

            return;
        }

        if (_other.HasFlag(OtherAccess.NodeLabels | OtherAccess.Logins))
        {
            Effect(node, "opens nodes");
        }

        if (_other.HasFlag(OtherAccess.ApplicationLabels) && scope.Rules.HasApplications)
        {
            Effect(node, "opens applications", _applications);
        }

        if (_other.HasFlag(OtherAccess.DatabaseLabels | OtherAccess.DatabaseUsers) && scope.Rules.HasDatabases)
        {
            Effect(node, "opens databases");
        }

        if (_other.HasFlag(OtherAccess.DesktopLabels | OtherAccess.DesktopLogins))
        {
            Effect(node, "opens desktops");
        }
    }
}
