using System.Diagnostics;
using System.Text;
using CsCheck;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Terraform;
using Xunit;

namespace PolicyLang.Tests.Linting.Artefacts;

/// <summary>Terraform's native syntax becomes the tree of its JSON syntax, and nothing that is computed becomes a value.</summary>
public sealed class ForeignHclTests
{
    [Theory]
    [InlineData("""a = "x"  # comment""", """{"a": "x"}""")]
    [InlineData("a = 1\nb = -2.5e3 // c\nc = true\nd = null\n/* no */ e = \"\"", """{"a": 1, "b": -2.5e3, "c": true, "d": null, "e": ""}""")]
    [InlineData("""a = [1, "b", [true], { c = "d" }]""", """{"a": [1, "b", [true], {"c": "d"}]}""")]
    [InlineData("a = [\n  1, # one\n  2,\n]", """{"a": [1, 2]}""")]
    [InlineData("a = { b : 1, \"c d\" = 2\n e = 3 }", """{"a": {"b": 1, "c d": 2, "e": 3}}""")]
    [InlineData("resource \"t\" \"n\" {\n  a = 1\n  b {\n    c = 2\n  }\n}", """{"resource": {"t": {"n": {"a": 1, "b": {"c": 2}}}}}""")]
    [InlineData("resource \"t\" \"n\" {}\nresource \"t\" \"m\" {}\nresource \"u\" \"n\" {}", """{"resource": {"t": {"n": {}, "m": {}}, "u": {"n": {}}}}""")]
    [InlineData("b { x = 1 }\nb { x = 2 }", """{"b": [{"x": 1}, {"x": 2}]}""")]
    [InlineData("a = <<EOT\n  x\n y\nEOT\nb = 1", """{"a": "  x\n y\n", "b": 1}""")]
    [InlineData("a = <<-EOT\n    x\n      y\n  EOT\nb = 1", """{"a": "x\n  y\n", "b": 1}""")]
    [InlineData("a = \"\\\"q\\\" \\\\ \\n \\u0041 $${x} %%{y} $5\"", """{"a": "\"q\" \\ \n A ${x} %{y} $5"}""")]
    [InlineData("a = jsonencode({ Version = \"1\", L = [\"x\"] })", """{"a": {"Version": "1", "L": ["x"]}}""")]
    [InlineData("a = var.x\nb = \"${var.x}-y\"\nc = x ? 1 : 2\nd = 1 + 2\ne = [for k in v : k]\nf = { for k in v : k => k }\ng = merge({ a = 1 }, { b = \"}\" })\nh = [1, 2][0]", """{"a": <var.x>, "b": <"${var.x}-y">, "c": <x ? 1 : 2>, "d": <1 + 2>, "e": <[for k in v : k]>, "f": <{ for k in v : k => k }>, "g": <merge({ a = 1 }, { b = "}" })>, "h": <[1, 2][0]>}""")]
    [InlineData("a = [var.x, \"b\", f(1, 2)]", """{"a": [<var.x>, "b", <f(1, 2)>]}""")]
    [InlineData("a = \"${join(\"}\", [\"{\"])}\"\nb = 1", """{"a": <"${join("}", ["{"])}">, "b": 1}""")]
    [InlineData("a = jsonencode(merge(var.x, {}))\nb = 1", """{"a": <jsonencode(merge(var.x, {}))>, "b": 1}""")]
    [InlineData("a = <<EOT\n${var.x}\nEOT\nb = 1", """{"a": <<<EOT\n${var.x}\nEOT>, "b": 1}""")]
    [InlineData("this is %[1]s nothing\n= 3\nb = 1\n}\nc = 2", """{"b": 1, "c": 2}""")]
    [InlineData("dynamic \"b\" {\n  for_each = var.x\n  content {\n    y = b.value\n  }\n}", """{"dynamic": {"b": {"for_each": <var.x>, "content": {"y": <b.value>}}}}""")]
    public void A_text_becomes_data(string text, string expected) => Assert.Equal(expected, Shown(Assert.Single(Read(text).Documents)));

    [Theory]
    [InlineData("a = \"x", "this quote", 4)]
    [InlineData("a = \"${x", "this quote", 4)]
    [InlineData("b {\n  a = 1", "this brace", 2)]
    [InlineData("a = [1,", "this bracket", 4)]
    [InlineData("a = f(1", "this bracket", 5)]
    [InlineData("/* a", "this comment", 0)]
    [InlineData("a = <<EOT\nx", "the text that starts with `<<EOT`", 4)]
    public void What_never_closes_is_said(string text, string what, int position)
    {
        var (documents, findings) = Read(text);
        Assert.Empty(documents);
        var finding = Assert.Single(findings);
        Assert.Equal("invalid-terraform", finding.Code);
        Assert.Equal($"{what} is never closed", finding.Message);
        Assert.Equal(position, finding.Location!.Span.Start);
    }

    [Fact]
    public void Places_are_those_of_the_text()
    {
        const string Text = "resource \"t\" \"n\" {\n  a = \"x\" # y\n  b = var.z\n}\n";
        var body = (DataMap)Find(Read(Text).Documents[0], "resource", "t", "n");
        Assert.Equal("\"x\"", body.Find("a")!.Value.Location.Text);
        Assert.Equal("b", body.Find("b")!.KeyLocation.Text);
        Assert.Equal("var.z", body.Find("b")!.Value.Location.Text);
        Assert.Equal(Text[17..^1], body.Location.Text);
        Assert.Equal("\"n\"", ((DataMap)Find(Read(Text).Documents[0], "resource", "t")).Find("n")!.KeyLocation.Text);
    }

    [Fact]
    public void The_json_syntax_gives_the_same_resources()
    {
        var native = Resources("main.tf", "resource \"t\" \"n\" {\n  a = \"${var.x}\"\n  b = \"$${y}\"\n}");
        var json = Resources("main.tf.json", """{"resource": {"t": {"n": {"a": "${var.x}", "b": "$${y}"}}}}""");
        Assert.Equal(native.Select(one => one.Address), json.Select(one => one.Address));
        Assert.All(native.Concat(json), one => Assert.IsType<DataExpression>(one.Body.Get("a")));
        Assert.All(native.Concat(json), one => Assert.Equal("${y}", one.Body.Text("b")));
    }

    [Theory]
    [InlineData("main.tf", "\"a \\\"b\\\" ${var.x} c\"", "a \"b\" \uE0000 c", "c")]
    [InlineData("main.tf", "format(\"in $%s and %d\", cloudflare_zero_trust_list.k8s.id, 443)", "in $\uE0000 and 443", null)]
    [InlineData("main.tf", "format(\"in $%s end\", replace(a.b.id, \"-\", \"\"))", "in $\uE0000 end", "end")]
    [InlineData("main.tf", "\"in ${\"$\"}${a.b.id} end\"", "in $\uE0000 end", "end")]
    [InlineData("main.tf", "<<-E\n    one\n      two ${a}\n  E", "one\n  two \uE0000\n", "two")]
    [InlineData("main.tf", "chomp(\"x\")", "x", "x")]
    [InlineData("main.tf", "join(\" \", var.x)", null, null)]
    [InlineData("main.tf", "\"%{ if x }y%{ endif }\"", null, null)]
    [InlineData("main.tf.json", "\"a \\\"b\\\" ${var.x} c\"", "a \"b\" \uE0000 c", "c")]
    [InlineData("rules.json", "\"a \\\"b\\\" c\"", "a \"b\" c", "c")]
    [InlineData("rules.json", "\"a ${b}\"", null, null)]
    public void Texts_are_worked_out_as_far_as_they_are_known(string path, string written, string? expected, string? piece)
    {
        var text = path.EndsWith(".tf", StringComparison.Ordinal) ? $"a = {written}\n" : $"{{\"a\": {written}}}";
        var file = ArtefactFile.Read(new SourceText(path, text), new DiagnosticBag());
        var read = TerraformTextReader.Read(((DataMap)file.Documents[0]).Find("a")!.Value, _ => 0);
        Assert.Equal(expected, read?.Text);
        if (piece is not null)
        {
            Assert.Equal(piece, read!.At(read.Text.IndexOf(piece, StringComparison.Ordinal), piece.Length).Text);
        }
    }

    [Fact]
    public void No_text_makes_it_fail()
    {
        string[] pieces = ["resource", "\"", "\\", "${", "%{", "}", "{", "[", "]", "(", ")", "=", ",", ":", "<<EOT\n", "<<-A\n", "EOT\n", "A\n", "\n", " ", "#", "//", "/*", "*/", "jsonencode(", "format(\"%s\", ", "for", "x", "1", "-", "$", "\t", "\uE000", "é", "."];
        Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]).Array[0, 60].Select(string.Concat).Sample(
            text =>
            {
                foreach (var path in (string[])["main.tf", "main.tf.json"])
                {
                    var file = ArtefactFile.Read(new SourceText(path, text), new DiagnosticBag());
                    foreach (var node in file.Documents.SelectMany(All))
                    {
                        Assert.InRange(node.Location.Span.End, node.Location.Span.Start, text.Length);
                        TerraformTextReader.Read(node, _ => 0);
                    }
                }
            },
            iter: 20_000);
    }

    [Fact]
    public void No_beginning_of_a_file_makes_it_fail()
    {
        const string Text = "resource \"a\" \"b\" {\n  c = <<-E\n    {\"x\": \"${var.y}\"}\n  E\n  d = jsonencode({ \"k\" = [1, \"v\"], l : merge({}, z[\"q\"]) })\n  /* e */ f { g = \"\\u00e9 $${h}\" }\n}\n";
        for (var length = 0; length <= Text.Length; length++)
        {
            Read(Text[..length]);
        }
    }

    [Theory]
    [InlineData("a = ", "[", "")]
    [InlineData("a = ", "{b=", "")]
    [InlineData("", "b {\n", "")]
    [InlineData("a = ", "jsonencode(", "")]
    [InlineData("a = f", "(", "")]
    [InlineData("a = \"", "${\"", "")]
    [InlineData("a", " \"l\"", " {}")]
    [InlineData("", "resource \"t\" \"n\" {\n a = 1\n}\n", "")]
    [InlineData("a = [", "\"${x}\", ", "]")]
    [InlineData("", "a = <<E\n", "")]
    [InlineData("a = \"", "${f(\"", "\"")]
    public void A_long_text_takes_no_longer_than_its_length(string start, string piece, string end)
    {
        var watch = Stopwatch.StartNew();
        Read(start + new StringBuilder().Insert(0, piece, 1_000_000 / piece.Length) + end);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"took {watch.Elapsed}");
    }

    private static (IReadOnlyList<DataNode> Documents, IReadOnlyList<Diagnostic> Findings) Read(string text)
    {
        var diagnostics = new DiagnosticBag();
        var documents = ForeignHcl.Read(new SourceText("main.tf", text), diagnostics);
        return (documents, diagnostics.ToSortedArray());
    }

    private static IEnumerable<TerraformResource> Resources(string path, string text) => TerraformResources.Read([ArtefactFile.Read(new SourceText(path, text), new DiagnosticBag())]).All;

    private static DataNode Find(DataNode node, params string[] path) => path.Aggregate(node, (map, key) => ((DataMap)map).Find(key)!.Value);

    private static IEnumerable<DataNode> All(DataNode node) => node switch
    {
        DataMap map => map.Entries.SelectMany(entry => All(entry.Value)).Prepend(node),
        DataList list => list.Items.SelectMany(All).Prepend(node),
        _ => [node],
    };

    private static string Shown(DataNode node) => node switch
    {
        DataMap map => $"{{{string.Join(", ", map.Entries.Select(entry => $"\"{entry.Key}\": {Shown(entry.Value)}"))}}}",
        DataList list => $"[{string.Join(", ", list.Items.Select(Shown))}]",
        DataScalar { IsQuoted: true } text => $"\"{text.Text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"",
        DataScalar scalar => scalar.Text,
        DataExpression expression => $"<{expression.Text.Replace("\n", "\\n", StringComparison.Ordinal)}>",
        _ => "?",
    };
}
