using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Linting.Artefacts.Terraform;

namespace PolicyLang.Linting.Artefacts.Clouds;

/// <summary>What is said about IBM Cloud in name and value (Terraform provider, <c>ibm_cbr_rule</c> and <c>ibm_iam_access_group_policy</c>).</summary>
internal static class ClusterRestrictions
{
    /// <summary>The service of Kubernetes clusters.</summary>
    public const string Service = "containers-kubernetes";

    /// <summary>The context-based restrictions for Kubernetes clusters.</summary>
    public static IEnumerable<TerraformResource> Of(TerraformResources terraform)
        => terraform.Of("ibm_cbr_rule").Where(rule => rule.Body.Blocks("resources").Any(resource => ValueOf(resource, "attributes", "serviceName") == Service));

    /// <summary>The value of a named attribute, as written.</summary>
    public static string? ValueOf(DataMap map, string blocks, string name)
        => map.Blocks(blocks).FirstOrDefault(attribute => attribute.Text("name") == name)?.Written("value");

    /// <summary>Whether some of the named attributes are not written out.</summary>
    public static bool IsComputed(DataMap map, string blocks)
        => map.MayHaveMore(blocks) || map.Blocks(blocks).Any(attribute => attribute.Get("name") is DataExpression);

    /// <summary>The resources that give IBM Cloud service roles, of people, groups and machines.</summary>
    public static ImmutableArray<TerraformResource> RolePolicies(TerraformResources terraform)
        => [.. Types.SelectMany(type => terraform.Of(type))];

    private static string[] Types => ["ibm_iam_access_group_policy", "ibm_iam_user_policy", "ibm_iam_service_policy", "ibm_iam_trusted_profile_policy"];
}
