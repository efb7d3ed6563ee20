using PolicyLang.Tests.Oracle;
using Xunit;

namespace PolicyLang.Conformance.Kubernetes;

/// <summary>Holds the table of built-in roles in the library to the recording. <c>POLICYC_UPDATE=1</c> makes it anew.</summary>
public sealed class BuiltInRolesTableTests
{
    [Fact]
    public void The_table_is_made_of_the_recording()
    {
        var path = Path.Combine(OracleData.RepositoryRoot, "src", "PolicyLang", "Targets", "Kubernetes", "Reading", "BuiltInRolesText.cs");
        var text = "namespace PolicyLang.Targets.Kubernetes.Reading;\n\n"
            + "/// <summary>The built-in roles of Kubernetes 1.36 as text; <see cref=\"BuiltInRolesFormat\"/> says how.</summary>\n"
            + "internal static class BuiltInRolesText\n{\n"
            + "    // Source: plugin/pkg/auth/authorizer/rbac/bootstrappolicy/testdata of Kubernetes (Apache-2.0), as recorded in tests/Oracle/kubernetes/bootstrap_policy_1.36.json.\n"
            + "    // Made by `POLICYC_UPDATE=1 dotnet test tests/PolicyLang.Conformance --filter BuiltInRolesTableTests`.\n"
            + "    public const string Text =\n        \"\"\"\"\n"
            + string.Concat(BuiltInRecordings.Table().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"        {line}\n"))
            + "        \"\"\"\";\n}\n";
        if (Environment.GetEnvironmentVariable("POLICYC_UPDATE") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.Equal(text, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }
}
