using CsCheck;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Tests.Support;
using Xunit;

namespace PolicyLang.Tests.Data;

public class YamlDataReaderTests
{
    private const int Iterations = 20_000;

    [Theory]
    [InlineData("a: b\n", "{a: b}")]
    [InlineData("a: 'b'\nc: \"d\\n\"\n", "{a: 'b', c: 'd\n'}")]
    [InlineData("- 1\n- -5\n- 1.30\n- true\n- 0\n", "[1, -5, 1.30, true, 0]")]
    [InlineData("{\"a\": [1, {\"b\": \"no\"}]}", "{a: [1, {b: 'no'}]}")]
    [InlineData("a:\n- b: c\n  d: e\n- []\n- {}\n", "{a: [{b: c, d: e}, [], {}]}")]
    [InlineData("a: |\n  x\n  y\nb: >-\n  z\n  w\n", "{a: 'x\ny\n', b: 'z w'}")]
    [InlineData("# first\n---\na: b # last\n", "{a: b}")]
    [InlineData("a: 10.0.0.1\nb: 2001:db8::1\nc: 2026-12-31\nd: 1.2.3\ne: v1.2\nf: tag:k8s-a\n", "{a: 10.0.0.1, b: 2001:db8::1, c: 2026-12-31, d: 1.2.3, e: v1.2, f: tag:k8s-a}")]
    [InlineData("a: \"no\"\nb: 'null'\nc: \"007\"\nd: \"\"\n", "{a: 'no', b: 'null', c: '007', d: ''}")]
    [InlineData("a: 8f3c2e1\nb: 0bad\nc: 12e\nd: -\u00e9\n", "{a: 8f3c2e1, b: 0bad, c: 12e, d: -\u00e9}")]
    public void Reads(string text, string expected)
    {
        var (node, diagnostics) = Read(text);
        Assert.Empty(diagnostics.Lines());
        Assert.Equal(expected, DataText.Of(node));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Every_location_covers_exactly_what_was_written(string lineBreak)
    {
        var text = "a: b c\nd: 'e'\nf:\n  - g\n  - {h: \"i\", \U0001F600: j}\n  - [k, l]\nm: |\n  n\n  o\n\np:\n  q: r\n".Replace("\n", lineBreak, StringComparison.Ordinal);
        var (node, diagnostics) = Read(text);
        Assert.Empty(diagnostics.Lines());
        var map = Assert.IsType<DataMap>(node);
        Assert.Equal(["a", "d", "f", "m", "p"], map.Entries.Select(e => e.KeyLocation.Text));
        Assert.Equal("b c", map.Entries[0].Value.Location.Text);
        Assert.Equal("'e'", map.Entries[1].Value.Location.Text);
        var list = Assert.IsType<DataList>(map.Entries[2].Value);
        Assert.Equal(["g", "{h: \"i\", \U0001F600: j}", "[k, l]"], list.Items.Select(i => i.Location.Text));
        Assert.Equal("\U0001F600", ((DataMap)list.Items[1]).Entries[1].KeyLocation.Text);
        Assert.Equal($"|{lineBreak}  n{lineBreak}  o", map.Entries[3].Value.Location.Text);
        Assert.Equal("q: r", map.Entries[4].Value.Location.Text);
        Assert.Equal("t.yaml:12:6", ((DataMap)map.Entries[4].Value).Entries[0].Value.Location.ToString());
    }

    [Theory]
    [InlineData("a: &x 1\nb: *x\n", "1:4 unsupported-yaml [&x]")]
    [InlineData("b: *x\n", "1:4 unsupported-yaml [*x]")]
    [InlineData("<<: {a: b}\n", "1:1 unsupported-yaml [<<]")]
    [InlineData("a: !!str b\n", "1:4 unsupported-yaml [!!str]")]
    [InlineData("a: ! b\n", "1:4 unsupported-yaml [!]")]
    [InlineData("a: !env HOME\n", "1:4 unsupported-yaml [!env]")]
    [InlineData("- !!python/object:os.system {}\n", "1:3 unsupported-yaml [!!python/object:os.system]")]
    [InlineData("a: b\n---\nc: d\n", "2:1 unsupported-yaml [---]")]
    [InlineData("? [a]\n: b\n", "1:3 unsupported-yaml [[]")]
    [InlineData("{a: b}: c\n", "1:1 unsupported-yaml [{]")]
    [InlineData("%YAML 1.1\n---\na: b\n", "1:1 unsupported-yaml [%YAML 1.1\n---]")]
    [InlineData("%TAG !e! tag:x,2000:\n---\na: b\n", "1:1 unsupported-yaml [%TAG !e! tag:x,2000:\n---]")]
    [InlineData("a: b\nc: d\na: e\n", "3:1 repeated-setting [a]")]
    [InlineData("a: {b: 1, \"b\": 2}\n", "1:11 repeated-setting [\"b\"]")]
    [InlineData("a:\n\tb: c\n", "2:1 invalid-yaml [\t]")]
    [InlineData("a: 'x\n", "1:4 invalid-yaml [']")]
    [InlineData("a: b: c\n", "1:5 invalid-yaml [:]")]
    [InlineData("a: \"\\q\"\n", "1:4 invalid-yaml [\"]")]
    [InlineData("a: @x\n", "1:4 invalid-yaml [@]")]
    [InlineData("a: !! b\n", "1:4 unsupported-yaml [!!]")]
    [InlineData("a: [1,\n", "2:1 invalid-yaml []")]
    [InlineData("a: b\n... c\n", "2:1 invalid-yaml [.]")]
    [InlineData("", "1:1 empty-data []")]
    [InlineData("# nothing\n", "1:1 empty-data []")]
    [InlineData("a: x\u202ey\n", "1:5 hidden-character [\u202e]")]
    [InlineData("# x\u2066y\na: b\n", "1:4 hidden-character [\u2066]")]
    [InlineData("a: \"x\\u202ey\"\n", "1:4 hidden-character [\"x\\u202ey\"]")]
    [InlineData("a: x\u2028b: y\n", "1:5 hidden-character [\u2028]")]
    [InlineData("a: x\u0085b: y\n", "1:5 hidden-character [\u0085]")]
    [InlineData("a: \0b\n", "1:4 hidden-character [\0]")]
    public void Refuses_once_and_says_where(string text, string expected)
    {
        var (node, diagnostics) = Read(text);
        Assert.Equal([expected], diagnostics.Lines());
        Assert.Null(node);
        AssertPlainWords(diagnostics);
    }

    [Theory]
    [InlineData("no")]
    [InlineData("Yes")]
    [InlineData("ON")]
    [InlineData("off")]
    [InlineData("y")]
    [InlineData("N")]
    [InlineData("True")]
    [InlineData("FALSE")]
    [InlineData("null")]
    [InlineData("Null")]
    [InlineData("~")]
    [InlineData("007")]
    [InlineData("-007")]
    [InlineData("0o17")]
    [InlineData("0x1F")]
    [InlineData("0b101")]
    [InlineData("1e3")]
    [InlineData("1.5E-3")]
    [InlineData("1_000")]
    [InlineData("+5")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("00.5")]
    [InlineData("22:22")]
    [InlineData("1:30:00")]
    [InlineData(".inf")]
    [InlineData("-.INF")]
    [InlineData(".NaN")]
    public void A_plain_value_that_readers_disagree_about_must_be_quoted(string value)
    {
        var (_, plain) = Read($"a: {value}\n");
        Assert.Equal([$"1:4 ambiguous-value [{value}]"], plain.Lines());
        Assert.Contains("quote it", plain.ToSortedArray()[0].Help, StringComparison.Ordinal);

        var (_, inList) = Read($"- {value}\n");
        Assert.Equal([$"1:3 ambiguous-value [{value}]"], inList.Lines());

        var (_, asKey) = Read($"{value}: a\n");
        Assert.Equal([$"1:1 ambiguous-value [{value}]"], asKey.Lines());

        var (quoted, none) = Read($"a: \"{value}\"\n");
        Assert.Empty(none.Lines());
        Assert.Equal($"{{a: '{value}'}}", DataText.Of(quoted));
    }

    [Fact]
    public void Every_ambiguous_value_of_a_file_is_reported()
    {
        var (_, diagnostics) = Read("sources:\nb: on\nc: [1, no]\nd: {e: }\n");
        Assert.Equal(
            ["1:1 ambiguous-value [sources]", "2:4 ambiguous-value [on]", "3:8 ambiguous-value [no]", "4:5 ambiguous-value [e]"],
            diagnostics.Lines());
        Assert.Equal("`sources` has no value", diagnostics.ToSortedArray()[0].Message);
    }

    [Fact]
    public void A_repeated_key_shows_both_places()
    {
        var (_, diagnostics) = Read("a: b\nc: d\na: e\n");
        var related = Assert.Single(diagnostics.ToSortedArray()[0].Related);
        Assert.Equal("t.yaml:1:1", related.Location.ToString());
    }

    [Fact]
    public void Sixty_four_levels_are_read_and_one_more_is_not()
    {
        Assert.NotNull(Read(new string('[', 64) + new string(']', 64)).Node);
        var (node, diagnostics) = Read(new string('[', 65) + new string(']', 65));
        Assert.Null(node);
        Assert.Equal(["1:65 nested-too-deeply [[]"], diagnostics.Lines());
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void Levels_end_at_the_limit(char bracket) => AssertEnds(levels => new string(bracket, levels), "nested-too-deeply", "unsupported-yaml");

    [Fact]
    public void Dashes_end_at_the_limit() => AssertEnds(levels => string.Concat(Enumerable.Repeat("- ", levels)) + "x", "nested-too-deeply");

    [Fact]
    public void Question_marks_end_at_the_limit() => AssertEnds(levels => string.Concat(Enumerable.Repeat("? ", levels)) + "x", "unsupported-yaml", "nested-too-deeply");

    [Fact]
    public void An_alias_bomb_ends_at_its_first_anchor()
    {
        var lines = Enumerable.Range(1, 30).Select(i => FormattableString.Invariant($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]"));
        var (node, diagnostics) = Read("a0: &a0 lol\n" + string.Join('\n', lines));
        Assert.Null(node);
        Assert.Equal(["1:5 unsupported-yaml [&a0]"], diagnostics.Lines());
    }

    [Fact]
    public void More_values_than_the_limit_end_where_the_limit_is_passed()
    {
        var diagnostics = new DiagnosticBag();
        Assert.Null(YamlDataReader.Read(new SourceText("t.yaml", "[1, 2, 3, 4, 5]"), new DataLimits(64, 4), diagnostics));
        Assert.Equal(["1:11 too-many-values [4]"], diagnostics.Lines());
    }

    [Fact]
    public void Three_million_values_end_with_an_error() => AssertRefused("[" + string.Concat(Enumerable.Repeat("1,", 3_000_000)) + "1]", DataLimits.Default, "too-many-values");

    [Fact]
    public void Values_end_at_the_limit()
        => AllocatedWork.AssertEndsAtALimit(
            10_000,
            values =>
            {
                var text = "[" + string.Concat(Enumerable.Repeat("1,", values)) + "1]";
                return () => AssertRefused(text, new DataLimits(64, 5_000), "too-many-values");
            });

    [Fact]
    public void No_text_makes_it_throw_and_what_it_reads_covers_its_text()
    {
        var characters = Gen.OneOf("a", "b", ": ", ":", "- ", "-", "\n", "\r\n", "  ", " ", "[", "]", "{", "}", ",", "'", "\"", "\\", "#", " #", "&", "*", "!", "|", ">", "%", "@", "`", "?", "? ", "\t", "---", "...", "<<", "no", "1", "\ud83d", "\U0001F600", "\u00e9", "0x");
        characters.Array[0, 24].Select(string.Concat).Sample(
            text =>
            {
                var (node, diagnostics) = Read(text);
                Assert.Equal(node is null, diagnostics.HasErrors);
                AssertPlainWords(diagnostics);
                if (node is not null)
                {
                    AssertCovers(node);
                }
            },
            iter: Iterations);
    }

    private static void AssertCovers(DataNode node)
    {
        switch (node)
        {
            case DataScalar { IsQuoted: false } scalar when !scalar.Location.Text.Contains('\n', StringComparison.Ordinal):
                Assert.Equal(scalar.Text, scalar.Location.Text);
                break;
            case DataScalar:
                break;
            case DataList list:
                foreach (var item in list.Items)
                {
                    AssertInside(item.Location, list.Location);
                    AssertCovers(item);
                }

                break;
            case DataMap map:
                foreach (var entry in map.Entries)
                {
                    AssertInside(entry.Value.Location, map.Location);
                    AssertCovers(entry.Value);
                }

                break;
        }
    }

    private static void AssertInside(SourceLocation inner, SourceLocation outer)
        => Assert.True(inner.Span.Start >= outer.Span.Start && inner.Span.End <= outer.Span.End, $"{inner.Span} is not in {outer.Span} of {outer.Source.Text}");

    private static void AssertPlainWords(DiagnosticBag diagnostics)
    {
        foreach (var diagnostic in diagnostics.ToSortedArray())
        {
            Assert.DoesNotContain("scalar", diagnostic.Message, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("While", diagnostic.Message, StringComparison.Ordinal);
            Assert.False(diagnostic.Message.EndsWith('.'));
        }
    }

    private static void AssertEnds(Func<int, string> write, params string[] codes)
        => AllocatedWork.AssertEndsAtALimit(
            25_000,
            levels =>
            {
                var text = write(levels);
                return () => AssertRefused(text, DataLimits.Default, codes);
            });

    private static void AssertRefused(string text, DataLimits limits, params string[] codes)
    {
        var diagnostics = new DiagnosticBag();
        Assert.Null(YamlDataReader.Read(new SourceText("t.yaml", text), limits, diagnostics));
        Assert.Contains(Assert.Single(diagnostics.ToSortedArray()).Code, codes);
    }

    private static (DataNode? Node, DiagnosticBag Diagnostics) Read(string text)
    {
        var diagnostics = new DiagnosticBag();
        return (YamlDataReader.Read(new SourceText("t.yaml", text), diagnostics), diagnostics);
    }
}
