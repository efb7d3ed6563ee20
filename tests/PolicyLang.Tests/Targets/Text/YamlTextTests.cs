using System.Globalization;
using System.Text;
using CsCheck;
using PolicyLang.Targets.Text;
using PolicyLang.Tests.Targets.Kubernetes;
using Xunit;

namespace PolicyLang.Tests.Targets.Text;

public sealed class YamlTextTests
{
    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.String,
        Gen.Char.Array[0, 40].Select(c => new string(c)),
        OneOf("y", "007", "a #b", "- a", "\u0085", "\u2028", "\ufeff", "\ufffe", "\uffff", "\u00a0", "\ud83d\ude00", "\\u0041", "\"", "'", "a: b", "{x}", "%TAG", "\t", "\r\n", "---", "...", "&a", "*a", "!!str x", "\0"))
        .Where(IsUnicode);

    [Fact]
    public void Writes_blocks_lists_and_scalars()
    {
        var text = Written(new YamlText()
            .Comment("written by a test")
            .Text("apiVersion", "v1")
            .Integer("count", -12)
            .Flag("isOn", true)
            .Flag("isOff", false)
            .TextList("names", ["y", "a #b"])
            .TextList("none", [])
            .EmptyMap("map")
            .EmptyList("list")
            .Map("outer", static yaml => yaml.Map("inner", static y => y.Text("on", "off").TextList("l", ["x"])))
            .MapList("items", [1, 2], static (yaml, n) => yaml.Map("first", n, static (y, i) => y.Integer("n", i)).Text("second", "2").TextList("third", ["t"]))
            .MapList("nested", ["a"], static (yaml, n) => yaml.MapList("inner", [n, n], static (y, m) => y.Text("k", m).Text("l", m)))
            .NextDocument()
            .Text("a b", "c"));
        Assert.Equal(
            """
            # written by a test
            apiVersion: "v1"
            count: -12
            isOn: true
            isOff: false
            names:
            - "y"
            - "a #b"
            none: []
            map: {}
            list: []
            outer:
              inner:
                "on": "off"
                l:
                - "x"
            items:
            - first:
                "n": 1
              second: "2"
              third:
              - "t"
            - first:
                "n": 2
              second: "2"
              third:
              - "t"
            nested:
            - inner:
              - k: "a"
                l: "a"
              - k: "a"
                l: "a"
            ---
            "a b": "c"

            """.ReplaceLineEndings("\n"),
            text);
    }

    [Fact]
    public void An_empty_block_is_an_empty_map_and_not_null()
    {
        Assert.Equal("a: {}\nb: \"c\"\n", Written(new YamlText().Map("a", static _ => { }).Text("b", "c")));
        Assert.Equal("a:\n- {}\n- x: \"2\"\n", Written(new YamlText().MapList("a", [1, 2], static (yaml, n) => _ = n == 2 ? yaml.Text("x", "2") : yaml)));
        Assert.Equal("a:\n- b: {}\n", Written(new YamlText().MapList("a", [1], static (yaml, _) => yaml.Map("b", static _ => { }))));
    }

    [Fact]
    public void Every_text_comes_back_as_the_same_string_in_double_quotes()
        => AnyText.Array[1, 5].Sample(
            texts =>
            {
                var yaml = new YamlText().TextList("list", texts).MapList("maps", texts, static (y, t) => y.Text("k", t).Map("m", t, static (z, u) => z.Text("k", u)));
                var document = Assert.Single(YamlDocuments.Read(Encoding.UTF8.GetString(yaml.TakeUtf8())));
                Assert.Equal(texts, document["list"].Texts());
                Assert.Equal(texts, document["maps"]!.AsArray().Select(m => (string)m!["k"]!));
                Assert.Equal(texts, document["maps"]!.AsArray().Select(m => (string)m!["m"]!["k"]!));
            },
            iter: 2000);

    [Fact]
    public void Every_key_comes_back_as_the_same_key()
        => AnyText.Where(key => key.Length < 150).Sample(
            key =>
            {
                var document = Assert.Single(YamlDocuments.Read(Written(new YamlText().Text(key, "v"))));
                Assert.Equal([key], document.Select(p => p.Key));
                var nested = Assert.Single(YamlDocuments.Read(Written(new YamlText().MapList("m", [key], static (y, k) => y.Map(k, k, static (z, l) => z.Text(l, "w"))))));
                Assert.Equal("w", (string?)nested["m"]![0]![key]![key]);
            },
            iter: 2000);

    [Fact]
    public void Everything_but_printable_characters_is_escaped()
    {
        for (var c = 0; c <= char.MaxValue; c++)
        {
            if (char.IsSurrogate((char)c))
            {
                continue;
            }

            var text = Written(new YamlText().Text("k", ((char)c).ToString()));
            var isSpecial = char.IsControl((char)c) || c is 0x2028 or 0x2029 or 0xfeff or 0xfffe or 0xffff;
            var expected = (char)c is '"' or '\\' ? $"\\{(char)c}" : isSpecial ? $"\\u{c.ToString("X4", CultureInfo.InvariantCulture)}" : ((char)c).ToString();
            Assert.Equal($"k: \"{expected}\"\n", text);
        }
    }

    [Theory]
    [InlineData("y")]
    [InlineData("N")]
    [InlineData("On")]
    [InlineData("off")]
    [InlineData("True")]
    [InlineData("NULL")]
    [InlineData("")]
    [InlineData("~")]
    [InlineData("1")]
    [InlineData("-a")]
    [InlineData("a:b")]
    [InlineData("<<")]
    [InlineData("=")]
    [InlineData(".nan")]
    public void Keys_that_readers_could_take_for_something_else_are_quoted(string key) => Assert.Equal($"\"{key}\": \"v\"\n", Written(new YamlText().Text(key, "v")));

    [Theory]
    [InlineData("apiVersion")]
    [InlineData("app.kubernetes.io/managed-by")]
    [InlineData("yes-no")]
    [InlineData("nonResourceURLs")]
    public void Other_keys_are_plain(string key) => Assert.Equal($"{key}: \"v\"\n", Written(new YamlText().Text(key, "v")));

    [Fact]
    public void A_comment_cannot_become_data()
        => AnyText.Sample(
            comment =>
            {
                var text = Written(new YamlText().Comment(comment).Text("a", "b").Comment(comment));
                Assert.Equal("""{"a":"b"}""", Assert.Single(YamlDocuments.Read(text)).ToJsonString());
                Assert.All(text.Split('\n')[..^1].Where(line => line != "a: \"b\""), line => Assert.StartsWith("#", line, StringComparison.Ordinal));
            },
            iter: 2000);

    [Fact]
    public void A_comment_of_several_lines_and_backslashes_reads_well() => Assert.Equal("# a \"b\" \\c\n#\n# d\n", Written(new YamlText().Comment("a \"b\" \\c\n\nd")));

    [Fact]
    public void A_surrogate_pair_survives_wherever_the_text_is_cut()
    {
        // Long texts are kept in pieces; a piece may end between the halves of a pair.
        var value = string.Concat(Enumerable.Repeat("\ud83d\ude00", 40_000));
        for (var shift = 0; shift < 3; shift++)
        {
            var yaml = new YamlText().Text("k" + new string('k', shift), value).Text("z", value);
            var document = Assert.Single(YamlDocuments.Read(Encoding.UTF8.GetString(yaml.TakeUtf8())));
            Assert.Equal(value, (string)document["z"]!);
        }
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused_and_not_replaced()
        => Assert.Throws<EncoderFallbackException>(() => new YamlText().Text("k", "a\ud83db").TakeUtf8());

    [Fact]
    public void A_key_longer_than_YAML_takes_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new YamlText().Text(new string('k', 1025), "v"));
        Assert.Throws<ArgumentException>(() => new YamlText().Text(new string('\u0001', 300), "v"));
        Assert.Single(YamlDocuments.Read(Written(new YamlText().Text(new string('k', 1000), "v"))));
    }

    [Fact]
    public void A_document_cannot_start_inside_a_block()
        => Assert.Throws<InvalidOperationException>(() => new YamlText().Map("a", static yaml => yaml.NextDocument()));

    [Fact]
    public void A_text_that_was_taken_is_forgotten()
    {
        var yaml = new YamlText().Text("a", new string('x', 5000));
        Assert.Equal(5000 + "a: \"\"\n".Length, yaml.TakeUtf8().Length);
        Assert.Empty(yaml.TakeUtf8());
        Assert.Equal("b: \"c\"\n", Written(yaml.Text("b", "c")));
    }

    [Fact]
    public void A_file_of_many_documents_is_the_documents_one_after_the_other()
    {
        var yaml = new YamlText();
        var expected = new StringBuilder();
        foreach (var value in Enumerable.Range(0, 300).Select(i => string.Concat(Enumerable.Repeat(i % 3 == 0 ? "\ud83d\ude00" : "\u00e9a", i))))
        {
            yaml.NextDocument().Text("k", value);
            expected.Append("---\nk: \"").Append(value).Append("\"\n");
        }

        Assert.Equal(expected.ToString(), Written(yaml));
    }

    [Fact]
    public void There_is_no_byte_order_mark_and_no_carriage_return()
    {
        var bytes = new YamlText().Text("a", "\r\n").TakeUtf8();
        Assert.Equal((byte)'a', bytes[0]);
        Assert.DoesNotContain((byte)'\r', bytes);
        Assert.Equal((byte)'\n', bytes[^1]);
    }

    private static string Written(YamlText yaml) => Encoding.UTF8.GetString(yaml.TakeUtf8());

    private static bool IsUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}
