using PolicyLang.Diagnostics;
using PolicyLang.Semantics.Rights;
using Xunit;

namespace PolicyLang.Tests.Semantics.Rights;

public sealed class RightsExpansionTests
{
    [Theory]
    [InlineData("read pods", "get list watch | core | pods | Namespaced")]
    [InlineData("[get, list] [pods, services, deployments.apps]", "get list | core | pods services | Namespaced\nget list | apps | deployments | Namespaced")]
    [InlineData("read pods/log", "get | core | pods/log | Namespaced")]
    [InlineData("write deployments.apps/scale", "patch update | apps | deployments/scale | Namespaced")]
    [InlineData("delete namespaces", "delete | core | namespaces | Cluster, OwnNamespace")]
    [InlineData("[list, watch] namespaces", "list watch | core | namespaces | Cluster")]
    [InlineData("read [nodes, namespaces]", "get list watch | core | namespaces | Cluster, OwnNamespace\nget list watch | core | nodes | Cluster")]
    [InlineData("create serviceaccounts/token", "create | core | serviceaccounts/token | Namespaced")]
    [InlineData("impersonate [users, groups] named [\"a\", \"b\"]", "impersonate | core | groups users | named a b | Cluster")]
    [InlineData("approve signers.certificates.k8s.io named \"example.com/*\"", "approve | certificates.k8s.io | signers | named example.com/* | Cluster")]
    [InlineData("update deployments.apps/finalizers", "update | apps | deployments/finalizers | Namespaced")]
    public void Expands_verbs_and_resources(string phrase, string rules) => Assert.Equal(rules, Phrase.Expand(phrase, 33));

    [Theory]
    [InlineData("* *", "* | * | * | Namespaced, Cluster")]
    [InlineData("read *.apps", "get list watch | apps | * | Namespaced")]
    [InlineData("get *.core", "get | core | * | Namespaced, Cluster")]
    [InlineData("get configmaps.*", "get | * | configmaps | Namespaced")]
    [InlineData("[get, update] */scale", "get update | * | */scale | Namespaced")]
    [InlineData("write */scale", "patch update | * | */scale | Namespaced")]
    [InlineData("write *.autoscaling/status", "patch update | autoscaling | */status | Namespaced")]
    [InlineData("get * named \"x\"", "get | * | * | named x | Namespaced, Cluster")]
    [InlineData("[get, *] pods", "* | core | pods | Namespaced")]
    public void Expands_wildcards(string phrase, string rules) => Assert.Equal(rules, Phrase.Expand(phrase, 33));

    [Theory]
    [InlineData("read certificates.cert-manager.io", "get list watch | cert-manager.io | certificates | Namespaced")]
    [InlineData("write [certificates.cert-manager.io/status, clusterissuers.cert-manager.io]", "patch update | cert-manager.io | certificates/status | Namespaced\ncreate patch update | cert-manager.io | clusterissuers | Cluster")]
    [InlineData("get virtualmachineinstances.subresources.kubevirt.io/console", "get | subresources.kubevirt.io | virtualmachineinstances/console | Namespaced")]
    [InlineData("read *.cert-manager.io", "get list watch | cert-manager.io | * | Namespaced, Cluster")]
    public void Expands_custom_resources(string phrase, string rules) => Assert.Equal(rules, Phrase.Expand(phrase, 33));

    [Theory]
    [InlineData("get \"/metrics\"", "get | /metrics | Url")]
    [InlineData("read [\"/healthz\", \"/healthz/*\"]", "get | /healthz /healthz/* | Url")]
    [InlineData("* \"*\"", "* | * | Url")]
    [InlineData("[get, post] \"/logs/*\"", "get post | /logs/* | Url")]
    [InlineData("get [pods, \"/metrics\"]", "get | core | pods | Namespaced\nget | /metrics | Url")]
    [InlineData("read [pods, \"/api/*\"]", "get list watch | core | pods | Namespaced\nget | /api/* | Url")]
    [InlineData("delete [pods, \"/x\"]", "delete deletecollection | core | pods | Namespaced\ndelete | /x | Url")]
    public void Expands_URLs(string phrase, string rules) => Assert.Equal(rules, Phrase.Expand(phrase, 33));

    [Theory]
    [InlineData(20, "get | core | pods | Namespaced\ncreate | core | pods/exec | Namespaced")]
    [InlineData(29, "get | core | pods | Namespaced\ncreate | core | pods/exec | Namespaced")]
    [InlineData(30, "get | core | pods | Namespaced\ncreate get | core | pods/exec | Namespaced")]
    [InlineData(36, "get | core | pods | Namespaced\ncreate get | core | pods/exec | Namespaced")]
    public void Exec_in_a_role_is_what_kubectl_needs_by_version(int version, string rules)
        => Assert.Equal(rules, Phrase.Expand("exec pods", version));

    [Theory]
    [InlineData(30, "get | core | pods | Namespaced\ncreate | core | pods/portforward | Namespaced")]
    [InlineData(31, "get | core | pods | Namespaced\ncreate get | core | pods/portforward | Namespaced")]
    public void Port_forward_in_a_role_is_what_kubectl_needs_by_version(int version, string rules)
        => Assert.Equal(rules, Phrase.Expand("port-forward pods", version));

    [Theory]
    [InlineData(20)]
    [InlineData(36)]
    public void Trap_exec_in_a_guard_counts_get_attach_and_ephemeral_containers(int version)
    {
        Assert.Equal(
            "create get | core | pods/attach pods/exec | Namespaced\npatch update | core | pods/ephemeralcontainers | Namespaced",
            Phrase.Expand("exec pods", version, RightsPurpose.Guard));
        Assert.Equal("create get | core | pods/portforward | Namespaced", Phrase.Expand("port-forward pods", version, RightsPurpose.Guard));
    }

    [Fact]
    public void Exec_by_name_limits_every_part_of_it()
        => Assert.Equal(
            "get | core | pods | named db-0 | Namespaced\ncreate get | core | pods/exec | named db-0 | Namespaced",
            Phrase.Expand("exec pods named \"db-0\"", 33));

    // One rule with all four resources would let the caller list pod logs, and deployments of the core group.
    [Fact]
    public void Trap_merging_rules_would_grant_the_cross_product()
        => Assert.Equal(
            "get list watch | core | nodes | Cluster\nget list watch | core | pods | Namespaced\nget | core | pods/log | Namespaced\nget list watch | apps | deployments | Namespaced",
            Phrase.Expand("read [pods, pods/log, nodes, deployments.apps]", 33));

    [Theory]
    [InlineData("get events", 33, "get | core | events | Namespaced\nget | events.k8s.io | events | Namespaced")]
    [InlineData("get ingresses.networking.k8s.io", 21, "get | extensions | ingresses | Namespaced\nget | networking.k8s.io | ingresses | Namespaced")]
    [InlineData("get ingresses.networking.k8s.io", 22, "get | networking.k8s.io | ingresses | Namespaced")]
    public void Trap_a_guard_sees_objects_that_two_API_groups_serve(string phrase, int version, string rules)
        => Assert.Equal(rules, Phrase.Expand(phrase, version, RightsPurpose.Guard));

    [Fact]
    public void A_role_gets_the_named_API_group_only() => Assert.Equal("get | core | events | Namespaced", Phrase.Expand("get events", 33));

    [Theory]
    [InlineData("delete configmaps named \"a\"", "delete | core | configmaps | named a | Namespaced")]
    [InlineData("write configmaps named [\"b\", \"a\", \"b\"]", "patch update | core | configmaps | named a b | Namespaced")]
    [InlineData("read configmaps named \"a\"", "get list watch | core | configmaps | named a | Namespaced")]
    [InlineData("create serviceaccounts/token named \"ci\"", "create | core | serviceaccounts/token | named ci | Namespaced")]
    public void Names_limit_what_can_be_limited(string phrase, string rules) => Assert.Equal(rules, Phrase.Expand(phrase, 33));

    [Theory]
    [InlineData("write secrets named \"a\"", "create patch update | core | secrets | named a | Namespaced")]
    [InlineData("[create, delete] secrets named \"a\"", "create delete deletecollection | core | secrets | named a | Namespaced")]
    public void A_guard_with_names_keeps_the_verbs_that_reach_the_object_unnamed(string phrase, string rules)
        => Assert.Equal(rules, Phrase.Expand(phrase, 33, RightsPurpose.Guard));

    [Fact]
    public void A_class_follows_the_version()
    {
        Assert.Equal("delete | core | services | Namespaced", Phrase.Expand("delete services", 22));
        Assert.Equal("delete deletecollection | core | services | Namespaced", Phrase.Expand("delete services", 24));
    }

    [Fact]
    public void Constrained_impersonation_takes_quoted_verbs()
        => Assert.Equal(
            "impersonate-on:user-info:list | core | pods | Namespaced",
            Phrase.Expand("\"impersonate-on:user-info:list\" pods", 36));

    [Fact]
    public void Expansion_is_computed_once_for_a_version()
    {
        var bound = Phrase.Bind("read pods");
        Assert.Same(bound.Expand(33), bound.Expand(33));
        Assert.NotSame(bound.Expand(33), bound.Expand(34));
    }

    [Theory]
    [InlineData(19)]
    [InlineData(37)]
    public void Versions_outside_the_table_are_refused(int version)
        => Assert.Throws<ArgumentOutOfRangeException>(() => Phrase.Bind("read pods").Expand(version));

    [Fact]
    public void Union_folds_the_phrases_of_a_role()
    {
        var union = ExpandedRights.Union(new[] { "get pods", "list pods", "[get, list] services", "get pods named \"x\"", "read namespaces", "get \"/metrics\"", "get \"/version\"" }.Select(p => Phrase.Bind(p).Expand(33)));
        Assert.Equal(
            "get list watch | core | namespaces | Cluster, OwnNamespace\nget | core | pods | named x | Namespaced\nget list | core | pods services | Namespaced\nget | /metrics /version | Url",
            Phrase.Write(union));
        Assert.Equal(RightsScope.Namespaced | RightsScope.Cluster | RightsScope.OwnNamespace | RightsScope.Url, union.Scope);
    }

    [Fact]
    public void The_order_of_words_does_not_matter()
        => Assert.Equal(
            Phrase.Expand("[get, list, create] [pods, services, deployments.apps]", 33),
            Phrase.Expand("[create, list, get] [deployments.apps, services, pods, pods]", 33));

    [Fact]
    public void An_error_gives_no_rules()
    {
        var bound = Phrase.Bind("get [pods, secret]");
        Assert.Contains(bound.Diagnostics, d => d.Severity == DiagnosticSeverity.Error);
        Assert.Empty(bound.Expand(33).Rules);
    }
}
