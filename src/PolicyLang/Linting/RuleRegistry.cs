// Made from the files under Linting/Rules: POLICYC_UPDATE=1 dotnet test. A test fails when it is not current.
using System.Collections.Immutable;

namespace PolicyLang.Linting;

internal static class RuleRegistry
{
    public static ImmutableArray<LintRule> All { get; } =
    [
        new Rules.Cloudflare.CloudflareActionNotOfFilter(),
        new Rules.Cloudflare.CloudflareAllowForEverybody(),
        new Rules.Cloudflare.CloudflareAllowWithoutBlock(),
        new Rules.Cloudflare.CloudflareBlockDisabled(),
        new Rules.Cloudflare.CloudflareBlockForSome(),
        new Rules.Cloudflare.CloudflareBlockLeavesOpen(),
        new Rules.Cloudflare.CloudflareDuplicatePrecedence(),
        new Rules.Cloudflare.CloudflareEitherPosture(),
        new Rules.Cloudflare.CloudflareEmailCase(),
        new Rules.Cloudflare.CloudflareEnabledLeftOut(),
        new Rules.Cloudflare.CloudflareGroupsElementName(),
        new Rules.Cloudflare.CloudflareIdentityMayBeEmpty(),
        new Rules.Cloudflare.CloudflareInvalidExpression(),
        new Rules.Cloudflare.CloudflareListAsText(),
        new Rules.Cloudflare.CloudflareListByName(),
        new Rules.Cloudflare.CloudflareLoosePattern(),
        new Rules.Cloudflare.CloudflareMisleadingNumber(),
        new Rules.Cloudflare.CloudflareMisspeltField(),
        new Rules.Cloudflare.CloudflareMixedOperators(),
        new Rules.Cloudflare.CloudflareNegatedIdentity(),
        new Rules.Cloudflare.CloudflareNegatedPosture(),
        new Rules.Cloudflare.CloudflareNoFilter(),
        new Rules.Cloudflare.CloudflarePartOfGroupName(),
        new Rules.Cloudflare.CloudflareQuantifierMismatch(),
        new Rules.Cloudflare.CloudflareSeveralFilters(),
        new Rules.Cloudflare.CloudflareSniAboveBlock(),
        new Rules.Cloudflare.CloudflareTimesIgnored(),
        new Rules.Cloudflare.CloudflareUnreachableRule(),
        new Rules.Cloudflare.CloudflareWideNoInspection(),
        new Rules.Cloudflare.CloudflareWideTunnelRoute(),
        new Rules.Clouds.EksAdminViewForReaders(),
        new Rules.Clouds.EksGroupAndPolicy(),
        new Rules.Clouds.EksOpenEndpoint(),
        new Rules.Clouds.EksPortForwardToAnyHost(),
        new Rules.Clouds.EksSessionDocumentUnchecked(),
        new Rules.Clouds.EksSessionToAnything(),
        new Rules.Clouds.GkeOpenControlPlane(),
        new Rules.Clouds.GkeProjectRole(),
        new Rules.Clouds.IksContextWithoutZone(),
        new Rules.Clouds.IksEmptyZone(),
        new Rules.Clouds.IksOpenEndpoint(),
        new Rules.Clouds.IksRestrictionNotEnforced(),
        new Rules.Clouds.IksRoleInEveryNamespace(),
        new Rules.Kubernetes.KubernetesSuperuserGroup(),
        new Rules.Suppressions.UnexplainedSuppression(),
        new Rules.Suppressions.UnknownSuppression(),
        new Rules.Suppressions.UnusedSuppression(),
    ];
}
