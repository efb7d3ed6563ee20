using System.Text.Json.Nodes;

namespace PolicyLang.Tests.Oracle;

/// <summary>Recorded answers of the real systems: from the folder that <c>POLICYC_ORACLE</c> names where it has the file, else from the copies beside this class.</summary>
internal static class OracleData
{
    /// <summary>The folder that holds the solution.</summary>
    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    /// <summary>The full path of a recording.</summary>
    public static string PathOf(string system, string file)
        => Environment.GetEnvironmentVariable("POLICYC_ORACLE") is { Length: > 0 } root && File.Exists(Path.Combine(root, system, file))
            ? Path.Combine(root, system, file)
            : Path.Combine(RepositoryRoot, "tests", "Oracle", system, file);

    /// <summary>A recording as text.</summary>
    public static string ReadText(string system, string file) => File.ReadAllText(PathOf(system, file));

    /// <summary>A recording as JSON.</summary>
    public static JsonNode Read(string system, string file) => JsonNode.Parse(ReadText(system, file))!;

    /// <summary>The cases of a recording that has them under <c>cases</c>, or is a list of them.</summary>
    public static JsonObject[] Cases(string system, string file)
    {
        var root = Read(system, file);
        return [.. (root as JsonArray ?? root["cases"]!.AsArray()).Select(node => node!.AsObject())];
    }

    private static string FindRepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PolicyLang.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("the tests do not run inside the repository");
    }
}
