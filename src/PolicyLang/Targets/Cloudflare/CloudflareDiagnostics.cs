using PolicyLang.Diagnostics;

namespace PolicyLang.Targets.Cloudflare;

/// <summary>The diagnostics of the Cloudflare target.</summary>
public static class CloudflareDiagnostics
{
    /// <summary>An account that is neither an identifier nor a reference.</summary>
    public static readonly DiagnosticDescriptor InvalidAccount = new("cloudflare-invalid-account", DiagnosticSeverity.Error, "the account of a Cloudflare path is neither an account identifier nor a Terraform reference")
    {
        Explanation =
            "`account` of a Cloudflare path is the account's identifier, 32 hexadecimal digits, or a Terraform reference such as `${var.account_id}`. Rules must "
            + "not end up in another account by a name that was guessed. Write one of the two.",
    };

    /// <summary>Two path instances that may write into one account.</summary>
    public static readonly DiagnosticDescriptor SharedAccount = new("cloudflare-shared-account", DiagnosticSeverity.Error, "two Cloudflare paths may write into one account, where rules of one would come before rules of the other")
    {
        Explanation =
            "Two Cloudflare paths write into one account, or policyc cannot tell that they do not. An account has one order for all rules and the first that "
            + "matches decides, so rules of one path would stand before blocks of the other. Give each path the `account` that it writes into; one account takes one "
            + "path.",
    };

    /// <summary>A range of precedences that is too small or upside down.</summary>
    public static readonly DiagnosticDescriptor InvalidPrecedence = new("cloudflare-invalid-precedence", DiagnosticSeverity.Error, "the range of precedences of a Cloudflare path is too small for its three bands")
    {
        Explanation =
            "`precedence` gives the numbers that policyc may use for its rules. It divides them into three bands: all allow rules, then all blocks, then the Do Not "
            + "Inspect rules. This range is too small for them. Widen it, or leave it out for 1000000 to 9999999.",
    };

    /// <summary>Two rules that would get one precedence.</summary>
    public static readonly DiagnosticDescriptor PrecedenceCollision = new("cloudflare-precedence-collision", DiagnosticSeverity.Error, "two Gateway rules would get the same precedence, which the account refuses")
    {
        Explanation =
            "The number of a Gateway rule is a hash of its name, so that no rule moves when another one is added. Two names fell on one number, which the account "
            + "refuses. Set `slot` of one of the clusters to the number that the finding names, which moves its rules out of the way.",
    };

    /// <summary>A session duration that is none.</summary>
    public static readonly DiagnosticDescriptor InvalidDuration = new("cloudflare-invalid-duration", DiagnosticSeverity.Error, "a session duration is not written in hours, minutes and seconds")
    {
        Explanation =
            "`check_session` says how recent a login must be, in hours, minutes and seconds in this order, such as `12h` or `1h30m`. Another text would be refused "
            + "by Cloudflare, or mean another time than you think. Correct it.",
    };

    /// <summary>A text for people that holds control characters.</summary>
    public static readonly DiagnosticDescriptor InvalidMessage = new("cloudflare-invalid-message", DiagnosticSeverity.Error, "the message of a block rule holds characters that it cannot show")
    {
        Explanation =
            "`notify` is the message that people see whose connection was blocked, one line of text without control characters. Shorten it to one line, or leave it "
            + "out for no message.",
    };

    /// <summary>An output folder that leaves the output root or clashes with another.</summary>
    public static readonly DiagnosticDescriptor InvalidOutput = new("cloudflare-invalid-output", DiagnosticSeverity.Error, "the output folder of a Cloudflare path is not a folder below the output root, or is another path's")
    {
        Explanation =
            "`output` of a Cloudflare path is a folder below the output root, for this path alone: a Terraform module takes all files of its folder together. Write "
            + "a relative path with forward slashes, such as `cloudflare/`.",
    };

    /// <summary>An address that is no single host's.</summary>
    public static readonly DiagnosticDescriptor InvalidAddress = new("cloudflare-invalid-address", DiagnosticSeverity.Error, "an address of a cluster is not the address of one host")
    {
        Explanation =
            "`addresses` lists every IPv4 and IPv6 address of the API server, each of one host. A network would open and block more than this cluster, and a name "
            + "is not what Gateway's network rules compare. Write the addresses one by one.",
        Example = """
            cluster prod {
              cloudflare     { addresses = ["198.51.100.0/24"] }
              authentication { oidc { people = okta  groups_prefix = "oidc:" } }
            }
            """,
    };

    /// <summary>One address given twice, in whatever spelling.</summary>
    public static readonly DiagnosticDescriptor SharedAddress = new("cloudflare-shared-address", DiagnosticSeverity.Error, "one address is given twice, so that a gate to one cluster would open the other")
    {
        Explanation =
            "One address is given twice, in whatever spelling. Where two clusters have it, whoever is let through to one reaches the other. Different virtual "
            + "networks do not help, because the block of a cluster covers all of them. Give each cluster addresses of its own.",
    };

    /// <summary>A virtual network that is no identifier.</summary>
    public static readonly DiagnosticDescriptor InvalidVirtualNetwork = new("cloudflare-invalid-vnet", DiagnosticSeverity.Error, "the virtual network of a cluster is not given by its identifier")
    {
        Explanation =
            "`vnet` takes the UUID of a virtual network. Names are not unique and can be given to another network later, so a rule by name could open another one. "
            + "Write the UUID.",
        Example = """
            cluster prod { cloudflare { addresses = ["10.20.0.5"]  vnet = "corporate" } }
            """,
    };

    /// <summary>A list that cannot be referred to.</summary>
    public static readonly DiagnosticDescriptor InvalidList = new("cloudflare-invalid-list", DiagnosticSeverity.Error, "the list of a cluster's addresses cannot be referred to")
    {
        Explanation =
            "With `list = true`, allow rules refer to a Zero Trust list of the cluster's addresses, and rules refer to lists by identifier. Files for the API need "
            + "`list_id`, which is unknown before the list exists; Terraform makes the list itself and would make a second one beside it. Choose one form by `forms` "
            + "on the path, and give `list_id` for the API only.",
        Example = """
            cluster prod { cloudflare { addresses = ["198.51.100.1"]  list = true } }
            """,
    };

    /// <summary>A tunnel that cannot be routed through.</summary>
    public static readonly DiagnosticDescriptor InvalidTunnel = new("cloudflare-invalid-tunnel", DiagnosticSeverity.Error, "the tunnel of a cluster cannot be written")
    {
        Explanation =
            "`tunnel` takes the tunnel's UUID or a Terraform reference, and is written in the Terraform form only, as routes to the cluster's addresses. By a name "
            + "the route could lead through another tunnel. Write the UUID or a reference, or leave it out.",
        Example = """
            cluster prod { cloudflare { addresses = ["198.51.100.1"]  tunnel = "k8s-prod" } }
            """,
    };

    /// <summary>A posture that is not given by posture check identifiers.</summary>
    public static readonly DiagnosticDescriptor InvalidPosture = new("cloudflare-invalid-posture", DiagnosticSeverity.Error, "a posture is not given by the identifiers of device posture checks")
    {
        Explanation =
            "For Cloudflare, a posture gives the UUIDs of device posture checks, all of which must pass. A name, or no check at all, would check nothing. Write the "
            + "UUID, which Zero Trust shows beside the name of the check.",
        Example = """
            posture managed { cloudflare = "corporate laptop" }
            """,
    };

    /// <summary>A group's name that an expression cannot hold.</summary>
    public static readonly DiagnosticDescriptor InvalidGroup = new("cloudflare-invalid-group", DiagnosticSeverity.Error, "the name of a group cannot stand in a Gateway expression")
    {
        Explanation =
            "Gateway compares group names byte by byte in an expression, and this name holds something that an expression cannot. Rename the group at the identity "
            + "provider, or compare identifiers by `groups_by: id` on the path.",
    };

    /// <summary>A name of another provider than the path's.</summary>
    public static readonly DiagnosticDescriptor ForeignGroup = new("cloudflare-foreign-group", DiagnosticSeverity.Error, "a group is named as another identity provider names it than the one that Gateway sees")
    {
        Explanation =
            "Gateway sees the groups of one identity provider, that of the path's `people`. The subject names its group at another provider, and a group of the "
            + "same spelling at the path's provider may be a different one. Give the name that it has there.",
    };

    /// <summary>A person who is not named by e-mail.</summary>
    public static readonly DiagnosticDescriptor InvalidEmail = new("cloudflare-invalid-email", DiagnosticSeverity.Error, "Gateway knows people by e-mail, and this is none")
    {
        Explanation =
            "Gateway knows people by e-mail, and the name that this person has for the path is none. No connection would ever match it. Give the person an `email`, "
            + "or let the path see the people of a provider that knows them by e-mail.",
        Example = """
            user carol { cloudflare = "carol" }
            """,
    };

    /// <summary>A subject that Gateway cannot recognise.</summary>
    public static readonly DiagnosticDescriptor UnsupportedPrincipal = new("cloudflare-unsupported-principal", DiagnosticSeverity.Error, "Gateway cannot recognise a machine: its traffic carries no identity")
    {
        Explanation =
            "A machine's traffic carries no identity at Gateway, so a rule for it could only be a rule without identity, which lets everybody in. Give the machine "
            + "another path with `via`, such as Tailscale or Teleport.",
    };

    /// <summary>More objects than an account may have.</summary>
    public static readonly DiagnosticDescriptor LimitExceeded = new("cloudflare-limit-exceeded", DiagnosticSeverity.Error, "a path needs more rules, lists, entries or routes than an account may have")
    {
        Explanation =
            "The path needs more rules, lists, entries of a list or routes than an account may have, such as 500 network rules. The account would take some of them "
            + "and refuse the others. Name fewer subjects in the rules of this path by grouping them, or spread the clusters over several accounts.",
    };
}
