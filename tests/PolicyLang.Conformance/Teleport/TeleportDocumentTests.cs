using System.Globalization;
using System.Text;
using CsCheck;
using PolicyLang.Reading;
using PolicyLang.Targets.Teleport.Reading;
using PolicyLang.Targets.Text;
using PolicyLang.Tests.Oracle;
using Xunit;

namespace PolicyLang.Conformance.Teleport;

/// <summary>The reader of plain block YAML agrees with the general parser on whatever it takes, places included, and no bytes at all upset either.</summary>
public sealed class TeleportDocumentTests
{
    private static readonly Gen<string> s_text = Gen.Frequency(
        (4, Gen.String[Gen.Char["abcXYZ019 -:#{}[]*&!|>'%@`,?/_.^$"], 0, 12]),
        (1, Gen.String[Gen.Char["ab\"\\\n\té日\u0001\u2028\ufeff"], 0, 6]),
        (1, Pick("yes", "null", "8h0m0s", "", " a ", "~", "---", "- a")));

    private static readonly Gen<string> s_key = Gen.Frequency(
        (5, Gen.String[Gen.Char["abcdefgkn_-./019"], 1, 8].Select(k => "k" + k)),
        (1, Pick("y", "no", "a b", "1", "", "é", "k: v", "*", "policyc-cluster")));

    private static readonly Gen<string> s_damage = Pick("", " ", "\n", "\"", ":", "- ", "#", "\\", "é", "---\n", "\t", "\r", "{}", "[", "k: \"v\"\n", "  ", "---\n: 12\n", "...\n", "\u0001", "? ", "&a ", "\u0085", "\u2028");

    [Fact]
    public void What_the_writer_of_YAML_writes_reads_the_same_in_both_ways()
        => GenDocuments().Sample(text => Assert.Equal(Dump(text, false), Dump(text, true)), iter: Math.Max(Check.Iter, 2000));

    [Fact]
    public void Damaged_text_reads_the_same_in_both_ways()
        => Gen.Select(GenDocuments(), Gen.Int[0, 1 << 20], s_damage, Gen.Int[0, 3])
            .Sample(
                (text, at, insert, cut) =>
                {
                    at %= text.Length + 1;
                    var damaged = text[..at] + insert + text[Math.Min(text.Length, at + cut)..];
                    Assert.Equal(Dump(damaged, false), Dump(damaged, true));
                },
                iter: Math.Max(Check.Iter, 5000));

    // What a document is may hang on those before it, so that each kind of damage stands behind plain documents too.
    [Theory]
    [InlineData(": 12\n")]
    [InlineData("\t: true\n")]
    [InlineData("? x\n")]
    [InlineData("k: \"v\n")]
    [InlineData("k: \"\u0001\"\n")]
    [InlineData("%YAML 1.1\n")]
    [InlineData("...\n")]
    [InlineData("k: *x\n")]
    [InlineData("]\n")]
    [InlineData("k: \"v\"\nk: \"v\"\n")]
    [InlineData("k: \"v\"\n l: \"v\"\n")]
    public void A_damaged_document_behind_plain_ones_reads_the_same_in_both_ways(string damaged)
    {
        foreach (var text in new[] { damaged, "k: \"v\"\n---\n" + damaged, "---\nk: \"v\"\n---\nl:\n- 1\n---\n" + damaged + "---\nm: \"v\"\n" })
        {
            Assert.Equal(Dump(text, false), Dump(text, true));
        }
    }

    [Fact]
    public void Plain_block_YAML_needs_no_general_parser()
    {
        var bytes = File.ReadAllBytes(Path.Combine(OracleData.RepositoryRoot, "examples", "acme", "out", "teleport", "00-roles.yaml"));
        var reader = new BlockYamlReader(bytes, new TextCache());
        var tree = new DocumentTree("roles.yaml");
        while (!reader.IsAtEnd)
        {
            tree.Clear();
            Assert.True(reader.TryRead(tree), string.Create(CultureInfo.InvariantCulture, $"line {reader.Line}"));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("---\n---\n")]
    [InlineData("\ufeff# nothing\n")]
    public void Nothing_says_nothing(string text)
    {
        var reading = TeleportFiles.ReadClean(text);
        Assert.Equal(Formula.Never, reading.GateTo(TeleportFiles.Endpoint()).Opens);
        Assert.Empty(reading.IdentitiesAt(TeleportFiles.Endpoint()));
    }

    [Theory]
    [InlineData("kind: role\nkind: role\n")]
    [InlineData("a: &x 1\nb: *x\n")]
    [InlineData("kind: !!binary aaaa\n")]
    [InlineData("- a\n- [b\n")]
    [InlineData("? {a: b}\n")]
    [InlineData("kind: \"github\"\nspec:\n- \"a\":")]
    [InlineData("---\n\t: true\n---\nkind: role\n")]
    [InlineData("k: v\n[]: {}\n? [x, y]\n: z\n")]
    [InlineData("just a text\n")]
    [InlineData("{\"kind\": \"role\", ")]
    [InlineData("kind: \"ro\0le\"\n")]
    [InlineData("\"kind\": \"login_rule\"\n")]
    public void What_cannot_be_read_may_say_anything(string text)
    {
        var reading = TeleportFiles.Read(text);
        Assert.NotEmpty(reading.Problems);
        Assert.Equal(Truth.Unknown, reading.Opens(TeleportFiles.Endpoint(), "acme/sre"));
        Assert.Contains(reading.IdentitiesAt(TeleportFiles.Endpoint()), i => i.Who.Evaluate(TeleportFiles.World()) == Truth.Unknown);
    }

    [Fact]
    public void Deep_and_long_files_end_in_time()
    {
        Assert.NotEmpty(TeleportFiles.Read(new string('[', 200_000)).Problems);
        Assert.NotEmpty(TeleportFiles.Read(string.Concat(Enumerable.Repeat("{a: ", 100_000))).Problems);
        Assert.NotEmpty(TeleportFiles.Read(string.Concat(Enumerable.Range(0, 2000).Select(i => new string(' ', i) + "a:\n"))).Problems);
        Assert.NotEmpty(TeleportFiles.Read("{" + string.Join(',', Enumerable.Range(0, 200_000).Select(i => $"\"k{i}\":1")) + "}").Problems);
        Assert.NotEmpty(TeleportReading.Read([new Artefact("x.yaml", new byte[] { 0xff, 0xfe, 0x00 })], TeleportFiles.Newest).Problems);
    }

    [Fact]
    public void Any_bytes_are_taken()
        => Gen.Byte.Array[0, 200].Sample(
            bytes =>
            {
                var reading = TeleportReading.Read([new Artefact("x.yaml", bytes), new Artefact("x.json", bytes)], TeleportFiles.Newest);
                reading.GateTo(TeleportFiles.Endpoint());
                reading.IdentitiesAt(TeleportFiles.Endpoint());
            },
            iter: 3000);

    private static Gen<string> Pick(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static Gen<string> GenDocuments() => Gen.Select(Gen.Int, Gen.Int[1, 3]).SelectMany((_, count) => GenBlock(3).Array[count].Select(blocks =>
    {
        var yaml = new YamlText().Comment("first");
        foreach (var block in blocks)
        {
            yaml.NextDocument();
            block(yaml);
        }

        return Encoding.UTF8.GetString(yaml.TakeUtf8());
    }));

    private static Gen<Action<YamlText>> GenBlock(int depth) => GenEntry(depth).Array[1, 5].Select<Action<YamlText>[], Action<YamlText>>(entries => yaml => Array.ForEach(entries, e => e(yaml)));

    private static Gen<Action<YamlText>> GenEntry(int depth)
    {
        var text = Gen.Select(s_key, s_text).Select<(string, string), Action<YamlText>>(t => yaml => yaml.Text(t.Item1, t.Item2));
        var list = Gen.Select(s_key, s_text.Array[0, 3]).Select<(string, string[]), Action<YamlText>>(t => yaml => yaml.TextList(t.Item1, t.Item2));
        var flag = Gen.Select(s_key, Gen.Bool).Select<(string, bool), Action<YamlText>>(t => yaml => yaml.Flag(t.Item1, t.Item2));
        var number = Gen.Select(s_key, Gen.Int[-5, 100]).Select<(string, int), Action<YamlText>>(t => yaml => yaml.Integer(t.Item1, t.Item2));
        if (depth == 0)
        {
            return Gen.OneOf(text, list, flag, number);
        }

        var map = Gen.Select(s_key, GenBlock(depth - 1)).Select<(string, Action<YamlText>), Action<YamlText>>(t => yaml => yaml.Map(t.Item1, t.Item2));
        var maps = Gen.Select(s_key, GenBlock(depth - 1).Array[0, 3]).Select<(string, Action<YamlText>[]), Action<YamlText>>(t => yaml => yaml.MapList(t.Item1, t.Item2, (y, write) => write(y)));
        return Gen.OneOf(text, list, flag, number, map, maps);
    }

    private static string Dump(string text, bool allowsBlockReader)
    {
        var sink = new DumpSink();
        new DocumentReader(new TextCache()).Read(TeleportFiles.File(text), sink, allowsBlockReader);
        return sink.Text.ToString();
    }

    private sealed class DumpSink : IDocumentSink
    {
        public StringBuilder Text { get; } = new();

        public void Accept(Node root)
        {
            Text.Append("document\n");
            Add(root, 1);
        }

        public void Unreadable(ReadingProblem problem) => Text.Append(problem.Kind).Append(": ").Append(problem.Message).Append(' ').Append(problem.Place).Append('\n');

        private void Add(Node node, int depth)
        {
            Assert.True(depth <= DocumentReader.GreatestDepth + 2, "the document has no end");
            Text.Append(' ', depth).Append(node.Kind).Append(' ').Append(node.Text).Append(' ').Append(node.Flag).Append(' ').Append(node.Place).Append('\n');
            foreach (var item in node.Items)
            {
                Add(item, depth + 1);
            }

            foreach (var (key, value) in node.Pairs)
            {
                Add(key, depth + 1);
                Add(value, depth + 1);
            }
        }
    }
}
