using System.Collections.Immutable;

namespace PolicyLang.Targets.Cloudflare;

/// <summary>
/// A Gateway expression as a tree. Nothing in the target pastes expressions together as text: a name cannot end a string or a set.
/// Only positive comparisons exist, because a negated one holds for people of whom nothing is known.
/// </summary>
internal abstract record GatewayExpression;

/// <summary>All operands hold.</summary>
/// <param name="Operands">At least one.</param>
internal sealed record GatewayConjunction(ImmutableArray<GatewayExpression> Operands) : GatewayExpression;

/// <summary>At least one operand holds.</summary>
/// <param name="Operands">At least one.</param>
internal sealed record GatewayDisjunction(ImmutableArray<GatewayExpression> Operands) : GatewayExpression;

/// <summary>The field has the value.</summary>
/// <param name="Field">A field with one value.</param>
/// <param name="Value">The value.</param>
internal sealed record GatewayEquality(GatewayField Field, GatewayValue Value) : GatewayExpression;

/// <summary>The field, or one of its values where it has several, is in the set.</summary>
/// <param name="Field">The field.</param>
/// <param name="Values">The set.</param>
internal sealed record GatewayMembership(GatewayField Field, GatewayValueSet Values) : GatewayExpression;

/// <summary>A field that an expression may look at.</summary>
/// <param name="Name">Its name in the language.</param>
/// <param name="HasManyValues">Whether it is an array, which needs <c>any(…[*] …)</c>.</param>
internal sealed record GatewayField(string Name, bool HasManyValues)
{
    /// <summary>The address that a connection goes to, in network rules.</summary>
    public static GatewayField DestinationAddress { get; } = new("net.dst.ip", HasManyValues: false);

    /// <summary>The port that a connection goes to.</summary>
    public static GatewayField DestinationPort { get; } = new("net.dst.port", HasManyValues: false);

    /// <summary>The transport protocol.</summary>
    public static GatewayField Protocol { get; } = new("net.protocol", HasManyValues: false);

    /// <summary>The virtual network, in network rules.</summary>
    public static GatewayField VirtualNetwork { get; } = new("net.vnet_id", HasManyValues: false);

    /// <summary>The addresses that a request goes to, in HTTP rules.</summary>
    public static GatewayField RequestAddresses { get; } = new("http.conn.dst_ip", HasManyValues: true);

    /// <summary>The virtual network, in HTTP rules.</summary>
    public static GatewayField RequestVirtualNetwork { get; } = new("http.conn.vnet_id", HasManyValues: false);

    /// <summary>The e-mail address of a person, compared byte by byte.</summary>
    public static GatewayField Email { get; } = new("identity.email", HasManyValues: false);

    /// <summary>The names of a person's groups at the identity provider.</summary>
    public static GatewayField GroupNames { get; } = new("identity.groups.name", HasManyValues: true);

    /// <summary>The identifiers of a person's groups at the identity provider.</summary>
    public static GatewayField GroupIds { get; } = new("identity.groups.id", HasManyValues: true);

    /// <summary>The posture checks that the device passed.</summary>
    public static GatewayField PassedChecks { get; } = new("device_posture.checks.passed", HasManyValues: true);
}

/// <summary>A value in an expression.</summary>
internal abstract record GatewayValue;

/// <summary>An address.</summary>
/// <param name="Address">The address.</param>
internal sealed record GatewayAddress(HostAddress Address) : GatewayValue;

/// <summary>A number.</summary>
/// <param name="Number">The number.</param>
internal sealed record GatewayNumber(int Number) : GatewayValue;

/// <summary>A text, compared byte by byte.</summary>
/// <param name="Text">The text, free of control characters.</param>
internal sealed record GatewayText(string Text) : GatewayValue;

/// <summary>A set of values.</summary>
internal abstract record GatewayValueSet;

/// <summary>Values that stand in the expression.</summary>
/// <param name="Values">The values in order. Never empty.</param>
internal sealed record GatewayInlineSet(ImmutableArray<GatewayValue> Values) : GatewayValueSet
{
    /// <summary>The set of some texts.</summary>
    public static GatewayInlineSet OfTexts(IEnumerable<string> texts) => new([.. texts.Select(t => new GatewayText(t))]);

    /// <summary>The set of some addresses.</summary>
    public static GatewayInlineSet OfAddresses(IEnumerable<HostAddress> addresses) => new([.. addresses.Select(a => new GatewayAddress(a))]);
}

/// <summary>The entries of a Zero Trust list.</summary>
/// <param name="List">The list.</param>
internal sealed record GatewayListSet(GatewayList List) : GatewayValueSet;

/// <summary>A Zero Trust list of addresses.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Label">Its Terraform label.</param>
/// <param name="Id">Its identifier where it exists already: a UUID with dashes.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Addresses">Its entries.</param>
internal sealed record GatewayList(string Name, string Label, string? Id, string Description, ImmutableArray<HostAddress> Addresses);
