using System.Text;
using PolicyLang.Diagnostics;
using PolicyLang.Syntax;
using Xunit;

namespace PolicyLang.Tests.Syntax;

/// <summary>
/// The messages people read, each with its exact place: <c>Cases/*.policy</c>. A case begins with <c>=== title</c>. With the environment
/// variable <c>UPDATE_SYNTAX_CASES</c> the files are written anew; read the difference before committing it.
/// </summary>
public sealed class MistakeCaseTests
{
    private const string TitleMark = "=== ";

    public static TheoryData<string> Files
    {
        get
        {
            var data = new TheoryData<string>();
            foreach (var path in Directory.GetFiles(SampleFiles.Path("Cases"), "*.policy").Order(StringComparer.Ordinal))
            {
                data.Add(Path.GetFileName(path));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_mistake_has_its_message_at_its_place(string file)
    {
        var written = SampleFiles.Read(Path.Combine("Cases", file));
        var actual = new StringBuilder();
        foreach (var (title, body) in Cases(written))
        {
            var text = AnnotatedSource.Strip(body);
            var tree = SyntaxTree.Parse(new SourceText(file, text));
            actual.Append(TitleMark).Append(title).Append('\n').Append(AnnotatedSource.Annotate(text, tree.Diagnostics)).Append('\n');
        }

        var result = actual.ToString().TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_SYNTAX_CASES") is not null)
        {
            File.WriteAllText(SampleFiles.Path(Path.Combine("Cases", file)), result);
        }

        Assert.Equal(written, result);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Messages_keep_the_house_style(string file)
    {
        foreach (var (title, body) in Cases(SampleFiles.Read(Path.Combine("Cases", file))))
        {
            foreach (var diagnostic in SyntaxTree.Parse(new SourceText(file, AnnotatedSource.Strip(body))).Diagnostics)
            {
                var texts = diagnostic.Message + "\n" + diagnostic.Help;
                Assert.False(diagnostic.Message.EndsWith('.'), $"{title}: {diagnostic.Message}");
                Assert.False(char.IsUpper(diagnostic.Message[0]), $"{title}: {diagnostic.Message}");
                foreach (var jargon in (string[])["token", "mismatched", "expecting", "parse", "grammar", "EOF"])
                {
                    Assert.DoesNotContain(jargon, texts, StringComparison.Ordinal);
                }
            }
        }
    }

    private static IEnumerable<(string Title, string Body)> Cases(string written)
    {
        foreach (var part in ("\n" + written).Split("\n" + TitleMark).Skip(1))
        {
            var end = part.IndexOf('\n');
            yield return (part[..end], part[(end + 1)..]);
        }
    }
}
