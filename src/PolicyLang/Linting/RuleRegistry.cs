// Made from the files under Linting/Rules: POLICYC_UPDATE=1 dotnet test. A test fails when it is not current.
using System.Collections.Immutable;

namespace PolicyLang.Linting;

internal static class RuleRegistry
{
    public static ImmutableArray<LintRule> All { get; } =
    [
        new Rules.Kubernetes.KubernetesAdmissionWrite(),
        new Rules.Kubernetes.KubernetesAlmostBoundGroup(),
        new Rules.Kubernetes.KubernetesAnonymousAccess(),
        new Rules.Kubernetes.KubernetesAwsAuthWrite(),
        new Rules.Kubernetes.KubernetesBindOrEscalate(),
        new Rules.Kubernetes.KubernetesCertificateApproval(),
        new Rules.Kubernetes.KubernetesClusterAdmin(),
        new Rules.Kubernetes.KubernetesClusterAdminInNamespace(),
        new Rules.Kubernetes.KubernetesClusterAdminServiceAccount(),
        new Rules.Kubernetes.KubernetesCopiedRole(),
        new Rules.Kubernetes.KubernetesDefaultServiceAccount(),
        new Rules.Kubernetes.KubernetesEditEverywhere(),
        new Rules.Kubernetes.KubernetesEmptyResourceName(),
        new Rules.Kubernetes.KubernetesEverybody(),
        new Rules.Kubernetes.KubernetesExecEverywhere(),
        new Rules.Kubernetes.KubernetesImpersonatingServiceAccount(),
        new Rules.Kubernetes.KubernetesImpersonationOfAnyone(),
        new Rules.Kubernetes.KubernetesLiteralWildcard(),
        new Rules.Kubernetes.KubernetesMisspeltField(),
        new Rules.Kubernetes.KubernetesMovedBindings(),
        new Rules.Kubernetes.KubernetesNamesWithoutEffect(),
        new Rules.Kubernetes.KubernetesNamespaceOfGroup(),
        new Rules.Kubernetes.KubernetesNodesProxy(),
        new Rules.Kubernetes.KubernetesRbacWrite(),
        new Rules.Kubernetes.KubernetesReadEverything(),
        new Rules.Kubernetes.KubernetesRefusedObject(),
        new Rules.Kubernetes.KubernetesRemovedApiVersion(),
        new Rules.Kubernetes.KubernetesRepeatedSubject(),
        new Rules.Kubernetes.KubernetesReservedName(),
        new Rules.Kubernetes.KubernetesRightsOutOfNamespace(),
        new Rules.Kubernetes.KubernetesSecretRead(),
        new Rules.Kubernetes.KubernetesSuperuserGroup(),
        new Rules.Kubernetes.KubernetesTokenMinting(),
        new Rules.Kubernetes.KubernetesTrafficSteering(),
        new Rules.Kubernetes.KubernetesUnknownResource(),
        new Rules.Kubernetes.KubernetesUnknownRole(),
        new Rules.Kubernetes.KubernetesUnknownVerb(),
        new Rules.Kubernetes.KubernetesUnquotedText(),
        new Rules.Kubernetes.KubernetesVerbOnWrongResource(),
        new Rules.Kubernetes.KubernetesWidenedBuiltInRole(),
        new Rules.Kubernetes.KubernetesWorkloadWrite(),
        new Rules.Kubernetes.KubernetesWrongApiGroup(),
        new Rules.Suppressions.UnexplainedSuppression(),
        new Rules.Suppressions.UnknownSuppression(),
        new Rules.Suppressions.UnusedSuppression(),
    ];
}
