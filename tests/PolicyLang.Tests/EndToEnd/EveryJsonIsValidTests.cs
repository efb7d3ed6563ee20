using System.Text;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Schema;
using Xunit;

namespace PolicyLang.Tests.EndToEnd;

/// <summary>Everything that policyc writes obeys the schemas that ship with it.</summary>
public sealed class EveryJsonIsValidTests
{
    public static TheoryData<string> Examples => [.. ExampleProject.Names];

    [Fact]
    public void Every_output_of_every_example_of_the_sample_and_of_the_golden_files_obeys_its_schema()
    {
        var schemas = new OutputSchemas();
        foreach (var (path, text) in AllOutputs())
        {
            schemas.Add(path, text);
        }

        foreach (var (name, text) in Findings())
        {
            schemas.Add("diagnostics", name, Assert.Single(OutputSchemas.ReadJson(text)));
        }

        foreach (var (name, text) in Differences())
        {
            schemas.Add("diff", name, Assert.Single(OutputSchemas.ReadJson(text)));
        }

        foreach (var (schema, name, text) in Answers())
        {
            schemas.Add(schema, name, Assert.Single(OutputSchemas.ReadJson(text)));
        }

        Assert.Empty(schemas.Validate());

        // Nothing was left out by a wrong pattern.
        Assert.Equal(
            ["answers", "assumptions", "cloudflare-gateway-rules", "cloudflare-terraform", "diagnostics", "diff", "kubernetes-rbac", "kustomization", "policyc.manifest", "rules", "tailscale-policy", "teleport-resources", "test-results", "verify"],
            schemas.Counts.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((true, true), (schemas.Counts["kubernetes-rbac"] > 400, schemas.Counts["teleport-resources"] > 200));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_file_of_an_example_has_a_schema(string name)
    {
        var example = new ExampleProject(name);
        Assert.All(example.Committed().Keys.Append("policyc.manifest.json"), path => Assert.True(OutputSchemas.SchemaOf(path) is not null, $"no schema describes `{path}`"));
    }

    [Fact]
    public void Every_schema_of_an_output_is_used()
    {
        string[] ofInputs = ["policyc"];
        var used = AllOutputs().Select(o => OutputSchemas.SchemaOf(o.Path)).OfType<string>().Append("diagnostics").Append("diff").Append("answers").Append("assumptions").Append("rules").Append("verify").Append("test-results").Append("cloudflare-gateway-lists").Concat(ofInputs);
        var shipped = Directory.EnumerateFiles(Repository.Path("schemas"), "*.schema.json").Select(file => Path.GetFileName(file).Replace(".schema.json", "", StringComparison.Ordinal));
        Assert.Equal(shipped.Order(StringComparer.Ordinal), used.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("policyc.manifest", """{"format":2,"clusters":[],"files":{}}""")]
    [InlineData("policyc.manifest", """{"format":1,"clusters":[{"name":"Prod","retired":false}],"files":{}}""")]
    [InlineData("policyc.manifest", """{"format":1,"clusters":[{"name":"prod"}],"files":{}}""")]
    [InlineData("policyc.manifest", """{"format":1,"clusters":[],"files":{"kubernetes":["../../etc/passwd"]}}""")]
    [InlineData("policyc.manifest", """{"format":1,"clusters":[],"files":{"kubernetes":["/etc/passwd"]}}""")]
    [InlineData("policyc.manifest", """{"format":1,"clusters":[],"files":{"kubernetes":["a/../b"]}}""")]
    [InlineData("policyc.manifest", """{"format":1,"clusters":[],"files":{},"version":"0.1.0"}""")]
    [InlineData("kustomization", """{"apiVersion":"kustomize.config.k8s.io/v1beta1","kind":"Kustomization","resources":["cluster.yaml"]}""")]
    [InlineData("kustomization", """{"apiVersion":"kustomize.config.k8s.io/v1beta1","kind":"Kustomization","namespace":"a","resources":["marker.yaml"]}""")]
    [InlineData("kustomization", """{"apiVersion":"kustomize.config.k8s.io/v1beta1","kind":"Kustomization","resources":["marker.yaml","applier/applier.yaml"]}""")]
    [InlineData("kustomization", """{"apiVersion":"kustomize.config.k8s.io/v1beta1","kind":"Kustomization","resources":["marker.yaml","https://example.com/x.yaml"]}""")]
    public void The_schemas_refuse_what_policyc_never_writes(string schema, string json)
        => Assert.False(JToken.Parse(json).IsValid(JSchema.Parse(Repository.Read("schemas", schema + ".schema.json"))));

    private static IEnumerable<(string Path, string Text)> AllOutputs()
    {
        foreach (var name in ExampleProject.Names)
        {
            var example = new ExampleProject(name);

            // The schema is of what policyc writes, and in this file most is other people's.
            foreach (var (path, text) in example.Committed().Where(file => !file.Value.Contains("// policyc: begin", StringComparison.Ordinal)))
            {
                yield return ($"examples/{name}/out/{path}", Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text)));
            }

            yield return ($"examples/{name}/out/policyc.manifest.json", File.ReadAllText(Path.Combine(example.OutputFolder, "policyc.manifest.json")));
        }

        foreach (var file in DesignSample.Compile(DesignSample.Policy).Outputs.Values.SelectMany(files => files))
        {
            yield return ($"sample/{file.Path}", Encoding.UTF8.GetString(file.Content.Span));
        }

        foreach (var file in Directory.EnumerateFiles(Repository.Path("tests", "PolicyLang.Tests", "Targets"), "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
            if (path.Contains("/Golden/", StringComparison.Ordinal))
            {
                yield return (path, File.ReadAllText(file));
            }
        }
    }

    private static IEnumerable<(string Name, string Text)> Differences()
    {
        using var cli = SampleOnDisk.Create();
        foreach (var folder in new[] { "old", "new" })
        {
            cli.Folder.Write($"{folder}/{SampleOnDisk.PolicyFile}", cli.Folder.Read(SampleOnDisk.PolicyFile));
            cli.Folder.Write($"{folder}/inventory/clusters.yaml", DesignSample.Clusters);
            cli.Folder.Write($"{folder}/inventory/namespaces.yaml", DesignSample.Namespaces);
        }

        string Json() => cli.Run("diff", "./old", "./new", "--format", "json").Output;
        yield return ("unchanged", Json());
        var policy = cli.Folder.Read($"new/{SampleOnDisk.PolicyFile}");
        cli.Folder.Write($"new/{SampleOnDisk.PolicyFile}", policy
            .Replace("as oncall on production    cluster-wide", "as view on production    cluster-wide", StringComparison.Ordinal)
            .Replace("never contractors on production", "", StringComparison.Ordinal)
            .Replace("until 2026-12-31", "until 2027-12-31", StringComparison.Ordinal) + "allow bob@acme.com as view on all clusters cluster-wide via tailscale because \"\U0001F600 <b>\"\n");
        yield return ("changed", Json());
        cli.Folder.Write($"new/{SampleOnDisk.PolicyFile}", policy.Replace("never contractors on production", "", StringComparison.Ordinal));
        yield return ("weaker guard", Json());
    }

    private static IEnumerable<(string Schema, string Name, string Text)> Answers()
    {
        using var cli = SampleOnDisk.Create();
        string Json(params string[] args) => cli.Run([.. args, "--format", "json"]).Output;
        yield return ("test-results", "test", Json("test"));
        yield return ("rules", "all rules", Json("rules"));
        yield return ("rules", "one rule", Json("rules", "kubernetes-unquoted-text"));
        yield return ("answers", "can", Json("can", "sre, payments", "exec", "pods", "on", "prod-tokyo", "in", "payments"));
        yield return ("answers", "strict", Json("can", "carol", "read", "secrets", "on", "prod-tokyo", "--strict"));
        yield return ("answers", "who", Json("who", "can", "exec", "pods", "on", "production", "--indirect"));
        yield return ("answers", "who, strict", Json("who", "can", "reach", "production", "--strict"));
        yield return ("answers", "why", Json("why", "carol", "exec", "pods", "on", "prod-tokyo"));
        yield return ("answers", "why not", Json("why", "not", "payments", "exec", "pods", "on", "all", "clusters"));
        yield return ("assumptions", "assumptions", Json("assumptions"));
        cli.Run("build");
        yield return ("verify", "exact", Json("verify"));
        cli.Folder.Write("teams.yaml", "acme/sre: [mallory]\n");
        cli.Folder.Write("live.yaml", LiveProject.Binding("everyone", "edit", "Group", "system:authenticated") + "---\nkind: Other\napiVersion: example.com/v1\n");
        yield return ("verify", "drift", Json("verify", "--export", "github=teams.yaml", "--export", "prod-tokyo=live.yaml"));
        yield return ("verify", "diff", Json("diff", "--export", "prod-tokyo=live.yaml"));
        yield return ("answers", "who, by an export", Json("who", "can", "reach", "production", "--export", "prod-tokyo=live.yaml"));
    }

    private static IEnumerable<(string Name, string Text)> Findings()
    {
        using var cli = SampleOnDisk.Create();
        string Json(params string[] args) => cli.Run([.. args, "--format", "json"]).Output;
        yield return ("dry run", Json("build", "--dry-run"));
        yield return ("build", Json("build"));
        yield return ("clean check", Json("build", "--check"));
        cli.ReplaceInPolicy("as oncall on production    cluster-wide", "as view on production    cluster-wide");
        yield return ("stale check", Json("build", "--check"));
        cli.ReplaceInPolicy("allow sre      as admin", "allow nobody as admin");
        yield return ("unknown subject", Json("build"));
        cli.Folder.Write(SampleOnDisk.PolicyFile, "cluster \u202e {");
        yield return ("hostile text", Json("build"));
    }
}
