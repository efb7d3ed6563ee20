namespace PolicyLang.Conformance.Cloudflare;

/// <summary>The recordings of Cloudflare.</summary>
internal static class CloudflareConformance
{
    public static IEnumerable<ConformanceRow> Run() => [EngineTests.Run(), .. GatewayVectors.Run(), GatewayVectors.RunRandom()];
}
