using PolicyLang.Cli.Building;
using PolicyLang.Tests.Cli;
using Xunit;

namespace PolicyLang.Tests.EndToEnd;

public sealed class StarterProjectTests
{
    [Fact]
    public void The_project_that_init_writes_builds_as_it_stands_and_is_then_current()
    {
        using var host = new CliTestHost { OtherPipeline = new CompilerPipeline() };
        Assert.Equal(0, host.Run("init").Status);
        var build = host.Run("build");
        Assert.Equal((0, ""), (build.Status, build.Output));
        Assert.Equal(0, host.Run("build", "--check").Status);
    }
}
