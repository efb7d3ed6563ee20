using System.Text;
using Snapshooter.Xunit;
using Xunit;

namespace PolicyLang.Tests.EndToEnd;

public sealed class DesignSampleTests
{
    private static readonly Compilation Compiled = DesignSample.Compile(DesignSample.Policy);

    [Fact]
    public void The_designs_sample_builds_as_it_stands()
    {
        Assert.False(Compiled.HasErrors, string.Join('\n', Compiled.Diagnostics.Select(d => $"{d.Code} {d.Location}: {d.Message}")));
        Assert.Equal([], Compiled.Diagnostics.Select(d => d.Code));
    }

    [Theory]
    [InlineData("cloudflare")]
    [InlineData("kubernetes")]
    [InlineData("tailscale")]
    [InlineData("teleport")]
    public void The_outputs_of_the_designs_sample(string target)
    {
        var text = new StringBuilder();
        foreach (var file in Compiled.Outputs[target].OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            text.Append("===== ").Append(file.Path).Append('\n').Append(Encoding.UTF8.GetString(file.Content.Span));
        }

        Snapshot.Match(text.ToString(), $"design-sample-{target}");
    }

    [Fact]
    public void What_the_outputs_of_the_designs_sample_rest_on()
        => Snapshot.Match(string.Concat(Compiled.Assumptions.Select(a => $"{a.Kind} [{a.Topic}] {a.Statement}\n")), "design-sample-assumptions");
}
