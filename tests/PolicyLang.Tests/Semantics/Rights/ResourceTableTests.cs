using System.Text.Json.Nodes;
using PolicyLang.Semantics.Rights;
using Xunit;

namespace PolicyLang.Tests.Semantics.Rights;

public sealed class ResourceTableTests
{
    // Named by the built-in roles of 1.36 for clients of long ago; no API server since 1.20 serves them.
    private static readonly HashSet<string> NamedButNotServed = ["deployments.apps/rollback", "ingresses.extensions", "widgets.example.com"];

    public static TheoryData<int> Versions()
    {
        var data = new TheoryData<int>();
        foreach (var (version, _) in RightsOracle.Read("served_resources.json")["versions"]!.AsObject())
        {
            data.Add(int.Parse(version, System.Globalization.CultureInfo.InvariantCulture));
        }

        return data;
    }

    // These exist for the authorizer alone: no API description has a path for them.
    private static bool HasPath(ApiResource resource)
        => resource.Subresource != "finalizers"
            && resource.ApiGroup != "metrics.k8s.io"
            && resource.Verbs.Any(v => v.Name is "create" or "get" or "list" or "update")
            && resource.Name is not ("resourceclaims.resource.k8s.io/binding" or "certificatesigningrequests.certificates.k8s.io/nodeclient" or "certificatesigningrequests.certificates.k8s.io/selfnodeclient")
            && !(resource.ApiGroup.Length == 0 && resource.Resource == "nodes" && resource.Subresource is not ("" or "proxy" or "status"));

    // Served only with a feature gate, which the API descriptions of these versions leave out.
    private static bool IsGated(ApiResource resource, int version)
        => version == 20 && resource.Name is "pods/ephemeralcontainers" or "csistoragecapacities.storage.k8s.io";

    [Theory]
    [MemberData(nameof(Versions))]
    public void Holds_exactly_what_the_API_server_of_a_version_serves(int version)
    {
        var served = RightsOracle.Read("served_resources.json")["versions"]![version.ToString(System.Globalization.CultureInfo.InvariantCulture)]!.AsArray().Select(n => n!.GetValue<string>());
        string[] paths = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
        var table = ResourceTable.BuiltIn.Resources
            .Where(r => r.IsIn(version) && HasPath(r) && !IsGated(r, version))
            .Select(r => $"{r.Name} {(r.IsNamespaced ? "namespaced" : "cluster")} {string.Join(',', r.Verbs.Where(v => v.Since <= version && paths.Contains(v.Name)).Select(v => v.Name))}");
        Assert.Equal(served.Order(StringComparer.Ordinal), table.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Knows_every_resource_in_the_recorded_truth_table_of_the_built_in_roles()
    {
        var cases = RightsOracle.Read("bootstrap_matrix_1.36.json")["cases"]!.AsArray().Select(c => c!.AsObject()).ToArray();
        Assert.True(cases.Length > 2000);
        var unknown = cases
            .Select(c => (Group: (string)c["apiGroup"]!, Resource: (string)c["resource"]!, Subresource: (string?)c["subresource"] ?? ""))
            .Distinct()
            .Where(k => ResourceTable.BuiltIn.Find(k.Group, k.Resource, k.Subresource)?.IsIn(36) != true)
            .Select(k => $"{k.Resource}{(k.Group.Length == 0 ? "" : "." + k.Group)}{(k.Subresource.Length == 0 ? "" : "/" + k.Subresource)}");
        Assert.Equal(NamedButNotServed.Order(StringComparer.Ordinal), unknown.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Knows_every_resource_and_special_verb_that_the_built_in_roles_name()
    {
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var rule in Rules(RightsOracle.Read("bootstrap_policy_1.36.json")))
        {
            foreach (var group in Texts(rule, "apiGroups").Where(g => g is not ("*" or "extensions" or "custom.metrics.k8s.io" or "external.metrics.k8s.io")))
            {
                foreach (var name in Texts(rule, "resources").Where(r => r != "*"))
                {
                    var parts = name.Split('/');
                    if (ResourceTable.BuiltIn.Find(group, parts[0], parts.Length > 1 ? parts[1] : "") is not { } resource)
                    {
                        unknown.Add($"{name} in {group}");
                        continue;
                    }

                    unknown.UnionWith(Texts(rule, "verbs").Where(v => v is "impersonate" or "approve" or "sign" or "escalate" or "bind" && !resource.Takes(v, 36)).Select(v => $"{v} on {name}"));
                }
            }
        }

        // `rollback` as above; `restricted` belongs to one vendor's admission plugin.
        Assert.Equal(["deployments/rollback in apps", "endpoints/restricted in ", "endpointslices/restricted in discovery.k8s.io"], unknown);
    }

    [Theory]
    [InlineData("", "pods", "ephemeralcontainers", 20, 36)]
    [InlineData("", "pods", "resize", 32, 36)]
    [InlineData("extensions", "ingresses", "", 20, 21)]
    [InlineData("policy", "podsecuritypolicies", "", 20, 24)]
    [InlineData("networking.k8s.io", "clustercidrs", "", 25, 28)]
    [InlineData("resource.k8s.io", "podschedulings", "", 26, 26)]
    [InlineData("authentication.k8s.io", "uids", "", 22, 36)]
    [InlineData("scheduling.k8s.io", "workloads", "", 35, 36)]
    public void Knows_first_and_last_version(string group, string resource, string subresource, int since, int until)
    {
        var found = Assert.IsType<ApiResource>(ResourceTable.BuiltIn.Find(group, resource, subresource));
        Assert.Equal((since, until), (found.Since, found.Until));
    }

    [Theory]
    [InlineData("", "users", "", "impersonate")]
    [InlineData("", "groups", "", "impersonate")]
    [InlineData("", "serviceaccounts", "", "impersonate")]
    [InlineData("authentication.k8s.io", "uids", "", "impersonate")]
    [InlineData("authentication.k8s.io", "userextras", "scopes", "impersonate")]
    [InlineData("rbac.authorization.k8s.io", "roles", "", "bind")]
    [InlineData("rbac.authorization.k8s.io", "clusterroles", "", "escalate")]
    [InlineData("certificates.k8s.io", "signers", "", "approve")]
    [InlineData("certificates.k8s.io", "signers", "", "sign")]
    [InlineData("policy", "podsecuritypolicies", "", "use")]
    [InlineData("apps", "deployments", "finalizers", "update")]
    public void Knows_verbs_that_have_no_path(string group, string resource, string subresource, string verb)
        => Assert.True(Assert.IsType<ApiResource>(ResourceTable.BuiltIn.Find(group, resource, subresource)).Takes(verb));

    [Fact]
    public void A_verb_may_be_younger_than_its_resource()
    {
        var services = Assert.IsType<ApiResource>(ResourceTable.BuiltIn.Find("", "services"));
        Assert.False(services.Takes("deletecollection", 22));
        Assert.True(services.Takes("deletecollection", 24));
        Assert.False(services.Takes("impersonate-on:user-info:list", 34));
        Assert.True(services.Takes("impersonate-on:user-info:list", 35));
        Assert.False(services.Takes("impersonate-on:user-info:approve", 35));
    }

    [Fact]
    public void A_custom_resource_cannot_replace_a_built_in_one()
    {
        var table = ResourceTable.With([Phrase.CustomResources[0] with { ApiGroup = "extensions", Resource = "ingresses", IsNamespaced = false }]);
        Assert.True(Assert.IsType<ApiResource>(table.Find("extensions", "ingresses")).IsNamespaced);
        Assert.Equal(21, table.Find("extensions", "ingresses")?.Until);
    }

    private static IEnumerable<JsonObject> Rules(JsonNode node) => node switch
    {
        JsonObject o when o.ContainsKey("verbs") => [o],
        JsonObject o => o.SelectMany(p => p.Value is null ? [] : Rules(p.Value)),
        JsonArray a => a.SelectMany(n => n is null ? [] : Rules(n)),
        _ => [],
    };

    private static IEnumerable<string> Texts(JsonObject rule, string key) => rule[key]?.AsArray().Select(n => n!.GetValue<string>()) ?? [];
}
