using System.Text;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Schema;
using Xunit;

namespace PolicyLang.Tests.Targets.Teleport;

/// <summary>What is written for each line of versions. <c>POLICYC_UPDATE_GOLDEN=1</c> writes the expected files anew.</summary>
public sealed class TeleportGoldenTests
{
    public static TheoryData<string> Cases => [.. s_cases.Keys];

    private static readonly SortedDictionary<string, TeleportScenario> s_cases = new(StringComparer.Ordinal)
    {
        ["4.0-community"] = TeleportScenario.Usual(false, false, ("version", "4.0.2"), ("edition", "community"), ("logins", new[] { "root" })),
        ["4.4-enterprise"] = TeleportScenario.Usual(false, false, ("version", "4.4"), ("edition", "enterprise")),
        ["6-community"] = TeleportScenario.Usual(false, false, ("version", "6"), ("edition", "community")),
        ["8-community"] = TeleportScenario.Usual(false, false, ("version", "8"), ("edition", "community")),
        ["10-tctl"] = TeleportScenario.Usual(false, false, ("version", "10")),
        ["13-tctl"] = TeleportScenario.Usual(false, true, ("version", "13")),
        ["13-operator"] = TeleportScenario.Usual(false, false, ("version", "13"), ("form", "operator")),
        ["17-tctl"] = TeleportScenario.Usual(true, true, ("version", "17")),
        ["17-operator"] = TeleportScenario.Usual(true, true, ("version", "17"), ("form", "operator")),
        ["18-tctl"] = TeleportScenario.Usual(true, true),
        ["18-operator"] = TeleportScenario.Usual(true, true, ("version", "18.2"), ("form", "operator"), ("operator_namespace", "teleport-iac")),
        ["18-with-agents-16"] = TeleportScenario.Usual(true, true, ("version", "18"), ("oldest_agent", "16")),
        ["18-with-agents-13"] = TeleportScenario.Usual(true, true, ("version", "18"), ("oldest_agent", "13")),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_files_of_a_version_are_as_expected(string name)
    {
        var folder = Path.Combine(TeleportDocuments.Root, "tests", "PolicyLang.Tests", "Targets", "Teleport", "Golden", name);
        var files = s_cases[name].Write();
        if (Environment.GetEnvironmentVariable("POLICYC_UPDATE_GOLDEN") == "1")
        {
            foreach (var (path, text) in files)
            {
                var file = Path.Combine(folder, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file) ?? folder);
                File.WriteAllText(file, text, new UTF8Encoding(false));
            }
        }

        var expected = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(f => Path.GetRelativePath(folder, f).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), files.Keys);
        Assert.All(files, f => Assert.Equal(expected[f.Key], f.Value));
    }

    [Fact]
    public void Every_document_obeys_the_schema()
    {
        var documents = new JArray(s_cases.Values.SelectMany(c => TeleportDocuments.ReadAll(c.Write())));
        Assert.True(documents.IsValid(ListSchema(), out IList<string> errors), string.Join("\n", errors));
        Assert.True(documents.Count > 60);
    }

    [Theory]
    [InlineData("kubernetes_labels")]
    [InlineData("kubernetes_resources")]
    [InlineData("kubernetes_users")]
    [InlineData("node_labels")]
    public void The_schema_refuses_a_role_whose_server_would_fill_in_a_default(string field)
    {
        var document = TeleportDocuments.ReadAll(s_cases["18-tctl"].Write())[0];
        ((JObject)document["spec"]!["allow"]!).Remove(field);
        Assert.False(new JArray(document).IsValid(ListSchema()));
    }

    [Fact]
    public void Output_does_not_depend_on_the_order_of_links()
    {
        var model = TeleportScenario.Usual(true, true).Model();
        var reversed = model with { Clusters = [.. model.Clusters.Select(c => c with { Identities = [.. c.Identities.Reverse()] })] };
        Assert.Equal(TeleportScenario.Run(model).Files, TeleportScenario.Run(reversed).Files);
    }

    [Fact]
    public void Files_are_utf8_with_line_feeds_and_a_final_one()
        => Assert.All(s_cases.Values.SelectMany(c => c.Write().Values), text =>
        {
            Assert.EndsWith("\n", text, StringComparison.Ordinal);
            Assert.DoesNotContain('\r', text);
            Assert.DoesNotContain('\ufeff', text);
        });

    private static JSchema ListSchema()
    {
        var resource = File.ReadAllText(Path.Combine(TeleportDocuments.Root, "schemas", "teleport-resources.schema.json"));
        return new JSchema { Type = JSchemaType.Array, Items = { JSchema.Parse(resource) } };
    }
}
