using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Schema;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Targets;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Projects;

public class ProjectFileSchemaTests
{
    private static readonly JSchema Schema = JSchema.Parse(ProjectFileSchema.ToJsonSchema(FakeTargets.All));

    [Fact]
    public void The_committed_schema_is_current()
        => AssertCurrent("schemas/policyc.schema.json", _ => ProjectFileSchema.ToJsonSchema(TargetRegistry.All));

    [Fact]
    public void The_tables_of_the_reference_are_current()
        => AssertCurrent("docs/project-file.md", text => ProjectFileDocumentation.Update(text, TargetRegistry.All));

    [Theory]
    [InlineData("language: 1")]
    [InlineData("sources: a.policy")]
    [InlineData("language: 1\npolicyc: \">=0.1\"\nsources: [\"**/*.policy\"]\noutput: { root: gitops, outside_project: false }\n")]
    [InlineData("identity_providers: { acme: { kind: saml } }\npaths: { a: { kind: mesh, people: acme }, b: { kind: proxy, version: 17.4, edition: oss, client_secret: \"secret://x\" } }")]
    [InlineData("kubernetes: { version: \"1.30\", delivery: flux, bands: 3, custom_resources: [{ name: a.b.c, namespaced: false, subresources: [status] }] }")]
    [InlineData("kubernetes: { custom_resources: { name: a.b.c, subresources: status } }")]
    public void Schema_and_reader_accept(string text)
    {
        Assert.True(IsValid(text, out var errors), string.Join("; ", errors));
        Assert.Empty(Load(text).Lines());
    }

    [Theory]
    [InlineData("sorces: a.policy")]
    [InlineData("language: 2")]
    [InlineData("output: { rot: x }")]
    [InlineData("output: { outside_project: \"true \" }")]
    [InlineData("identity_providers: { acme: { kind: sml } }")]
    [InlineData("identity_providers: { acme: {} }")]
    [InlineData("identity_providers: { Acme: { kind: saml } }")]
    [InlineData("paths: { a: {} }")]
    [InlineData("paths: { a: { kind: msh } }")]
    [InlineData("paths: { a: { kind: mesh, version: 1 } }")]
    [InlineData("paths: { a: { kind: proxy } }")]
    [InlineData("paths: { a: { kind: proxy, version: 1, edition: free } }")]
    [InlineData("paths: { a--b: { kind: mesh } }")]
    [InlineData("kubernetes: { version: \"1.37\" }")]
    [InlineData("kubernetes: { bands: 10 }")]
    [InlineData("kubernetes: { custom_resources: [{ namespaced: true }] }")]
    public void Schema_and_reader_refuse(string text)
    {
        Assert.False(IsValid(text, out _));
        Assert.True(Load(text).HasErrors);
    }

    [Fact]
    public void The_schema_is_the_same_whatever_the_order_of_targets()
        => Assert.Equal(ProjectFileSchema.ToJsonSchema(FakeTargets.All), ProjectFileSchema.ToJsonSchema([.. FakeTargets.All.Reverse()]));

    [Fact]
    public void Updating_the_reference_twice_changes_nothing()
    {
        var document = "# x\n<!-- settings output -->\nstale\n<!-- end -->\ntext\n<!-- settings paths -->\n<!-- end -->\n";
        var updated = ProjectFileDocumentation.Update(document, FakeTargets.All);
        Assert.Contains("| `root` | text |", updated, StringComparison.Ordinal);
        Assert.Contains("`kind: proxy`", updated, StringComparison.Ordinal);
        Assert.DoesNotContain("stale", updated, StringComparison.Ordinal);
        Assert.Equal(updated, ProjectFileDocumentation.Update(updated, FakeTargets.All));
        Assert.Throws<FormatException>(() => ProjectFileDocumentation.Update("<!-- settings nothing -->\n<!-- end -->\n", FakeTargets.All));
    }

    private static void AssertCurrent(string path, Func<string, string> update)
    {
        var file = Path.Combine(RepositoryRoot(), path);
        var committed = File.Exists(file) ? File.ReadAllText(file).Replace("\r\n", "\n", StringComparison.Ordinal) : "";
        var current = update(committed);
        if (Environment.GetEnvironmentVariable("POLICYC_UPDATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file) ?? "");
            File.WriteAllText(file, current);
            return;
        }

        Assert.True(string.Equals(committed, current, StringComparison.Ordinal), $"{path} is stale; run the tests with POLICYC_UPDATE=1");
    }

    private static string RepositoryRoot()
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

    private static bool IsValid(string yaml, out IList<string> errors)
    {
        var node = YamlDataReader.Read(new SourceText("policyc.yaml", yaml), new DiagnosticBag());
        Assert.NotNull(node);
        return ToJson(node).IsValid(Schema, out errors);
    }

    private static DiagnosticBag Load(string yaml)
    {
        var diagnostics = new DiagnosticBag();
        ProjectLoader.Load(new InMemoryProjectFiles(("policyc.yaml", yaml), ("a.policy", "")), FakeTargets.All, "0.1.0", diagnostics);
        return diagnostics;
    }

    private static JToken ToJson(DataNode node) => node switch
    {
        DataMap map => new JObject(map.Entries.Select(e => new JProperty(e.Key, ToJson(e.Value)))),
        DataList list => new JArray(list.Items.Select(ToJson)),
        DataScalar { IsQuoted: false } scalar when scalar.Text is "true" or "false" || char.IsAsciiDigit(scalar.Text[0]) => JToken.Parse(scalar.Text),
        DataScalar scalar => scalar.Text,
        _ => throw new InvalidOperationException(),
    };
}
