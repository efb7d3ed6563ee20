using System.Text.RegularExpressions;
using PolicyLang.Cli.Building;
using PolicyLang.Tests.Cli;
using Xunit;

namespace PolicyLang.Tests.EndToEnd;

/// <summary>The sessions that the page of the command line shows are real: each line of an answer stands in the output, in that order, and <c>…</c> stands for lines left out.</summary>
public sealed partial class CommandPageTests
{
    [Fact]
    public void The_page_of_the_command_line_shows_real_sessions()
    {
        var sessions = Session().Matches(Repository.Read("docs", "command-line.md"));
        Assert.Equal(7, sessions.Count);
        foreach (Match session in sessions)
        {
            using var cli = new CliTestHost { OtherPipeline = new CompilerPipeline(), Now = new DateTimeOffset(DesignSample.Today, new TimeOnly(12, 0), TimeSpan.Zero) };
            var words = session.Groups["command"].Value.Replace("examples/acme", Repository.Path("examples", "acme"), StringComparison.Ordinal).Split(' ');
            var result = cli.Run(words);
            var shown = session.Groups["answer"].Value;
            var actual = result.Output + result.Error;
            if (shown.EndsWith("…\n", StringComparison.Ordinal))
            {
                Assert.StartsWith(shown[..^2], actual, StringComparison.Ordinal);
            }
            else
            {
                Assert.Equal(shown, actual);
            }
        }
    }

    /// <summary>A session about a file whose text stands before it, below a comment with its name.</summary>
    [Fact]
    public void The_page_of_linting_shows_a_real_session()
    {
        var page = Repository.Read("docs", "linting.md");
        var file = NamedFile().Match(page);
        var session = Session().Match(page);
        Assert.True(file.Success && session.Success);
        using var cli = new CliTestHost { OtherPipeline = new CompilerPipeline() };
        cli.Folder.Write(file.Groups["name"].Value, file.Groups["text"].Value);
        var result = cli.Run(session.Groups["command"].Value.Split(' '));
        if (Environment.GetEnvironmentVariable("POLICYC_UPDATE") is not null)
        {
            var answer = session.Groups["answer"];
            File.WriteAllText(Repository.Path("docs", "linting.md"), page[..answer.Index] + result.Output + page[(answer.Index + answer.Length)..]);
        }

        Assert.Equal(Session().Match(Repository.Read("docs", "linting.md")).Groups["answer"].Value, result.Output + result.Error);
    }

    [GeneratedRegex(@"^```yaml\n# (?<name>[a-z]+\.yaml)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex NamedFile();

    [GeneratedRegex(@"^```\n\$ policyc (?<command>[^\n]+)\n(?<answer>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Session();
}
