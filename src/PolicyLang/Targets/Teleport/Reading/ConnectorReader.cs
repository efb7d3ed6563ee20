using System.Buffers;
using System.Collections.Immutable;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>Reads what a GitHub connector's <c>spec</c> says.</summary>
internal sealed class ConnectorReader(ResourceScope scope, ArtefactPlace place, bool isCustomResource)
{
    private readonly ImmutableArray<TeamMapping>.Builder _logins = ImmutableArray.CreateBuilder<TeamMapping>();
    private readonly ImmutableArray<TeamMapping>.Builder _roles = ImmutableArray.CreateBuilder<TeamMapping>();
    private string _endpoint = "";

    public ConnectorModel Read(string name, Node spec)
    {
        if (scope.IsMap(spec))
        {
            foreach (var (key, value) in spec.Pairs)
            {
                ReadKey(key, value);
            }
        }

        if (_logins.Count == 0 && _roles.Count == 0)
        {
            scope.Refused("no mappings defined", spec);
        }

        return new ConnectorModel(name, [.. _logins, .. _roles], _endpoint, place);
    }

    private void ReadKey(Node key, Node value)
    {
        switch (key.Text)
        {
            case "client_id" or "client_secret" or "display" or "redirect_url":
                break;
            case "endpoint_url" or "api_endpoint_url":
                if (scope.Text(value) is { Length: > 0 } url)
                {
                    _endpoint += key.Text + "=" + url + " ";
                    if (!scope.Rules.Server.IsEnterprise)
                    {
                        scope.Refused("a GitHub Enterprise Server is for the enterprise edition", key);
                    }
                }

                break;
            case "client_redirect_settings":
                if (ResourceScope.SaysSomething(value))
                {
                    scope.Effect("lets logins be sent to further addresses", key);
                }

                break;
            case "user_matchers":
                if (ResourceScope.SaysSomething(value))
                {
                    scope.Effect("is offered to some user names only, which keeps nobody out", key);
                }

                break;
            case "teams_to_logins":
                if (isCustomResource && ResourceScope.SaysSomething(value))
                {
                    scope.NotModelled("the custom resource has no `teams_to_logins`", key);
                }

                ReadMappings(value, _logins, "logins");
                break;
            case "teams_to_roles":
                if (!scope.Rules.HasTeamsToRoles && ResourceScope.SaysSomething(value))
                {
                    scope.NotModelled("servers before version 10 do not know `teams_to_roles`", key);
                }

                ReadMappings(value, _roles, "roles");
                break;
            default:
                scope.Unknown(key);
                break;
        }
    }

    private void ReadMappings(Node node, ImmutableArray<TeamMapping>.Builder mappings, string rolesKey)
    {
        if (node.IsNothing)
        {
            return;
        }

        if (node.Kind != NodeKind.List)
        {
            scope.Refused("a list of mappings is needed here", node);
            return;
        }

        foreach (var item in node.Items)
        {
            if (scope.IsMap(item))
            {
                mappings.Add(ReadMapping(item, rolesKey));
            }
        }
    }

    private TeamMapping ReadMapping(Node item, string rolesKey)
    {
        var (organization, team) = ("", "");
        ImmutableArray<RoleReference> roles = [];
        ImmutableArray<string> groups = [];
        ImmutableArray<string> users = [];
        foreach (var (key, value) in item.Pairs)
        {
            switch (key.Text)
            {
                case "organization":
                    organization = scope.Text(value);
                    break;
                case "team":
                    team = scope.Text(value);
                    break;
                case "kubernetes_groups" when rolesKey == "logins":
                    groups = scope.Texts(value);
                    break;
                case "kubernetes_users" when rolesKey == "logins":
                    users = scope.Texts(value);
                    if (scope.Rules.Server.Major < 6 && !users.IsEmpty)
                    {
                        scope.NotModelled("not every server before version 6 takes `kubernetes_users` from a connector", key);
                    }

                    break;
                case var name when name == rolesKey:
                    roles = RoleReferences.Read(scope, value);
                    foreach (var login in scope.Rules.HasRoles ? [] : roles)
                    {
                        scope.Effect($"lets the members of `{organization}/{team}` log in to nodes as `{login.Name}`", key, $"node login {login.Name}");
                    }

                    break;
                default:
                    scope.Unknown(key);
                    break;
            }
        }

        if (team.Length == 0)
        {
            scope.Refused("a mapping has no `team`", item);
        }

        if (scope.Rules.ConnectorGivesTraits)
        {
            return new TeamMapping(organization, team, roles, groups, users, item.Place);
        }

        return new TeamMapping(organization, team, roles, [], [], item.Place);
    }
}

/// <summary>Reads lists of role names.</summary>
internal static class RoleReferences
{
    private const string Before = "${teleport_role.";

    private static readonly SearchValues<char> s_noLabel = SearchValues.Create(".[]${}");

    private static readonly string[] s_after = [".metadata.name}", ".id}"];

    public static ImmutableArray<RoleReference> Read(ResourceScope scope, Node node)
    {
        if (node.Kind != NodeKind.List)
        {
            scope.Texts(node);
            return [];
        }

        var references = ImmutableArray.CreateBuilder<RoleReference>();
        foreach (var item in node.Items)
        {
            references.Add(scope.IsTerraform && LabelIn(item.Text) is { } label ? new RoleReference(label, true, item.Place) : new RoleReference(scope.Text(item), false, item.Place));
        }

        return references.DrainToImmutable();
    }

    private static string? LabelIn(string text)
    {
        foreach (var after in s_after)
        {
            if (text.StartsWith(Before, StringComparison.Ordinal) && text.EndsWith(after, StringComparison.Ordinal) && text.Length > Before.Length + after.Length)
            {
                var label = text[Before.Length..^after.Length];
                return label.AsSpan().ContainsAny(s_noLabel) ? null : label;
            }
        }

        return null;
    }
}
