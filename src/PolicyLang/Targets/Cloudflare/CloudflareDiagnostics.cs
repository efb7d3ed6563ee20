using PolicyLang.Diagnostics;

namespace PolicyLang.Targets.Cloudflare;

/// <summary>The diagnostics of the Cloudflare target.</summary>
public static class CloudflareDiagnostics
{
    /// <summary>An account that is neither an identifier nor a reference.</summary>
    public static readonly DiagnosticDescriptor InvalidAccount = new("cloudflare-invalid-account", DiagnosticSeverity.Error, "the account of a Cloudflare path is neither an account identifier nor a Terraform reference");

    /// <summary>Two path instances that may write into one account.</summary>
    public static readonly DiagnosticDescriptor SharedAccount = new("cloudflare-shared-account", DiagnosticSeverity.Error, "two Cloudflare paths may write into one account, where rules of one would come before rules of the other");

    /// <summary>A range of precedences that is too small or upside down.</summary>
    public static readonly DiagnosticDescriptor InvalidPrecedence = new("cloudflare-invalid-precedence", DiagnosticSeverity.Error, "the range of precedences of a Cloudflare path is too small for its three bands");

    /// <summary>Two rules that would get one precedence.</summary>
    public static readonly DiagnosticDescriptor PrecedenceCollision = new("cloudflare-precedence-collision", DiagnosticSeverity.Error, "two Gateway rules would get the same precedence, which the account refuses");

    /// <summary>A session duration that is none.</summary>
    public static readonly DiagnosticDescriptor InvalidDuration = new("cloudflare-invalid-duration", DiagnosticSeverity.Error, "a session duration is not written in hours, minutes and seconds");

    /// <summary>A text for people that holds control characters.</summary>
    public static readonly DiagnosticDescriptor InvalidMessage = new("cloudflare-invalid-message", DiagnosticSeverity.Error, "the message of a block rule holds characters that it cannot show");

    /// <summary>An output folder that leaves the output root or clashes with another.</summary>
    public static readonly DiagnosticDescriptor InvalidOutput = new("cloudflare-invalid-output", DiagnosticSeverity.Error, "the output folder of a Cloudflare path is not a folder below the output root, or is another path's");

    /// <summary>An address that is no single host's.</summary>
    public static readonly DiagnosticDescriptor InvalidAddress = new("cloudflare-invalid-address", DiagnosticSeverity.Error, "an address of a cluster is not the address of one host");

    /// <summary>One address given twice, in whatever spelling.</summary>
    public static readonly DiagnosticDescriptor SharedAddress = new("cloudflare-shared-address", DiagnosticSeverity.Error, "one address is given twice, so that a gate to one cluster would open the other");

    /// <summary>A virtual network that is no identifier.</summary>
    public static readonly DiagnosticDescriptor InvalidVirtualNetwork = new("cloudflare-invalid-vnet", DiagnosticSeverity.Error, "the virtual network of a cluster is not given by its identifier");

    /// <summary>A list that cannot be referred to.</summary>
    public static readonly DiagnosticDescriptor InvalidList = new("cloudflare-invalid-list", DiagnosticSeverity.Error, "the list of a cluster's addresses cannot be referred to");

    /// <summary>A tunnel that cannot be routed through.</summary>
    public static readonly DiagnosticDescriptor InvalidTunnel = new("cloudflare-invalid-tunnel", DiagnosticSeverity.Error, "the tunnel of a cluster cannot be written");

    /// <summary>A posture that is not given by posture check identifiers.</summary>
    public static readonly DiagnosticDescriptor InvalidPosture = new("cloudflare-invalid-posture", DiagnosticSeverity.Error, "a posture is not given by the identifiers of device posture checks");

    /// <summary>A group's name that an expression cannot hold.</summary>
    public static readonly DiagnosticDescriptor InvalidGroup = new("cloudflare-invalid-group", DiagnosticSeverity.Error, "the name of a group cannot stand in a Gateway expression");

    /// <summary>A name of another provider than the path's.</summary>
    public static readonly DiagnosticDescriptor ForeignGroup = new("cloudflare-foreign-group", DiagnosticSeverity.Error, "a group is named as another identity provider names it than the one that Gateway sees");

    /// <summary>A person who is not named by e-mail.</summary>
    public static readonly DiagnosticDescriptor InvalidEmail = new("cloudflare-invalid-email", DiagnosticSeverity.Error, "Gateway knows people by e-mail, and this is none");

    /// <summary>A subject that Gateway cannot recognise.</summary>
    public static readonly DiagnosticDescriptor UnsupportedPrincipal = new("cloudflare-unsupported-principal", DiagnosticSeverity.Error, "Gateway cannot recognise a machine: its traffic carries no identity");

    /// <summary>More objects than an account may have.</summary>
    public static readonly DiagnosticDescriptor LimitExceeded = new("cloudflare-limit-exceeded", DiagnosticSeverity.Error, "a path needs more rules, lists, entries or routes than an account may have");
}
