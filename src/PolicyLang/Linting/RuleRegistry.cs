// Made from the files under Linting/Rules: POLICYC_UPDATE=1 dotnet test. A test fails when it is not current.
using System.Collections.Immutable;

namespace PolicyLang.Linting;

internal static class RuleRegistry
{
    public static ImmutableArray<LintRule> All { get; } =
    [
        new Rules.Kubernetes.KubernetesSuperuserGroup(),
        new Rules.Policies.AccessWriter(),
        new Rules.Policies.AdmissionWriter(),
        new Rules.Policies.AlwaysTrueSelector(),
        new Rules.Policies.AssumedGuard(),
        new Rules.Policies.CertificateApprover(),
        new Rules.Policies.ClusterAdmin(),
        new Rules.Policies.ContradictoryGuards(),
        new Rules.Policies.DuplicateRule(),
        new Rules.Policies.EditClusterWide(),
        new Rules.Policies.ExpiresSoon(),
        new Rules.Policies.Impersonator(),
        new Rules.Policies.LookalikeNames(),
        new Rules.Policies.NodeProxy(),
        new Rules.Policies.RedundantRule(),
        new Rules.Policies.RepeatedExpectation(),
        new Rules.Policies.RoleEscalator(),
        new Rules.Policies.SecretsReader(),
        new Rules.Policies.SeparationOfDuties(),
        new Rules.Policies.ShellInAnyPod(),
        new Rules.Policies.SinglePathCluster(),
        new Rules.Policies.StandingBreakGlass(),
        new Rules.Policies.SystemClusterrole(),
        new Rules.Policies.TokenMaker(),
        new Rules.Policies.ToothlessExpectation(),
        new Rules.Policies.UnexplainedBreakGlass(),
        new Rules.Policies.UnknownLabelValue(),
        new Rules.Policies.UnusedDeclaration(),
        new Rules.Policies.VoidCondition(),
        new Rules.Policies.VoidException(),
        new Rules.Policies.WeakExpectation(),
        new Rules.Policies.WildcardRights(),
        new Rules.Policies.WorkloadsEverywhere(),
        new Rules.Suppressions.UnexplainedSuppression(),
        new Rules.Suppressions.UnknownSuppression(),
        new Rules.Suppressions.UnusedSuppression(),
    ];
}
