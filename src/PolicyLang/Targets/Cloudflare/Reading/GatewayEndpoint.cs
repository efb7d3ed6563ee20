using System.Collections.Immutable;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Cloudflare.Reading;

/// <summary>An endpoint as Gateway sees it: where a TCP connection goes.</summary>
/// <param name="Addresses">IPv4 and IPv6 addresses, or networks of them.</param>
/// <param name="Port">The port.</param>
/// <param name="VirtualNetwork">
/// The identifier of the virtual network that the addresses are in; absent where it is not known, so that what rules say of it stays an atom about the connection.
/// </param>
public sealed record GatewayEndpoint(ImmutableArray<string> Addresses, int Port, string? VirtualNetwork = null);

/// <summary>By which rule somebody gets a connection through.</summary>
/// <param name="Rule">The name of the rule; absent where no rule matches, which lets pass.</param>
/// <param name="Opens">For whom.</param>
/// <param name="Place">Where the rule stands; the first artefact as a whole where no rule matches.</param>
public sealed record GatewayOpening(string? Rule, Formula Opens, ArtefactPlace Place);
