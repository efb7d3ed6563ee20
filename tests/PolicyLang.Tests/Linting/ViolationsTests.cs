using System.Text;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Schema;
using PolicyLang.Cli.Building;
using PolicyLang.Linting;
using PolicyLang.Tests.Cli;
using Xunit;

namespace PolicyLang.Tests.Linting;

/// <summary>
/// One project in which every rule finds something. Its policy is written by hand; its files of other systems are the rules' own examples to avoid, in
/// folders called after the rules. <c>POLICYC_UPDATE</c> writes these files and the expected reports anew.
/// </summary>
public sealed class ViolationsTests : IDisposable
{
    private static readonly string Source = Path.Combine(LintRun.Root, "tests", "PolicyLang.Tests", "Linting", "Violations");
    private static readonly bool Updates = Environment.GetEnvironmentVariable("POLICYC_UPDATE") is not null;

    private readonly CliTestHost _host = new() { OtherPipeline = new CompilerPipeline(), Now = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero) };

    public static TheoryData<string> Formats => ["text", "concise", "json", "sarif", "github", "gitlab", "junit"];

    public void Dispose() => _host.Dispose();

    [Fact]
    public void The_files_of_other_systems_are_the_examples_of_the_rules()
    {
        var expected = Examples().ToDictionary(example => example.Path, example => example.Text, StringComparer.Ordinal);
        var folder = Path.Combine(Source, "artefacts");
        if (Updates)
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            foreach (var (path, text) in expected)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Source, path))!);
                File.WriteAllText(Path.Combine(Source, path), text);
            }
        }

        var present = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(Source, file).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);
        Assert.Equal(expected.OrderBy(e => e.Key, StringComparer.Ordinal), present.OrderBy(e => e.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_rule_finds_something()
    {
        // Gateway rules of one account belong together, as do clusters and restrictions of one cloud: a block in one file keeps those of another from being
        // open. So each of these folders is linted alone.
        var alone = Linter.Rules.Where(rule => rule.System is RuleSystem.Cloudflare or RuleSystem.Clouds).Select(rule => $"artefacts/{rule.Id}");
        var found = alone.Prepend(".").SelectMany(folder => JObject.Parse(Lint("json", folder).Output)["diagnostics"]!).Select(finding => (string)finding["code"]!).ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], Linter.Rules.Where(rule => rule.Lifecycle != RuleLifecycle.Deprecated).Select(rule => rule.Id).Except(found));
    }

    [Fact]
    public void Nothing_is_found_but_what_rules_find()
    {
        var found = JObject.Parse(Lint("json").Output)["diagnostics"]!.Select(finding => (string)finding["code"]!).ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], found.Except(Linter.Rules.Select(rule => rule.Id)));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_report_is_as_expected(string format)
    {
        // The long reports hold the policy's findings alone, so that they stay readable.
        var (_, output, error) = Lint(format, "access.policy");
        Assert.Equal("", error);
        var path = Path.Combine(Source, "expected", format + ".txt");
        if (Updates)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, output);
        }

        Assert.Equal(File.ReadAllText(path), output);
    }

    [Fact]
    public void Sarif_obeys_the_schema_of_its_standard()
    {
        var schema = JSchema.Parse(File.ReadAllText(Path.Combine(LintRun.Root, "tests", "PolicyLang.Tests", "Linting", "Schemas", "sarif-2.1.0.json")));
        var log = JObject.Parse(Lint("sarif").Output);
        Assert.True(log.IsValid(schema, out IList<string> errors), string.Join('\n', errors.Take(10)));
        var results = log["runs"]![0]!["results"]!;
        Assert.NotEmpty(results);
        foreach (var location in results.SelectMany(result => result["locations"]!))
        {
            var uri = (string)location["physicalLocation"]!["artifactLocation"]!["uri"]!;
            Assert.False(Uri.TryCreate(uri, UriKind.Absolute, out _), uri);
            Assert.True((int)location["physicalLocation"]!["region"]!["startColumn"]! >= 1);
        }

        var rules = log["runs"]![0]!["tool"]!["driver"]!["rules"]!.ToArray();
        Assert.All(results, result => Assert.Equal((string)result["ruleId"]!, (string)rules[(int)result["ruleIndex"]!]["id"]!));
        Assert.Contains(results, result => result["fixes"] is not null);
    }

    [Fact]
    public void The_json_report_obeys_its_schema()
    {
        var schema = JSchema.Parse(File.ReadAllText(Path.Combine(LintRun.Root, "schemas", "diagnostics.schema.json")));
        Assert.True(JObject.Parse(Lint("json").Output).IsValid(schema, out IList<string> errors), string.Join('\n', errors.Take(10)));
    }

    [Fact]
    public void Files_in_any_order_give_the_same_findings()
    {
        var files = Examples().Select(example => new RuleExample(example.Path, example.Text)).ToArray();
        var there = LintRun.Lint(files).Select(finding => finding.ToString());
        var back = LintRun.Lint([.. files.Reverse()]).Select(finding => finding.ToString());
        Assert.Equal(there, back);
    }

    private static IEnumerable<(string Path, string Text)> Examples()
        => Linter.Rules
            .Where(rule => rule.System != RuleSystem.Policy && rule.Lifecycle != RuleLifecycle.Deprecated)
            .Select(rule => ($"artefacts/{rule.Id}/{rule.Avoid.FileName}", rule.Avoid.Text.TrimEnd('\n') + "\n"));

    private CliResult Lint(string format, params string[] files)
    {
        foreach (var file in Directory.EnumerateFiles(Source, "*", SearchOption.AllDirectories).Where(file => !file.Contains("expected", StringComparison.Ordinal)))
        {
            _host.Folder.Write("project/" + Path.GetRelativePath(Source, file).Replace('\\', '/'), Encoding.UTF8.GetString(File.ReadAllBytes(file)));
        }

        _host.WorkingDirectory = "project";
        return _host.Run(["lint", .. files.Length == 0 ? ["."] : files, "--format", format, "--preview"]);
    }
}
