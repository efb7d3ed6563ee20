using System.Text.Json.Nodes;
using PolicyLang.Tests.Oracle;

namespace PolicyLang.Tests.Semantics.Rights;

/// <summary>Recordings of real API servers.</summary>
internal static class RightsOracle
{
    public static JsonNode Read(string file) => OracleData.Read("kubernetes", file);
}
