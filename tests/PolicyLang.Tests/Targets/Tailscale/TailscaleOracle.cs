using PolicyLang.Tests.Oracle;

namespace PolicyLang.Tests.Targets.Tailscale;

/// <summary>Recorded answers of the hosted Tailscale.</summary>
internal static class TailscaleOracle
{
    public static string? Find(string file) => OracleData.PathOf("tailscale", file) is var path && File.Exists(path) ? path : null;

    public static string Repository => OracleData.RepositoryRoot;
}
