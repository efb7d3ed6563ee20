using System.Collections.Immutable;

namespace PolicyLang.Targets.Tailscale.Reading;

/// <summary>A device of a tailnet that serves as the proxy of a cluster's API server.</summary>
/// <param name="Tags">The tags that it carries.</param>
/// <param name="Addresses">Its addresses in the tailnet; empty where they are not known, and rules that name addresses then stay undecided.</param>
/// <param name="Port">The TCP port that the proxy listens on.</param>
public sealed record TailnetEndpoint(ImmutableArray<string> Tags, ImmutableArray<string> Addresses, int Port)
{
    /// <summary>Whether it may advertise a Tailscale Service, so that rules for services may lead to it. The proxy in the operator itself advertises none.</summary>
    public bool MayHostServices { get; init; } = true;
}
