using System.Collections.Immutable;
using System.Text.Json;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Schema;
using PolicyLang.Cli.Rendering;
using PolicyLang.Diagnostics;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Cli;

public sealed class RenderingTests : IDisposable
{
    private static readonly DiagnosticDescriptor Wrong = new("wrong-thing", DiagnosticSeverity.Error, "something is wrong");

    private readonly CliTestHost _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void A_finding_shows_the_line_related_places_and_help()
    {
        var source = new SourceText("team.policy", "group sre {\n  members = []\n}\n\n\n\n\n\n\nallow sree as admin on prod cluster-wide\n");
        var diagnostic = new Diagnostic(Wrong, "there is no group `sree`", At(source, "sree"))
        {
            Help = "did you mean `sre`?",
            Related = [new RelatedLocation(At(source, "group sre"), "a similar one is here")],
        };
        Assert.Equal(
            """
            error[wrong-thing]: there is no group `sree`
              --> team.policy:10:7
               |
            10 | allow sree as admin on prod cluster-wide
               |       ^^^^
            note: a similar one is here
             --> team.policy:1:1
              |
            1 | group sre {
              | ^^^^^^^^^
            help: did you mean `sre`?

            1 error

            """,
            Render(diagnostic));
    }

    [Fact]
    public void Tabs_wide_and_hidden_characters_keep_the_caret_in_place()
    {
        var source = new SourceText("a.policy", "\tname = \"日本\u001b[2J\u202e\" bad");
        Assert.Equal(
            """
            error[wrong-thing]: m
             --> a.policy:1:19
              |
            1 |     name = "日本\u{1b}[2J\u{202e}" bad
              |                                    ^^^
            1 error
            """.ReplaceLineEndings("\n"),
            Render(new Diagnostic(Wrong, "m", At(source, "bad"))).Replace("\n\n1 error\n", "\n1 error", StringComparison.Ordinal));
    }

    [Fact]
    public void A_span_over_several_lines_shows_the_first_and_the_last()
    {
        var source = new SourceText("a.policy", "x\nrole deploy {\n  can read pods\n  can exec pods\n}\n");
        var start = source.Text.IndexOf("role", StringComparison.Ordinal);
        var text = Render(new Diagnostic(Wrong, "m", new SourceLocation(source, new TextSpan(start, source.Text.Length - start))));
        Assert.Contains("2 | role deploy {\n  | ^^^^^^^^^^^^^\n ...\n5 | }\n  | ^\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_very_long_line_is_cut_around_the_place()
    {
        var source = new SourceText("a.policy", new string('a', 50_000) + " bad " + new string('b', 50_000));
        var lines = Render(new Diagnostic(Wrong, "m", At(source, "bad"))).Split('\n');
        Assert.All(lines, line => Assert.True(line.Length <= 105, line));
        Assert.StartsWith("1 | …", lines[3], StringComparison.Ordinal);
        Assert.EndsWith("…", lines[3], StringComparison.Ordinal);
        Assert.Equal(lines[3].IndexOf("bad", StringComparison.Ordinal), lines[4].IndexOf('^', StringComparison.Ordinal));
        Assert.Equal(3, lines[4].Count(c => c == '^'));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("a", 1)]
    [InlineData("a\n", 2)]
    [InlineData("a\r\n", 1)]
    [InlineData("日", 0)]
    public void A_place_without_width_has_one_caret(string text, int offset)
    {
        var rendered = Render(new Diagnostic(Wrong, "m", new SourceLocation(new SourceText("a.policy", text), new TextSpan(offset, 0))));
        Assert.Equal(text.Length == 0 ? 0 : 1, rendered.Count(c => c == '^'));
    }

    [Fact]
    public void Messages_cannot_drive_the_terminal()
        => Assert.StartsWith("error[wrong-thing]: a\\u{1b}]0;x\\u{7}\\u{a}b\n", Render(new Diagnostic(Wrong, "a\u001b]0;x\u0007\nb", null)), StringComparison.Ordinal);

    [Fact]
    public void After_200_findings_the_rest_is_a_number()
    {
        var all = Enumerable.Range(0, 250).Select(i => new Diagnostic(Wrong, $"m{i:D3}", null)).ToImmutableArray();
        var text = Render([.. all]);
        Assert.Contains("m199", text, StringComparison.Ordinal);
        Assert.DoesNotContain("m200", text, StringComparison.Ordinal);
        Assert.EndsWith("and 50 more\n250 errors\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, null, null, false)]
    [InlineData(true, null, null, true)]
    [InlineData(true, "1", null, false)]
    [InlineData(true, "", null, true)]
    [InlineData(true, "1", "always", true)]
    [InlineData(false, null, "always", true)]
    [InlineData(true, null, "never", false)]
    public void Colour_is_for_terminals_without_NO_COLOR_unless_asked_for(bool isTerminal, string? noColor, string? option, bool expected)
    {
        _cli.IsTerminal = isTerminal;
        if (noColor is not null)
        {
            _cli.Environment["NO_COLOR"] = noColor;
        }

        _cli.Pipeline.CompileDiagnostics.Add(new Diagnostic(Wrong, "m", TestModels.Here()));
        var output = _cli.Run(option is null ? ["build"] : ["build", "--color", option]).Output;
        Assert.Equal(expected, output.Contains('\u001b', StringComparison.Ordinal));
    }

    [Fact]
    public void Json_obeys_its_schema_and_counts_from_one()
    {
        var source = new SourceText("team.policy", "line\nallow 😀 sree\n");
        _cli.Pipeline.CompileDiagnostics.Add(new Diagnostic(Wrong, "half a pair \ud83d", At(source, "sree")) { Help = "do this", Related = [new RelatedLocation(At(source, "line"), "here")] });
        _cli.Pipeline.CompileDiagnostics.Add(new Diagnostic(Wrong with { Code = "other" }, "no place", null));
        var result = _cli.Run("build", "--format", "json");
        AssertObeysSchema(result.Output);

        using var document = JsonDocument.Parse(result.Output);
        var diagnostic = document.RootElement.GetProperty("diagnostics")[1];
        Assert.Equal("wrong-thing", diagnostic.GetProperty("code").GetString());
        Assert.Equal("""{"file":"team.policy","startLine":2,"startColumn":10,"endLine":2,"endColumn":14}""", JsonSerializer.Serialize(diagnostic.GetProperty("location")));
        Assert.Equal(2, document.RootElement.GetProperty("summary").GetProperty("errors").GetInt32());
    }

    [Theory]
    [InlineData("build", "--format=json")]
    [InlineData("build", "--format=json", "--check")]
    [InlineData("build", "--format=json", "--dry-run")]
    public void Json_is_one_document_whatever_happens(params string[] args)
    {
        var result = _cli.Run(args);
        AssertObeysSchema(result.Output);
        using var document = JsonDocument.Parse(result.Output);
        var outputs = document.RootElement.GetProperty("outputs").EnumerateArray().ToList();
        Assert.Equal(["prod/rbac.yaml", "teleport.yaml", "policyc.manifest.json"], outputs.Select(o => o.GetProperty("path").GetString()));
        Assert.All(outputs, o => Assert.Equal("create", o.GetProperty("change").GetString()));
        Assert.Equal(args.Contains("--dry-run"), outputs[0].TryGetProperty("diff", out _));
    }

    private static SourceLocation At(SourceText source, string text) => new(source, new TextSpan(source.Text.IndexOf(text, StringComparison.Ordinal), text.Length));

    private static string Render(params ImmutableArray<Diagnostic> diagnostics)
    {
        using var output = new StringWriter { NewLine = "\n" };
        new TextReport(new TextStyle(false), 100).Write(diagnostics, output);
        return output.ToString();
    }

    private static void AssertObeysSchema(string json)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "PolicyLang.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("the repository's root is not above the tests");
        }

        var schema = JSchema.Parse(File.ReadAllText(Path.Combine(folder, "schemas", "diagnostics.schema.json")));
        Assert.True(JToken.Parse(json).IsValid(schema, out IList<string> errors), string.Join("; ", errors));
    }
}
