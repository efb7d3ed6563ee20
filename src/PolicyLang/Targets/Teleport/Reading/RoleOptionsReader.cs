namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>What a role asks of its holders.</summary>
internal readonly record struct RoleDemands(bool SessionMfa, DeviceDemand Device, bool Request);

/// <summary>Reads a role's options. Those that bear on Kubernetes clusters are part of the model; those that give something else are other effects.</summary>
internal static class RoleOptionsReader
{
    public static RoleDemands Read(ResourceScope scope, Node options, Node spec)
    {
        var demands = default(RoleDemands);
        var forwardsPorts = true;
        var forwarding = options.IsMissing ? spec : options;
        if (scope.IsMap(options))
        {
            foreach (var (key, value) in options.Pairs)
            {
                switch (key.Text)
                {
                    case "port_forwarding":
                        (forwardsPorts, forwarding) = (scope.Flag(value) ?? true, key);
                        break;
                    case "require_session_mfa":
                        demands = demands with { SessionMfa = ReadMfa(scope, value) };
                        break;
                    case "device_trust_mode":
                        demands = demands with { Device = ReadDevice(scope, value) };
                        break;
                    case "request_access":
                        demands = demands with { Request = ReadRequestAccess(scope, value) };
                        break;
                    default:
                        ReadOther(scope, key, value);
                        break;
                }
            }
        }

        // Teleport fills in `true`.
        if (forwardsPorts)
        {
            scope.Effect("forwards ports of nodes", forwarding);
        }

        return demands;
    }

    private static bool ReadMfa(ResourceScope scope, Node value)
    {
        if (!scope.Rules.HasSessionMfa && ResourceScope.SaysSomething(value))
        {
            scope.NotModelled("the server does not know `require_session_mfa`", value);
        }

        switch (value.Kind)
        {
            case NodeKind.Number:
                return value.Text != "0";
            case NodeKind.Text:
                switch (value.Text)
                {
                    case "" or "off" or "no" or "false":
                        return false;
                    case "yes" or "true" or "session" or "multi-session" or "hardware_key" or "hardware_key_touch" or "hardware_key_pin" or "hardware_key_touch_and_pin":
                        return true;
                    default:
                        scope.NotModelled($"`require_session_mfa` is `{value.Text}`", value);
                        return true;
                }

            default:
                return scope.Flag(value) ?? false;
        }
    }

    private static DeviceDemand ReadDevice(ResourceScope scope, Node value)
    {
        var mode = scope.Text(value);
        switch (mode)
        {
            case "" or "off" or "optional":
                return DeviceDemand.Nobody;
            case "required" or "required-for-humans" when !scope.Rules.HasDeviceTrust:
                scope.NotModelled("servers before version 12 do not know `device_trust_mode`", value);
                return DeviceDemand.PerhapsEverybody;
            case "required" or "required-for-humans" when !scope.Rules.Server.IsEnterprise:
                scope.Unsure("whether the community edition heeds `device_trust_mode` is not known", value);
                return DeviceDemand.PerhapsEverybody;
            case "required":
                return DeviceDemand.Everybody;
            case "required-for-humans":
                return DeviceDemand.Humans;
            default:
                scope.NotModelled($"`device_trust_mode` is `{mode}`", value);
                return DeviceDemand.PerhapsEverybody;
        }
    }

    private static bool ReadRequestAccess(ResourceScope scope, Node value)
    {
        switch (scope.Text(value))
        {
            case "" or "optional":
                return false;
            default:
                scope.Unsure("who gets a login approved is not modelled", value);
                return true;
        }
    }

    private static void ReadOther(ResourceScope scope, Node key, Node value)
    {
        switch (key.Text)
        {
            case "max_session_ttl" or "cert_format" or "client_idle_timeout" or "disconnect_expired_cert" or "enhanced_recording" or "max_connections" or "max_kubernetes_connections"
                or "max_sessions" or "lock" or "record_session" or "request_prompt" or "desktop_clipboard" or "desktop_directory_sharing" or "ssh_file_copy" or "pin_source_ip"
                or "mfa_verification_interval" or "idp":
                break;
            case "forward_agent" or "permit_x11_forwarding" or "create_host_user" or "create_db_user" or "create_desktop_user":
                if (scope.Flag(value) == true)
                {
                    scope.Effect($"sets `{key.Text}`", key);
                }

                break;
            case "create_host_user_mode" or "create_db_user_mode":
                if (ResourceScope.SaysSomething(value) && value.Text is not ("off" or "0"))
                {
                    scope.Effect($"sets `{key.Text}`", key);
                }

                break;
            case "ssh_port_forwarding" or "cert_extensions" or "create_host_user_default_shell":
                if (ResourceScope.SaysSomething(value))
                {
                    scope.Effect($"sets `{key.Text}`", key);
                }

                break;
            default:
                scope.Unknown(key);
                break;
        }
    }
}
