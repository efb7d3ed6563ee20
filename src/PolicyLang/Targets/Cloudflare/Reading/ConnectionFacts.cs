using System.Collections.Immutable;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Targets.Cloudflare.Reading;

/// <summary>What is known of a connection to an endpoint: fields of network rules, or those that HTTP rules have instead.</summary>
internal sealed class ConnectionFacts
{
    private readonly ImmutableDictionary<string, FilterValue> _fields;

    private ConnectionFacts(ImmutableDictionary<string, FilterValue> fields) => _fields = fields;

    /// <summary>Nothing is known.</summary>
    public static ConnectionFacts None { get; } = new(ImmutableDictionary<string, FilterValue>.Empty);

    public IReadOnlyDictionary<string, FilterValue> Fields => _fields;

    public static ConnectionFacts OfNetwork(Address address, int port, string? virtualNetwork)
    {
        var fields = ImmutableDictionary.CreateBuilder<string, FilterValue>(StringComparer.Ordinal);
        fields[GatewayFields.Destination] = new IpValue(address);
        fields[GatewayFields.DestinationPort] = new IntValue(port);
        fields[GatewayFields.Protocol] = new BytesValue("tcp");
        return WithVirtualNetwork(fields, GatewayFields.VirtualNetwork, virtualNetwork);
    }

    public static ConnectionFacts OfRequest(Address address, string? virtualNetwork)
    {
        var fields = ImmutableDictionary.CreateBuilder<string, FilterValue>(StringComparer.Ordinal);
        fields[GatewayFields.RequestDestinations] = new ArrayValue([new IpValue(address)]);
        return WithVirtualNetwork(fields, GatewayFields.RequestVirtualNetwork, virtualNetwork);
    }

    /// <summary>These facts and one more.</summary>
    public ConnectionFacts With(string field, FilterValue value) => new(_fields.SetItem(field, value));

    public FilterValue? Find(string field) => _fields.GetValueOrDefault(field);

    private static ConnectionFacts WithVirtualNetwork(ImmutableDictionary<string, FilterValue>.Builder fields, string field, string? virtualNetwork)
    {
        if (virtualNetwork is not null)
        {
            fields[field] = new BytesValue(ByteStrings.FromText(virtualNetwork));
        }

        return new ConnectionFacts(fields.ToImmutable());
    }
}
