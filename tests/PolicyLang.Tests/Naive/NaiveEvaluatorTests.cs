using CsCheck;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Targets;
using PolicyLang.Tests.Access;
using PolicyLang.Tests.EndToEnd;
using PolicyLang.Tests.Support;
using Xunit;
using Xunit.Sdk;

namespace PolicyLang.Tests.Naive;

/// <summary>
/// Every later check starts from the access model. What guards the way to it is this second evaluation of the same text: a rule that the binder loses,
/// widens or puts on another cluster is a difference here.
/// </summary>
public sealed class NaiveEvaluatorTests
{
    public static TheoryData<string> Examples => [.. ExampleProject.Names];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_gives_what_its_text_gives(string example)
        => Assert.True(Compare(new DiskProjectFiles(new ExampleProject(example).Folder), DesignSample.Today) is > 0);

    [Fact]
    public void The_sample_of_the_design_gives_what_its_text_gives()
    {
        var files = SampleFiles(DesignSample.Policy);
        Assert.True(Compare(files, DesignSample.Today) is > 30);

        // `until 2026-12-31` holds through that day.
        Assert.True(Compare(files, new DateOnly(2026, 12, 31)) > Compare(files, new DateOnly(2027, 1, 1)));
    }

    // A comparison that found no difference between different policies would say nothing of any other.
    [Theory]
    [InlineData("on all clusters  cluster-wide", "on all clusters except stg-osaka  cluster-wide", "on cluster `stg-osaka`, `sre` via")]
    [InlineData("fleet production = clusters where env = \"prod\"", "fleet production = clusters where env != \"prod\"", "on cluster `prod-tokyo`, `sre` via")]
    [InlineData("[alice@acme.com, bob@acme.com, carol]", "[alice@acme.com, bob@acme.com]", "`carol` via")]
    [InlineData("via cloudflare", "via teleport", "via cloudflare as policyc:oncall")]
    [InlineData("default via tailscale, teleport", "default via tailscale", "via teleport as cluster-admin in *")]
    [InlineData("team = \"payments\"", "team != \"payments\"", "as policyc:deploy {create configmaps.;")]
    [InlineData("when managed ", "", "via teleport when managed as")]
    [InlineData("include view  can exec pods", "can exec pods", "as view in *")]
    [InlineData("can [get, patch] [deployments.apps,", "can patch [deployments.apps,", "get deployments.apps")]
    [InlineData("until 2026-12-31", "until 2026-11-22", "as view in payments")]
    [InlineData("in payments, checkout ", "in payments ", "in checkout: by the text no rule")]
    public void Another_policy_is_a_difference_with_its_rule_and_cluster(string old, string changed, string expected)
    {
        Assert.Contains(old, DesignSample.Policy, StringComparison.Ordinal);
        var (_, access) = Compile(SampleFiles(DesignSample.Policy), DesignSample.Today);
        var (project, files) = Load(SampleFiles(DesignSample.Policy.Replace(old, changed, StringComparison.Ordinal)));
        var failure = Assert.ThrowsAny<XunitException>(() => NaiveComparison.AssertSame(project.Policies, files, project.Settings, DesignSample.Today, access!));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains("sample.policy: allow ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_rules_give_what_their_text_gives()
    {
        var compared = 0;
        WholePipelineProperty.Rule.Array[1, 5].Sample(
            rules =>
            {
                if (Compare(WholePipelineProperty.FilesOf(rules), TestPolicy.Today) is not null)
                {
                    Interlocked.Increment(ref compared);
                }
            },
            iter: Math.Max(Check.Iter, 500));
        Assert.True(compared > 100, $"only {compared} of the generated policies have an access model: the property says little");
    }

    [Fact]
    public void Random_companies_give_what_their_text_gives()
    {
        var (compared, rights) = (0, 0);
        RandomCompany.Files.Sample(
            files =>
            {
                if (Compare(files, TestPolicy.Today) is { } count)
                {
                    Interlocked.Increment(ref compared);
                    Interlocked.Add(ref rights, count);
                }
            },
            iter: Math.Max(Check.Iter, 1500));
        Assert.True(compared > 300 && rights > 10_000, $"only {compared} of the generated policies have an access model, with {rights} rights: the property says little");
    }

    private static InMemoryProjectFiles SampleFiles(string policy)
        => new(("sample.policy", policy), ("inventory/clusters.yaml", DesignSample.Clusters), ("inventory/namespaces.yaml", DesignSample.Namespaces));

    // How many rights both give; nothing where the compiler refuses the policy.
    private static int? Compare(IProjectFiles files, DateOnly day)
    {
        var (project, access) = Compile(files, day);
        return access is null ? null : NaiveComparison.AssertSame(project.Policies, files, project.Settings, day, access);
    }

    private static (Project Project, AccessModel? Access) Compile(IProjectFiles files, DateOnly day)
    {
        var (project, _) = Load(files);

        // No target: what one of them cannot say is no matter of what the text gives.
        var kinds = TargetRegistry.All.Where(target => target.PathKind is not null).Select(target => (ITarget)new SilentTarget(target));
        return (project, PolicyCompiler.Compile(new CompilationInput(project.Settings, project.Policies, files, [.. kinds], day)).Access);
    }

    private static (Project Project, IProjectFiles Files) Load(IProjectFiles files)
    {
        var diagnostics = new DiagnosticBag();
        var project = ProjectLoader.Load(files, TargetRegistry.All, "0.1.0", diagnostics);
        Assert.False(diagnostics.HasErrors, string.Join('\n', diagnostics.ToSortedArray().Select(d => d.Message)));
        return (project, files);
    }
}
