using PolicyLang.Tests.Cli;
using Xunit;

namespace PolicyLang.Tests.EndToEnd;

/// <summary><c>policyc can</c>, <c>who</c> and <c>why</c> from the files of a project.</summary>
public sealed class QuestionCommandTests : IDisposable
{
    private readonly CliTestHost _project = SampleOnDisk.Create();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("yes", "sre create pods/exec on prod-tokyo in payments via teleport")]
    [InlineData("yes", "sre can create pods/exec on prod-tokyo in payments via teleport")]
    [InlineData("yes", "carol read secrets on all clusters")]
    [InlineData("yes", "carol get /metrics on production")]
    [InlineData("partly", "payments exec pods on production in payments, kube-system via teleport when managed")]
    [InlineData("yes", "payments exec pods on production in payments, checkout via teleport when managed")]
    [InlineData("partly", "payments reach prod-tokyo")]
    [InlineData("no", "payments reach stg-tokyo")]
    [InlineData("no", "mallory@acme.com read secrets on production")]
    [InlineData("no", "deployer read secrets named a on production in payments")]
    [InlineData("yes", "deployer read configmaps named a on production in payments")]
    public void Can_answers_the_words_of_the_language(string expected, string question)
    {
        foreach (var words in new[] { question.Split(' '), [question.Replace("/metrics", "\"/metrics\"", StringComparison.Ordinal).Replace("named a", "named \"a\"", StringComparison.Ordinal)] })
        {
            var result = Run(expected == "yes" ? 0 : 1, ["can", .. words]);
            Assert.StartsWith(expected + "\n", result.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("error: no user, group or machine is called `srr`\nhelp: did you mean `sre`?\n", "can", "srr", "read", "secrets", "on", "production")]
    [InlineData("error: no cluster or fleet is called `prodction`\nhelp: did you mean `production`?\n", "who", "can", "read", "secrets", "on", "prodction")]
    [InlineData("error: there is no verb `reed`\nhelp: did you mean `read`?\n", "why", "sre", "can", "reed", "secrets", "on", "production")]
    [InlineData("error: the question is not complete\nhelp: write `policyc can WHO VERB RESOURCE on CLUSTER`, such as `policyc can sre read secrets on prod`, or `policyc can WHO reach CLUSTER`\n", "can", "sre")]
    [InlineData("error: the question is not complete\nhelp: write `policyc who can VERB RESOURCE on CLUSTER`, such as `policyc who can read secrets on prod`, or `policyc who can reach CLUSTER`\n", "who", "reads", "secrets")]
    public void A_mistake_in_a_question_is_one_of_the_command_line(string expected, params string[] args) => Assert.Equal(expected, Run(2, args).Error);

    [Fact]
    public void An_answer_names_the_rule_and_what_it_rests_on()
    {
        var output = Run(0, "can", "carol", "read", "secrets", "on", "prod-tokyo", "via", "teleport").Output;
        Assert.Contains("  on cluster `prod-tokyo` via `teleport`\n    sample.policy:", output, StringComparison.Ordinal);
        Assert.Contains("assuming github `acme/sre` = {alice@acme.com, bob@acme.com, carol}\n", output, StringComparison.Ordinal);
        Assert.Contains("assuming ClusterRole `cluster-admin` of cluster `prod-tokyo` holds what Kubernetes itself puts there", output, StringComparison.Ordinal);
        var strict = Run(1, "can", "carol", "read", "secrets", "on", "prod-tokyo", "via", "teleport", "--strict").Output;
        Assert.StartsWith("unknown: the answer rests on assumptions\n", strict, StringComparison.Ordinal);
    }

    [Fact]
    public void A_no_names_the_groups_that_the_person_may_be_in()
        => Assert.Contains(
            "assuming `mallory@acme.com` is not in `payments`\n",
            Run(1, "can", "mallory@acme.com", "exec", "pods", "on", "prod-tokyo", "in", "payments", "via", "teleport", "when", "managed").Output,
            StringComparison.Ordinal);

    [Fact]
    public void A_policy_that_breaks_a_guard_can_still_be_asked_about()
    {
        _project.ReplaceInPolicy("only sre          can read secrets", "only deployer can read secrets");
        Run(0, "can", "sre", "read", "secrets", "on", "production");
    }

    [Fact]
    public void Who_lists_everybody_with_their_rules()
    {
        var output = Run(0, "who", "can", "exec", "pods", "on", "production").Output;
        Assert.Contains("sre (alice@acme.com, bob@acme.com, carol)\n  create pods/exec on prod-tokyo cluster-wide via tailscale, teleport\n", output, StringComparison.Ordinal);
        Assert.Contains("payments (whoever is in github `acme/payments` or okta `Payments`)\n  create pods/exec on prod-tokyo in checkout, payments via teleport when managed\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("deployer", output, StringComparison.Ordinal);
        Assert.Contains("deployer (a machine)\n  perhaps as a service account, by create deployments.apps,", Run(0, "who", "can", "exec", "pods", "on", "production", "--indirect").Output, StringComparison.Ordinal);
        _project.ReplaceInPolicy("allow sre      as admin  on all clusters  cluster-wide                       because \"INFRA-12\"", "");
        Assert.Equal("nobody\n", Run(0, "who", "can", "reach", "stg-tokyo", "in", "kube-system", "via", "teleport").Output);
    }

    [Fact]
    public void Csv_has_one_line_a_row_and_quotes_commas()
    {
        var lines = Run(0, "who", "can", "exec", "pods", "on", "production", "via", "teleport", "--format", "csv").Output.TrimEnd('\n').Split('\n');
        Assert.Equal("who,kind,cluster,namespaces,paths,when,how,right,role,clusterrole,rule,place", lines[0]);
        Assert.Contains("payments,group,prod-tokyo,checkout payments,teleport,managed,direct,create pods/exec,oncall,policyc:oncall,\"allow payments as oncall on production in payments, checkout\",sample.policy:", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Why_follows_the_chain_to_the_API_server()
    {
        var output = Run(0, "why", "carol", "can", "exec", "pods", "on", "prod-tokyo", "via", "teleport").Output;
        string[] expected =
        [
            "    rule     allow sre as admin on all clusters cluster-wide  (sample.policy:",
            "    subject  `carol` is in `sre`  (sample.policy:",
            "    path     `teleport` lets in github `acme/sre`  (teleport/",
            "    group    Kubernetes group `policyc:prod-tokyo:sre`\n",
            "    binding  ClusterRoleBinding `policyc:prod-tokyo:sre:as:cluster-admin` to ClusterRole `cluster-admin`  (kubernetes/prod-tokyo/cluster.yaml:",
            "    right    ClusterRole `cluster-admin` (built into Kubernetes) holds `create pods/exec`\n",
        ];
        Assert.All(expected, link => Assert.Contains(link, output, StringComparison.Ordinal));
    }

    [Fact]
    public void Why_follows_the_chain_behind_reach_too()
    {
        var output = Run(0, "why", "sre", "can", "exec", "pods", "on", "prod-tokyo", "via", "cloudflare").Output;
        Assert.Contains("`cloudflare` lets okta `SRE` through; the API server knows them by itself  (cloudflare/", output, StringComparison.Ordinal);
        Assert.Contains("Kubernetes group `oidc:SRE`\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no rule gives `payments` anything there", "payments", "exec", "pods", "on", "stg-tokyo")]
    [InlineData("no rule lets `payments` come via `tailscale`, only via `teleport`", "payments", "exec", "pods", "on", "prod-tokyo", "via", "tailscale")]
    [InlineData("the cluster does not declare path `cloudflare`", "sre", "exec", "pods", "on", "all", "clusters", "via", "cloudflare")]
    [InlineData("only in `checkout`, `payments` when `managed`", "payments", "exec", "pods", "on", "prod-tokyo", "in", "kube-system")]
    [InlineData("none of the roles that `deployer` has there (`deploy`) gives this right", "deployer", "read", "secrets", "on", "prod-tokyo", "in", "payments")]
    public void Why_not_says_which_link_is_missing(string expected, params string[] question)
        => Assert.Contains(expected, Run(0, ["why", "not", .. question]).Output, StringComparison.Ordinal);

    [Fact]
    public void Why_of_what_is_not_so_is_a_finding()
    {
        Run(1, "why", "payments", "can", "exec", "pods", "on", "stg-tokyo");
        Run(1, "why", "not", "sre", "can", "exec", "pods", "on", "stg-tokyo");
    }

    private CliResult Run(int status, params string[] args)
    {
        var result = _project.Run(args);
        Assert.True(status == result.Status, $"{result.Status}: {result.Output}{result.Error}");
        return result;
    }
}
