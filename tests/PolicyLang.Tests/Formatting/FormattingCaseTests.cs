using System.Text;
using PolicyLang.Diagnostics;
using PolicyLang.Formatting;
using PolicyLang.Tests.EndToEnd;
using Xunit;

namespace PolicyLang.Tests.Formatting;

/// <summary>
/// The layout, rule by rule: <c>Cases/*.cases</c>. A case begins with <c>=== title</c>, and <c>---&gt;</c> parts the text before from the text after. With the environment variable
/// <c>POLICYC_UPDATE</c> the files are written anew; read the difference before committing it.
/// </summary>
public sealed class FormattingCaseTests
{
    private const string TitleMark = "=== ";
    private const string ArrowMark = "--->\n";

    private static readonly string s_folder = Repository.Path("tests", "PolicyLang.Tests", "Formatting", "Cases");

    public static TheoryData<string> Files => [.. Directory.GetFiles(s_folder, "*.cases").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_rule_of_the_layout_does_what_its_case_shows(string file)
    {
        var path = Path.Combine(s_folder, file);
        var written = File.ReadAllText(path);
        var actual = new StringBuilder();
        foreach (var (title, before) in Cases(written))
        {
            actual.Append(TitleMark).Append(title).Append('\n').Append(before).Append(ArrowMark).Append(Format(title, before));
        }

        if (Environment.GetEnvironmentVariable("POLICYC_UPDATE") is not null)
        {
            File.WriteAllText(path, actual.ToString());
        }

        Assert.Equal(written, actual.ToString());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_formatted_stays_as_it_is(string file)
    {
        foreach (var (title, before) in Cases(File.ReadAllText(Path.Combine(s_folder, file))))
        {
            var once = Format(title, before);
            Assert.Equal(once, Format(title, once));
        }
    }

    private static string Format(string title, string text)
    {
        var result = PolicyFormatter.Format(new SourceText("case.policy", text));
        Assert.True(result.Text is not null, $"{title}: {string.Join("; ", result.Diagnostics.Select(d => $"{d.Location} {d.Message}"))}");
        return result.Text;
    }

    private static IEnumerable<(string Title, string Before)> Cases(string written)
    {
        foreach (var part in ("\n" + written).Split("\n" + TitleMark).Skip(1))
        {
            var end = part.IndexOf('\n') + 1;
            yield return (part[..(end - 1)], part[end..part.IndexOf(ArrowMark.TrimEnd(), StringComparison.Ordinal)]);
        }
    }
}
