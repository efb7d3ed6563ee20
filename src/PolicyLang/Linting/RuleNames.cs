namespace PolicyLang.Linting;

/// <summary>How categories, levels and lifecycles are written.</summary>
public static class RuleNames
{
    /// <summary>The name of a category in settings and documentation.</summary>
    public static string Of(RuleCategory category) => category.ToString().ToLowerInvariant();

    /// <summary>The name of a level.</summary>
    public static string Of(LintLevel level) => level.ToString().ToLowerInvariant();

    /// <summary>The name of a lifecycle.</summary>
    public static string Of(RuleLifecycle lifecycle) => lifecycle.ToString().ToLowerInvariant();

    /// <summary>What the files of a system are called: <c>policies</c>, <c>Kubernetes RBAC</c>.</summary>
    public static string Of(RuleSystem system) => system switch
    {
        RuleSystem.Policy => "policies",
        RuleSystem.Kubernetes => "Kubernetes RBAC",
        RuleSystem.Tailscale => "tailnet policy files",
        RuleSystem.Teleport => "Teleport resources",
        RuleSystem.Cloudflare => "Cloudflare Gateway rules",
        RuleSystem.Clouds => "Terraform for clouds",
        _ => "all files",
    };
}
