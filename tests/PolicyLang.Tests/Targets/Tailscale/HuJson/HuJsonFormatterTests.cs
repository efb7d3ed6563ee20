using System.Text.Json;
using CsCheck;
using PolicyLang.Targets.Tailscale.HuJson;
using Xunit;

namespace PolicyLang.Tests.Targets.Tailscale.HuJson;

public sealed class HuJsonFormatterTests
{
    public static TheoryData<string, string> Vectors()
    {
        var data = new TheoryData<string, string>();
        using var document = JsonDocument.Parse(File.ReadAllText(TailscaleOracle.Find("hujson_format_vectors.json") ?? throw new FileNotFoundException("hujson_format_vectors.json")));
        foreach (var vector in document.RootElement.EnumerateArray())
        {
            data.Add(vector.GetProperty("in").GetString() ?? "", vector.GetProperty("want").GetString() ?? "");
        }

        return data;
    }

    [Fact]
    public void All_vectors_are_there() => Assert.True(Vectors().Count >= 39);

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Formats_as_the_original_does(string input, string expected)
    {
        Assert.Equal(expected, HuJsonFormatter.Format(HuJsonParser.Parse(input)));
        Assert.Equal(expected, HuJsonFormatter.Format(HuJsonParser.Parse(expected)));
    }

    [Fact]
    public void Keeps_the_data_and_settles_in_one_round()
    {
        var trivia = OneOf("", "", "", " ", "\n", "\n\n\n", "\r\n\t", "/**/", "/* a */", "//b\n", " /*\n * c\n */ ", "\n\t// d\n\n");
        var literal = OneOf("null", "true", "-1.5e3", "\"x\"", "\"\\u000a\\/é\"", "\"a longer text that fills the line to the end\"");
        var value = Gen.Recursive<HuJsonValue>((depth, self) =>
        {
            var leaf = Gen.Select(literal, trivia, (raw, before) => new HuJsonValue(new HuJsonLiteral(raw), before));
            if (depth > 3)
            {
                return leaf;
            }

            var array = Gen.Select(self.Array[0, 3], trivia, trivia, Gen.Bool, (items, before, closing, comma)
                => new HuJsonValue(new HuJsonArray([.. items.Select((item, i) => Between(item, i == items.Length - 1 && !comma ? "" : before))], closing, comma && items.Length > 0), before));
            var @object = Gen.Select(Gen.Select(OneOf("a", "bb", "ccc\"d"), trivia, self).Array[0, 3], trivia, trivia, Gen.Bool, (members, before, closing, comma)
                => new HuJsonValue(
                    new HuJsonObject(
                        [.. members.Select((m, i) => new HuJsonMember(HuJsonValue.Text(m.Item1, m.Item2), Between(m.Item3, i == members.Length - 1 && !comma ? "" : m.Item2)))],
                        closing,
                        comma && members.Length > 0),
                    before));
            return Gen.OneOf(leaf, array, @object);
        });

        value.Sample(tree =>
        {
            var once = HuJsonFormatter.Format(tree);
            var again = HuJsonParser.Parse(once);
            Assert.Equal(once, HuJsonFormatter.Format(again));
            using var before = JsonDocument.Parse(HuJsonStandard.ToJson(tree));
            using var after = JsonDocument.Parse(HuJsonStandard.ToJson(again));
            Assert.True(JsonElement.DeepEquals(before.RootElement, after.RootElement), once);
        });

        static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

        static HuJsonValue Between(HuJsonValue value, string after) => new(value.Body, value.Before, after);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1")]
    [InlineData("[1,,2]")]
    [InlineData("{a: 1}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("\"a\nb\"")]
    [InlineData("01")]
    [InlineData("nul")]
    [InlineData("/* open")]
    [InlineData("null // no line end")]
    [InlineData("1 2")]
    [InlineData("[}")]
    public void Refuses_what_is_no_HuJson(string text) => Assert.Throws<HuJsonException>(() => HuJsonParser.Parse(text));

    [Fact]
    public void Refuses_nesting_that_would_exhaust_the_stack()
        => Assert.Throws<HuJsonException>(() => HuJsonParser.Parse(new string('[', 100_000)));

    [Fact]
    public void Json_keeps_lines_and_columns()
        => Assert.Equal("{\n    \"a\": [1   ]  \n}", HuJsonStandard.ToJson(HuJsonParser.Parse("{\n/**/\"a\": [1,  ],/\n}".Replace(",/", ", ", StringComparison.Ordinal))));

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("a\"b\\c", "\"a\\\"b\\\\c\"")]
    [InlineData("\u0001\u001f\u007f", "\"\\u0001\\u001f\u007f\"")]
    [InlineData("\ud83d\ude02", "\"\ud83d\ude02\"")]
    public void Quotes_strings(string text, string literal) => Assert.Equal(literal, HuJsonString.Quote(text));

    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character() => Assert.Equal("\"\ufffdx\"", HuJsonString.Quote("\ud83dx"));
}
