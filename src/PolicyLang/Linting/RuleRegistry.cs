// Made from the files under Linting/Rules: POLICYC_UPDATE=1 dotnet test. A test fails when it is not current.
using System.Collections.Immutable;

namespace PolicyLang.Linting;

internal static class RuleRegistry
{
    public static ImmutableArray<LintRule> All { get; } =
    [
        new Rules.Kubernetes.KubernetesSuperuserGroup(),
        new Rules.Suppressions.UnexplainedSuppression(),
        new Rules.Suppressions.UnknownSuppression(),
        new Rules.Suppressions.UnusedSuppression(),
    ];
}
