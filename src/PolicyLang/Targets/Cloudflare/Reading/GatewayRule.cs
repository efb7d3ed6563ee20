using PolicyLang.Reading;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Targets.Cloudflare.Reading;

/// <summary>What kind of traffic a rule is about.</summary>
internal enum GatewayLayer
{
    /// <summary>Network connections; also a rule of which it is not known.</summary>
    Network,

    /// <summary>Requests in inspected connections.</summary>
    Http,

    /// <summary>Names and egress addresses: nothing that opens or closes a connection to an address.</summary>
    Other,
}

/// <summary>What a rule does where it matches.</summary>
internal enum GatewayEffect
{
    /// <summary>Lets the connection pass.</summary>
    Allow,

    /// <summary>Ends it; for HTTP, also what replaces the answer.</summary>
    Block,

    /// <summary>Keeps HTTP rules off the connection.</summary>
    NoInspect,

    /// <summary>Nothing that decides about a connection.</summary>
    None,

    /// <summary>Not known: it leads elsewhere, or the rule is not understood.</summary>
    Unknown,
}

/// <summary>One of the three expressions of a rule, which must all hold or be empty.</summary>
/// <param name="Node">The expression; absent for one that always holds, or that is not known.</param>
/// <param name="IsUnknown">Whether it is not known.</param>
internal sealed record RulePart(FilterNode? Node, bool IsUnknown)
{
    public static RulePart Empty { get; } = new(null, false);

    public static RulePart Unknown { get; } = new(null, true);
}

/// <summary>Where a rule's number comes from, since the scales differ.</summary>
internal enum PrecedenceScale
{
    /// <summary>The account's own.</summary>
    Account,

    /// <summary>Versions 3 and 4 of the Terraform provider, which send a thousand times the number plus the rest of the name's CRC-32.</summary>
    Thousandfold,

    /// <summary>Terraform, of a version that is not said.</summary>
    Unsaid,
}

/// <summary>A rule as read from an artefact.</summary>
/// <param name="Name">Its name.</param>
/// <param name="NameInAccount">Its name, where it is known to the letter.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Layer">What it is about.</param>
/// <param name="Effect">What it does.</param>
/// <param name="Action">What it says that it does.</param>
/// <param name="IsEnabled">Whether it is in force.</param>
/// <param name="Precedence">Its number as written; absent where it is not known.</param>
/// <param name="Scale">The scale of the number.</param>
/// <param name="Traffic">Which traffic.</param>
/// <param name="Identity">Whose.</param>
/// <param name="Posture">From which devices.</param>
internal sealed record GatewayRule(
    string Name,
    string? NameInAccount,
    ArtefactPlace Place,
    GatewayLayer Layer,
    GatewayEffect Effect,
    string Action,
    bool IsEnabled,
    long? Precedence,
    PrecedenceScale Scale,
    RulePart Traffic,
    RulePart Identity,
    RulePart Posture);
