using System.Text.Json.Nodes;

namespace PolicyLang.Tests.Semantics.Rights;

/// <summary>Recordings of real API servers: from the folder that POLICYC_ORACLE names where it has the file, else from the suite's own copies.</summary>
internal static class RightsOracle
{
    public static JsonNode Read(string file)
    {
        if (Environment.GetEnvironmentVariable("POLICYC_ORACLE") is { Length: > 0 } root && File.Exists(Path.Combine(root, "kubernetes", file)))
        {
            return JsonNode.Parse(File.ReadAllText(Path.Combine(root, "kubernetes", file)))!;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PolicyLang.sln")))
            {
                return JsonNode.Parse(File.ReadAllText(Path.Combine(folder.FullName, "tests", "PolicyLang.Tests", "Oracle", "kubernetes", file)))!;
            }
        }

        throw new InvalidOperationException("the tests do not run inside the repository");
    }
}
