using System.Collections.Immutable;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Tailscale.Reading;

/// <summary>A policy file as a list of rules and names. What could not be understood is reported in <see cref="Problems"/> and marked where it stands.</summary>
internal sealed class TailnetFile(PolicyText text)
{
    public PolicyText Text { get; } = text;

    /// <summary>Whether something at the top was not understood, so that anything may hold.</summary>
    public bool IsUnclear { get; set; }

    /// <summary>Whether <c>grants</c> or <c>acls</c> is there: without both, everything is allowed.</summary>
    public bool HasRules { get; set; }

    /// <summary>The rules: grants, then acls, in file order.</summary>
    public List<AccessRule> Rules { get; } = [];

    public Dictionary<string, NamedList> Groups { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, NamedList> TagOwners { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, NamedList> IpSets { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, NamedList> Postures { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, TextAt> Hosts { get; } = new(StringComparer.Ordinal);

    public ImmutableArray<TextAt> DefaultPostures { get; set; } = [];

    /// <summary>What is approved without asking: a route, a service, exit nodes.</summary>
    public List<NamedList> Approvals { get; } = [];

    public List<SshRule> Ssh { get; } = [];

    public List<NodeAttribute> NodeAttributes { get; } = [];

    public List<ReachTest> Tests { get; } = [];

    public List<SshTest> SshTests { get; } = [];

    /// <summary>What entries of <c>ip</c> that were met mean.</summary>
    public Dictionary<string, ImmutableArray<ProtocolPorts>> Networks { get; } = new(StringComparer.Ordinal);

    /// <summary>Settings of the tailnet: top-level keys that no rule reads.</summary>
    public List<TextAt> Settings { get; } = [];

    /// <summary>In the order in which they were found.</summary>
    public List<ReadingProblem> Problems { get; } = [];

    public void Refuse(string message, int offset) => Problems.Add(new ReadingProblem(ReadingProblemKind.Refused, message, Text.Place(offset)));

    public void NotModelled(string message, int offset) => Problems.Add(new ReadingProblem(ReadingProblemKind.NotModelled, message, Text.Place(offset)));
}

/// <summary>A name with a list of names or expressions.</summary>
/// <param name="Name">The name.</param>
/// <param name="Offset">Where it stands.</param>
/// <param name="Items">The list.</param>
/// <param name="IsUnclear">Whether part of it was not understood, or the name stands twice.</param>
internal sealed record NamedList(string Name, int Offset, ImmutableArray<TextAt> Items, bool IsUnclear);

/// <summary>A grant or a rule of <c>acls</c>.</summary>
/// <param name="Offset">Where it stands.</param>
/// <param name="IsGrant">Whether it is a grant.</param>
/// <param name="Sources">From whom.</param>
/// <param name="Destinations">To what.</param>
/// <param name="Network">Protocols and ports of a grant; the protocol of a rule of <c>acls</c>, whose ports stand beside its destinations.</param>
/// <param name="Capabilities">Application capabilities.</param>
/// <param name="Postures">The postures one of which must hold; absent where the rule does not say.</param>
/// <param name="Via">The tags of routers that the traffic must take.</param>
/// <param name="IsUnclear">Whether part of it was not understood.</param>
internal sealed record AccessRule(
    int Offset,
    bool IsGrant,
    ImmutableArray<TextAt> Sources,
    ImmutableArray<RuleDestination> Destinations,
    ImmutableArray<ProtocolPorts> Network,
    ImmutableArray<Capability> Capabilities,
    ImmutableArray<TextAt>? Postures,
    ImmutableArray<TextAt> Via,
    bool IsUnclear)
{
    /// <summary>Whether packets of a protocol to a port pass, as far as it does not stand beside the destinations.</summary>
    public bool Opens(int protocol, int port)
    {
        foreach (var entry in Network)
        {
            if (entry.Opens(protocol, port))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether packets of a protocol to a port of a destination pass.</summary>
    public bool Opens(RuleDestination destination, int protocol, int port) => Opens(protocol, port) && destination.Opens(protocol, port, IsGrant);

    /// <summary>Whether what passes goes to single TCP ports of some, as far as it does not stand beside the destinations.</summary>
    public bool IsTcpOnly(int[] ports)
    {
        foreach (var entry in Network)
        {
            if (entry.Protocol != ProtocolPorts.Tcp || (IsGrant && !entry.IsTcpOnly(ports)))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A destination of a rule.</summary>
/// <param name="Selector">What it selects.</param>
/// <param name="Offset">Where it stands.</param>
/// <param name="Ports">The ports that stand beside it in <c>acls</c>; empty in a grant.</param>
internal readonly record struct RuleDestination(string Selector, int Offset, ImmutableArray<PortRange> Ports)
{
    public bool Opens(int protocol, int port, bool isGrant)
    {
        if (isGrant || protocol is not (ProtocolPorts.Tcp or ProtocolPorts.Udp))
        {
            return true;
        }

        foreach (var range in Ports)
        {
            if (range.Contains(port))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>An application capability of a grant.</summary>
/// <param name="Name">The name.</param>
/// <param name="Offset">Where it stands.</param>
/// <param name="Values">What holders of the capability are told to be allowed.</param>
internal readonly record struct Capability(string Name, int Offset, PolicyNode[] Values);

/// <summary>A rule of Tailscale SSH.</summary>
internal sealed record SshRule(int Offset, TextAt Action, ImmutableArray<TextAt> Sources, ImmutableArray<TextAt> Destinations, ImmutableArray<TextAt> Users, TextAt? CheckPeriod, ImmutableArray<TextAt> AcceptEnv);

/// <summary>Attributes that nodes get.</summary>
internal sealed record NodeAttribute(int Offset, ImmutableArray<TextAt> Targets, ImmutableArray<TextAt> Attributes, ImmutableArray<TextAt> Pools);

/// <summary>A test of what a source reaches.</summary>
internal sealed record ReachTest(int Offset, TextAt? Source, TextAt? Protocol, ImmutableArray<TextAt> Accept, ImmutableArray<TextAt> Deny);

/// <summary>A test of what Tailscale SSH lets a source do.</summary>
internal sealed record SshTest(int Offset, TextAt? Source, ImmutableArray<TextAt> Destinations, ImmutableArray<TextAt> Accept, ImmutableArray<TextAt> Check, ImmutableArray<TextAt> Deny);
