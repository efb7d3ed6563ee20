using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts.Teleport;

namespace PolicyLang.Linting.Rules.Teleport;

internal sealed class TeleportMisspeltField : TeleportRule
{
    private static readonly string[] Conditions =
    [
        "kubernetes_labels", "kubernetes_labels_expression", "kubernetes_groups", "kubernetes_users", "kubernetes_resources", "namespaces", "node_labels", "node_labels_expression", "logins",
        "db_labels", "db_labels_expression", "db_users", "db_roles", "db_names", "db_permissions", "db_service_labels", "db_service_labels_expression", "windows_desktop_labels",
        "windows_desktop_labels_expression", "windows_desktop_logins", "app_labels", "app_labels_expression", "require_session_join", "request", "impersonate", "rules", "review_requests",
        "join_sessions", "cluster_labels", "cluster_labels_expression", "group_labels", "group_labels_expression", "workload_identity_labels", "workload_identity_labels_expression",
        "aws_role_arns", "azure_identities", "gcp_service_accounts", "desktop_groups", "host_groups", "host_sudoers", "spiffe", "account_assignments", "github_permissions", "mcp",
    ];

    private static readonly string[] Options =
    [
        "port_forwarding", "require_session_mfa", "device_trust_mode", "request_access", "max_session_ttl", "cert_format", "client_idle_timeout", "disconnect_expired_cert",
        "enhanced_recording", "max_connections", "max_kubernetes_connections", "max_sessions", "lock", "record_session", "request_prompt", "desktop_clipboard", "desktop_directory_sharing",
        "ssh_file_copy", "pin_source_ip", "mfa_verification_interval", "idp", "forward_agent", "permit_x11_forwarding", "create_host_user", "create_db_user", "create_desktop_user",
        "create_host_user_mode", "create_db_user_mode", "ssh_port_forwarding", "cert_extensions", "create_host_user_default_shell",
    ];

    private static readonly string[] Connector =
    [
        "client_id", "client_secret", "display", "redirect_url", "endpoint_url", "api_endpoint_url", "client_redirect_settings", "user_matchers", "teams_to_logins", "teams_to_roles",
    ];

    public override RuleDescription Description { get; } = new("teleport-misspelt-field", RuleSystem.Teleport, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "a field is nearly one that Teleport knows",
        Why = "Older `tctl` and Kubernetes itself drop fields that they do not know. `kubernetes_label` selects nothing, in a role of version v3 every cluster, and `kubernetes_resource` lets everything through.",
        Avoid = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_label: {env: [prod]}
                kubernetes_groups: [acme:sre]
                kubernetes_resources: [{kind: '*', namespace: '*', name: '*', verbs: ['*']}]
            """),
        Prefer = new("teleport.yaml", """
            kind: role
            version: v7
            metadata: {name: sre}
            spec:
              allow:
                kubernetes_labels: {env: [prod]}
                kubernetes_groups: [acme:sre]
                kubernetes_resources: [{kind: '*', namespace: '*', name: '*', verbs: ['*']}]
            """),
        References = [TeleportReferences.RoleSource, TeleportReferences.ConnectorSource],
        Fix = "writes the field that was meant",
    };

    protected override void Check(LintedTeleport teleport, LintReport report)
    {
        foreach (var role in teleport.Roles.Where(role => !role.IsOfOldProvider))
        {
            Check(role.Spec, ["allow", "deny", "options"], report);
            Check(role.Allow, Conditions, report);
            Check(role.Deny, Conditions, report);
            Check(TeleportData.Map(role.Spec, "options"), Options, report);
            foreach (var entry in new[] { role.Allow, role.Deny }.SelectMany(side => TeleportData.Maps(side, "kubernetes_resources")))
            {
                Check(entry, ["kind", "api_group", "namespace", "name", "verbs"], report);
            }
        }

        foreach (var connector in teleport.Connectors.Where(connector => !connector.IsOfOldProvider))
        {
            Check(connector.Spec, Connector, report);
            foreach (var mapping in connector.Mappings)
            {
                Check(mapping.Body, ["organization", "team", mapping.RolesKey, "kubernetes_groups", "kubernetes_users"], report);
            }
        }
    }

    private static void Check(DataMap? map, string[] known, LintReport report)
    {
        foreach (var entry in map?.Entries ?? [])
        {
            // Newer fields are not known here, so that only what surely is a slip counts.
            if (entry.Key.Length > 2 && !known.Contains(entry.Key, StringComparer.Ordinal) && Suggestions.Nearest(entry.Key, known) is { } meant && map!.Find(meant) is null
                && Math.Abs(meant.Length - entry.Key.Length) <= 2 && meant.AsSpan(0, 2).SequenceEqual(entry.Key.AsSpan(0, 2)))
            {
                report.Add(entry.KeyLocation, $"Teleport does not know the field `{entry.Key}`", $"did you mean `{meant}`?", new SuggestedFix($"write `{meant}`", IsSafe: false, [new TextEdit(entry.KeyLocation, meant)]));
            }
        }
    }
}
