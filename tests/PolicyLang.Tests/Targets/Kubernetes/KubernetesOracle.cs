using System.Text.Json.Nodes;

namespace PolicyLang.Tests.Targets.Kubernetes;

/// <summary>Recorded answers of real API servers: from the folder that POLICYC_ORACLE names, else from the suite's own copies.</summary>
internal static class KubernetesOracle
{
    public static JsonObject[] Cases(string file) => [.. Read(file)["cases"]!.AsArray().Select(node => node!.AsObject())];

    public static JsonObject Fact(string id) => Read("live_apiserver_facts.json")["facts"]!.AsArray().Select(node => node!.AsObject()).Single(fact => (string?)fact["id"] == id);

    private static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Root(), "kubernetes", file)))!;

    private static string Root()
    {
        if (Environment.GetEnvironmentVariable("POLICYC_ORACLE") is { Length: > 0 } folder)
        {
            return folder;
        }

        return Path.Combine(RepositoryRoot(), "tests", "PolicyLang.Tests", "Oracle");
    }

    public static string RepositoryRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "PolicyLang.sln")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException("the tests do not run inside the repository");
    }
}
