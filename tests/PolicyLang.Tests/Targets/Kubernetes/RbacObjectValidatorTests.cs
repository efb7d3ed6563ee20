using System.Text.Json.Nodes;
using PolicyLang.Targets.Kubernetes;
using Xunit;

namespace PolicyLang.Tests.Targets.Kubernetes;

/// <summary>Holds the suite's own validator, and the library's name checks, to the answers of the real code.</summary>
public sealed class RbacObjectValidatorTests
{
    [Fact]
    public void Agrees_with_every_recorded_validation_of_the_API_server()
    {
        // Aggregation rules are never written, so their label selectors are not modelled.
        var cases = KubernetesOracle.Cases("validation_live.json").Where(c => c["object"]!["aggregationRule"] is null).ToArray();
        var wrong = new List<string>();
        foreach (var c in cases)
        {
            var expected = c["errors"]!.AsArray().Select(e => ((string)e!["type"]!, (string)e["field"]!)).Order().ToList();
            var actual = RbacObjectValidator.Validate((string)c["kind"]!, c["object"]!.AsObject(), c["old"] as JsonObject).Order().ToList();
            if (!expected.SequenceEqual(actual) || (expected.Count == 0) != (bool)c["valid"]!)
            {
                wrong.Add($"{c["note"]}: {c["object"]!.ToJsonString()}: expected {string.Join(';', expected)}, got {string.Join(';', actual)}");
            }
        }

        Assert.True(cases.Length > 600, "the recorded cases are missing");
        Assert.Empty(wrong);
    }

    [Fact]
    public void Agrees_with_every_recorded_object_name()
    {
        foreach (var c in KubernetesOracle.Cases("rbac_names.json"))
        {
            var name = (string)c["name"]!;
            Assert.Equal(c["messages"]!.AsArray().Select(m => (string)m!), RbacObjectValidator.PathSegmentMessages(name));

            // The library also wants a name at all, and one that fits into etcd.
            var isExpected = (bool)c["valid"]! && name.Length > 0 && System.Text.Encoding.UTF8.GetByteCount(name) <= 253;
            Assert.Equal(isExpected, KubernetesNames.IsPathSegment(name));
        }
    }

    [Fact]
    public void The_library_agrees_about_labels_and_service_accounts()
    {
        foreach (var name in KubernetesOracle.Cases("rbac_names.json").Select(c => (string)c["name"]!).Where(name => name.Length > 0))
        {
            JsonObject Binding(string label, string account) => new()
            {
                ["metadata"] = new JsonObject { ["name"] = "x", ["labels"] = new JsonObject { ["a"] = label } },
                ["roleRef"] = new JsonObject { ["kind"] = "ClusterRole", ["name"] = "view" },
                ["subjects"] = new JsonArray(new JsonObject { ["kind"] = "ServiceAccount", ["name"] = account, ["namespace"] = "n" }),
            };

            Assert.Empty(RbacObjectValidator.Validate("ClusterRoleBinding", Binding(KubernetesNames.LabelValue(name), "a")));
            Assert.Equal(RbacObjectValidator.Validate("ClusterRoleBinding", Binding("a", name)).Count == 0, KubernetesNames.IsDnsSubdomain(name));
        }
    }
}
