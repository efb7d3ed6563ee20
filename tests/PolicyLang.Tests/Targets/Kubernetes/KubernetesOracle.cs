using System.Text.Json.Nodes;
using PolicyLang.Tests.Oracle;

namespace PolicyLang.Tests.Targets.Kubernetes;

/// <summary>Recorded answers of real API servers.</summary>
internal static class KubernetesOracle
{
    public static JsonObject[] Cases(string file) => OracleData.Cases("kubernetes", file);

    public static JsonObject Fact(string id) => OracleData.Read("kubernetes", "live_apiserver_facts.json")["facts"]!.AsArray().Select(node => node!.AsObject()).Single(fact => (string?)fact["id"] == id);

    public static string RepositoryRoot() => OracleData.RepositoryRoot;
}
