namespace PolicyLang.Targets.Cloudflare;

/// <summary>What a rule does with traffic that matches.</summary>
internal enum GatewayAction
{
    /// <summary>Lets it through.</summary>
    Allow,

    /// <summary>Refuses it.</summary>
    Block,

    /// <summary>Keeps HTTP inspection off it. Grants nothing.</summary>
    NoInspect,
}

/// <summary>A Gateway rule. Only an allow rule has an identity and a posture, and it cannot be made without an identity: an empty one would let everyone in.</summary>
/// <param name="Gate">The cluster that it guards.</param>
/// <param name="Action">What it does.</param>
/// <param name="Name">Its name in the account.</param>
/// <param name="Label">Its Terraform label.</param>
/// <param name="Description">What it is for.</param>
internal abstract record GatewayRule(ClusterGate Gate, GatewayAction Action, string Name, string Label, string Description)
{
    /// <summary>The connections that it looks at.</summary>
    public abstract GatewayExpression Traffic { get; }
}

/// <summary>Lets some principals reach the port of a cluster, in its virtual network.</summary>
/// <param name="Gate">The cluster.</param>
/// <param name="Name">Its name in the account.</param>
/// <param name="Label">Its Terraform label.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Identity">Who.</param>
/// <param name="Posture">On which devices; nothing for all.</param>
internal sealed record GatewayAllow(ClusterGate Gate, string Name, string Label, string Description, GatewayExpression Identity, GatewayExpression? Posture)
    : GatewayRule(Gate, GatewayAction.Allow, Name, Label, Description)
{
    /// <inheritdoc/>
    public override GatewayExpression Traffic
    {
        get
        {
            GatewayValueSet addresses = Gate.List is { } list ? new GatewayListSet(list) : GatewayInlineSet.OfAddresses(Gate.Addresses);
            var reached = new GatewayConjunction(
            [
                new GatewayMembership(GatewayField.DestinationAddress, addresses),
                new GatewayEquality(GatewayField.DestinationPort, new GatewayNumber(Gate.Port)),
                new GatewayEquality(GatewayField.Protocol, new GatewayText("tcp")),
            ]);
            return Gate.VirtualNetwork is { } vnet
                ? new GatewayConjunction(reached.Operands.Add(new GatewayEquality(GatewayField.VirtualNetwork, new GatewayText(vnet))))
                : reached;
        }
    }
}

/// <summary>
/// Refuses everything that no allow rule let through: every address of the cluster on every port, protocol and virtual network, for everyone.
/// It names the addresses themselves and no list, so that nobody opens the cluster by an edit of the list.
/// </summary>
/// <param name="Gate">The cluster.</param>
/// <param name="Name">Its name in the account.</param>
/// <param name="Label">Its Terraform label.</param>
/// <param name="Description">What it is for.</param>
internal sealed record GatewayBlock(ClusterGate Gate, string Name, string Label, string Description)
    : GatewayRule(Gate, GatewayAction.Block, Name, Label, Description)
{
    /// <inheritdoc/>
    public override GatewayExpression Traffic => new GatewayMembership(GatewayField.DestinationAddress, GatewayInlineSet.OfAddresses(Gate.Addresses));
}

/// <summary>Keeps HTTP inspection, which breaks client certificates and upgraded connections, off the cluster and off nothing else.</summary>
/// <param name="Gate">The cluster.</param>
/// <param name="Name">Its name in the account.</param>
/// <param name="Label">Its Terraform label.</param>
/// <param name="Description">What it is for.</param>
internal sealed record GatewayNoInspect(ClusterGate Gate, string Name, string Label, string Description)
    : GatewayRule(Gate, GatewayAction.NoInspect, Name, Label, Description)
{
    /// <inheritdoc/>
    public override GatewayExpression Traffic
    {
        get
        {
            var addresses = new GatewayMembership(GatewayField.RequestAddresses, GatewayInlineSet.OfAddresses(Gate.Addresses));
            return Gate.VirtualNetwork is { } vnet
                ? new GatewayConjunction([addresses, new GatewayEquality(GatewayField.RequestVirtualNetwork, new GatewayText(vnet))])
                : addresses;
        }
    }
}
