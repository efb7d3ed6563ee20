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
        Assert.Equal(6, sessions.Count);
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

    [GeneratedRegex(@"^```\n\$ policyc (?<command>[^\n]+)\n(?<answer>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Session();
}
