using PolicyLang.Data;

namespace PolicyLang.Targets.Teleport;

/// <summary>The settings that a Teleport path takes, and their defaults.</summary>
internal static class TeleportSettings
{
    public const string Version = "version";
    public const string Edition = "edition";
    public const string OldestAgent = "oldest_agent";
    public const string Form = "form";
    public const string OperatorNamespace = "operator_namespace";
    public const string Connector = "connector";
    public const string MaxSessionTtl = "max_session_ttl";
    public const string RequireSessionMfa = "require_session_mfa";
    public const string Logins = "logins";
    public const string Output = "output";
    public const string Label = "label";
    public const string ServiceAccount = "service_account";
    public const string ConnectorName = "name";
    public const string ConnectorDisplay = "display";
    public const string ClientId = "client_id";
    public const string ClientSecret = "client_secret";
    public const string RedirectUrl = "redirect_url";
    public const string EndpointUrl = "endpoint_url";
    public const string ApiEndpointUrl = "api_endpoint_url";

    public const string Community = "community";
    public const string Enterprise = "enterprise";
    public const string Tctl = "tctl";
    public const string Operator = "operator";

    public const string DefaultVersion = "18";
    public const string DefaultOperatorNamespace = "teleport";
    public const string DefaultConnectorName = "github";
    public const string DefaultDisplay = "GitHub";
    public const string DefaultClientId = "${GITHUB_CLIENT_ID}";
    public const string DefaultClientSecret = "${GITHUB_CLIENT_SECRET}";
    public const string DefaultOperatorSecret = "secret://teleport-github-connector/clientSecret";
    public const string DefaultRedirectUrl = "https://${TELEPORT_PROXY}/v1/webapi/github/callback";
    public const string DefaultMaxSessionTtl = "8h0m0s";

    /// <summary>The release name and namespace that <c>tctl tokens add --type=kube</c> prints; the chart names the account after the release.</summary>
    public const string DefaultAgentAccount = "teleport-agent/teleport-agent";

    /// <summary>Teleport 4 has no agent: the proxy itself stands in the cluster, installed by the chart <c>teleport</c>.</summary>
    public const string DefaultProxyAccount = "teleport/teleport";

    private static readonly SettingDefinition s_clientId = new(ClientId, SettingKind.Text, "the id of the GitHub OAuth application, or a placeholder such as `${GITHUB_CLIENT_ID}`") { Default = DefaultClientId };

    private static readonly SettingDefinition s_clientSecret = new(ClientSecret, SettingKind.Text, "where the OAuth application's secret comes from: `${NAME}`, for `tctl` also `<name>`, for the operator also `secret://name/key`") { Default = DefaultClientSecret };

    private static readonly SettingDefinition s_redirectUrl = new(RedirectUrl, SettingKind.Text, "the callback of the Teleport proxy, `https://…/v1/webapi/github/callback`") { Default = DefaultRedirectUrl };

    /// <summary>What a path instance takes.</summary>
    public static SettingSchema Path { get; } = new(
    [
        new(Version, SettingKind.Text, "the version of the Teleport servers, such as `18`, `18.2` or `18.2.1`") { Default = DefaultVersion },
        new(Edition, SettingKind.Text, "the edition of the Teleport servers") { Choices = [Community, Enterprise], Default = Enterprise },
        new(OldestAgent, SettingKind.Text, "the version of the oldest Teleport agent in any cluster; by default the servers' own"),
        new(Form, SettingKind.Text, "whether the files are for `tctl create -f` or are custom resources of the Teleport Kubernetes operator") { Choices = [Tctl, Operator], Default = Tctl },
        new(OperatorNamespace, SettingKind.Text, "the namespace that the operator watches") { Default = DefaultOperatorNamespace },
        new(Connector, SettingKind.Block, "the GitHub connector")
        {
            Children = new SettingSchema(
            [
                new(ConnectorName, SettingKind.Text, "the connector's name, which people pass to `tsh login --auth`") { Default = DefaultConnectorName },
                new(ConnectorDisplay, SettingKind.Text, "the name on the login button") { Default = DefaultDisplay },
                s_clientId,
                s_clientSecret,
                s_redirectUrl,
                new(EndpointUrl, SettingKind.Text, "the address of a GitHub Enterprise Server"),
                new(ApiEndpointUrl, SettingKind.Text, "the API address of a GitHub Enterprise Server"),
            ]),
        },
        new(MaxSessionTtl, SettingKind.Text, "how long a session lasts at most, and so how long a revocation may take, such as `8h` or `1h30m`") { Default = DefaultMaxSessionTtl },
        new(RequireSessionMfa, SettingKind.Flag, "whether people confirm every session with a second factor") { Default = "false" },
        new(Logins, SettingKind.TextList, "the Unix logins that Teleport 4 community wants for everybody"),
        new(Output, SettingKind.Text, "the folder of the files; by default the path's name"),
    ]);

    /// <summary>What a cluster says about the path.</summary>
    public static SettingSchema Cluster { get; } = new(
    [
        new(Label, SettingKind.Text, "the label `key=value` that this cluster's agent carries and no other; the key serves nothing else") { IsUniqueAcrossClusters = true },
        new(ServiceAccount, SettingKind.Text, "the agent's service account as `namespace/name`") { Default = DefaultAgentAccount },
        new(Connector, SettingKind.Block, "what differs in the connector of this cluster's own Teleport 4")
        {
            Children = new SettingSchema([s_clientId, s_clientSecret, s_redirectUrl]),
        },
    ]);
}
