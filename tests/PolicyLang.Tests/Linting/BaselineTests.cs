using System.Collections.Immutable;
using PolicyLang.Diagnostics;
using PolicyLang.Linting;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Linting;

/// <summary>A baseline knows findings by rule, file and line text, so that it survives edits elsewhere.</summary>
public sealed class BaselineTests
{
    private static readonly DiagnosticDescriptor Kind = new("some-rule", DiagnosticSeverity.Warning, "a rule");

    [Fact]
    public void Known_findings_are_left_out_wherever_their_lines_have_gone()
    {
        var baseline = Baseline.Of([At("a\nb bad\n", "bad")]);
        Assert.Empty(baseline.Apply([At("a\nnew\nnew\n  b bad\n", "bad")], _ => true).New);
    }

    [Fact]
    public void A_finding_more_on_the_same_text_is_new()
    {
        var baseline = Baseline.Of([At("bad\n", "bad")]);
        var (fresh, gone) = baseline.Apply([At("bad\nbad\n", "bad"), At("bad\nbad\n", "bad", 4)], _ => true);
        Assert.Single(fresh);
        Assert.Equal(0, gone);
    }

    [Fact]
    public void What_is_no_more_is_counted()
    {
        var (fresh, gone) = Baseline.Of([At("bad\n", "bad"), At("worse\n", "worse")]).Apply([At("worse\n", "worse")], _ => true);
        Assert.Empty(fresh);
        Assert.Equal(1, gone);
    }

    [Fact]
    public void Another_file_or_another_rule_is_new()
    {
        var baseline = Baseline.Of([At("bad\n", "bad")]);
        Assert.Single(baseline.Apply([At("bad\n", "bad") with { Descriptor = Kind with { Code = "other-rule" } }], _ => true).New);
        Assert.Single(baseline.Apply([At("bad\n", "bad", path: "other.yaml")], _ => true).New);
    }

    [Fact]
    public void A_finding_without_a_place_is_never_known()
    {
        ImmutableArray<Diagnostic> findings = [new Diagnostic(Kind, "the file cannot be read", null)];
        Assert.Single(Baseline.Of(findings).Apply(findings, _ => true).New);
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var baseline = Baseline.Of([At("name: \"ü\\\"\"\n", "name"), At("bad\n", "bad"), At("bad\n", "bad")]);
        var diagnostics = new DiagnosticBag();
        var read = Baseline.Read(new SourceText("policyc.lint.json", baseline.ToJson()), diagnostics);
        Assert.Equal([], diagnostics.Lines());
        Assert.Equal(baseline.Entries, read!.Entries);
        Assert.Equal(baseline.ToJson(), read.ToJson());
        Assert.Equal("{\n  \"baseline\": 1,\n  \"findings\": []\n}\n", Baseline.Of([]).ToJson());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"baseline\": 2, \"findings\": []}")]
    [InlineData("{\"baseline\": 1, \"findings\": [{\"rule\": \"a\"}]}")]
    [InlineData("{\"baseline\": 1, \"findings\": [{\"rule\": \"a\", \"file\": \"b\", \"line\": \"c\", \"count\": 0}]}")]
    public void A_file_that_is_no_baseline_is_refused(string text)
    {
        var diagnostics = new DiagnosticBag();
        Assert.Null(Baseline.Read(new SourceText("policyc.lint.json", text), diagnostics));
        Assert.Equal(["invalid-baseline"], diagnostics.ToSortedArray().Select(d => d.Code));
    }

    private static Diagnostic At(string text, string at, int from = 0, string path = "a.yaml")
        => new(Kind, "it is bad", new SourceLocation(new SourceText(path, text), new TextSpan(text.IndexOf(at, from, StringComparison.Ordinal), at.Length)));
}
