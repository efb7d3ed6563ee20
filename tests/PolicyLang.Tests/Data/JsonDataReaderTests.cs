using System.Text.Json;
using CsCheck;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Data;

public class JsonDataReaderTests
{
    [Theory]
    [InlineData("{\"a\": \"no\", \"b\": [1, -2, 1.30, true, false, \"\"]}", "{a: 'no', b: [1, -2, 1.30, true, false, '']}")]
    [InlineData("\"x\\u00e9\\ud83d\\ude00\\n\"", "'x\u00e9\U0001F600\n'")]
    [InlineData("{}", "{}")]
    public void Reads(string text, string expected)
    {
        var (node, diagnostics) = Read(text);
        Assert.Empty(diagnostics.Lines());
        Assert.Equal(expected, DataText.Of(node));
    }

    [Fact]
    public void Every_location_covers_exactly_what_was_written()
    {
        var (node, diagnostics) = Read("{\r\n  \"\u00e9\U0001F600\": \"\u20ac\\n\",\r\n  \"b\": [12, {\"c\": true}]\r\n}");
        Assert.Empty(diagnostics.Lines());
        var map = Assert.IsType<DataMap>(node);
        Assert.Equal(["\"\u00e9\U0001F600\"", "\"b\""], map.Entries.Select(e => e.KeyLocation.Text));
        Assert.Equal("\"\u20ac\\n\"", map.Entries[0].Value.Location.Text);
        Assert.Equal("[12, {\"c\": true}]", map.Entries[1].Value.Location.Text);
        Assert.Equal(["12", "{\"c\": true}"], ((DataList)map.Entries[1].Value).Items.Select(i => i.Location.Text));
        Assert.Equal("t.json:3:9", ((DataList)map.Entries[1].Value).Items[0].Location.ToString());
    }

    [Fact]
    public void A_key_with_null_counts_as_left_out()
    {
        var diagnostics = new DiagnosticBag();
        var map = Assert.IsType<DataMap>(JsonDataReader.Read(new SourceText("t.json", "{\"a\": null, \"b\": {\"c\": null}}"), diagnostics));
        Assert.Empty(diagnostics.ToSortedArray());
        Assert.Equal("b", Assert.Single(map.Entries).Key);
        Assert.Empty(Assert.IsType<DataMap>(map.Entries[0].Value).Entries);
    }

    [Theory]
    [InlineData("[null]", "1:2 ambiguous-value [null]")]
    [InlineData("{\"a\": 1e3}", "1:7 ambiguous-value [1e3]")]
    [InlineData("{\"a\": 1, \"a\": 2}", "1:10 repeated-setting [\"a\"]")]
    [InlineData("{\"a\": 1, \"\\u0061\": 2}", "1:10 repeated-setting [\"\\u0061\"]")]
    [InlineData("{\"a\": [1,]}", "1:10 invalid-json []]")]
    [InlineData("{\"a\": 1,}", "1:9 invalid-json [}]")]
    [InlineData("{\n  // x\n}", "2:3 invalid-json [/]")]
    [InlineData("{'a': 1}", "1:2 invalid-json [']")]
    [InlineData("{\"a\": 01}", "1:8 invalid-json [1]")]
    [InlineData("{\"a\": 1", "1:8 invalid-json []")]
    [InlineData("{\"a\": 1} {}", "1:10 invalid-json [{]")]
    [InlineData("{\"a\": \"\\ud800\"}", "1:7 invalid-json [\"\\ud800\"]")]
    [InlineData("{\"a\": yes}", "1:7 invalid-json [y]")]
    [InlineData("{\"\u00e9\u20ac\": \"x\ny\"}", "1:10 invalid-json [\n]")]
    [InlineData(" \n", "1:1 empty-data []")]
    [InlineData("{\"a\": \"x\u202ey\"}", "1:7 hidden-character [\"x\u202ey\"]")]
    public void Refuses_once_and_says_where(string text, string expected)
    {
        var (node, diagnostics) = Read(text);
        Assert.Equal([expected], diagnostics.Lines());
        Assert.Null(node);
    }

    [Fact]
    public void Nesting_is_limited()
    {
        Assert.NotNull(Read(new string('[', 64) + new string(']', 64)).Node);
        Assert.Equal(["1:65 nested-too-deeply [[]"], Read(new string('[', 100_000)).Diagnostics.Lines());
    }

    [Fact]
    public void The_reader_for_yaml_reads_json_files_strictly()
    {
        var diagnostics = new DiagnosticBag();
        Assert.Null(YamlDataReader.Read(new SourceText("inventory.json", "a: b"), diagnostics));
        Assert.Equal(["1:1 invalid-json [a]"], diagnostics.Lines());
    }

    [Fact]
    public void Reads_what_another_parser_reads_and_refuses_what_it_refuses()
    {
        var parts = Gen.OneOf("{", "}", "[", "]", ",", ":", "\"a\"", "\"b\"", "1", "-2", "true", " ", "\n", "\"", "x", "\\", "\u00e9", "\U0001F600");
        parts.Array[0, 12].Select(string.Concat).Sample(
            text =>
            {
                var (node, diagnostics) = Read(text);
                Assert.Equal(node is null, diagnostics.HasErrors);
                if (!diagnostics.ToSortedArray().Any(d => d.Code == "repeated-setting"))
                {
                    Assert.Equal(Parses(text), node is not null);
                }
            },
            iter: 20_000);
    }

    private static bool Parses(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static (DataNode? Node, DiagnosticBag Diagnostics) Read(string text)
    {
        var diagnostics = new DiagnosticBag();
        return (JsonDataReader.Read(new SourceText("t.json", text), diagnostics), diagnostics);
    }
}
