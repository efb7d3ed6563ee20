namespace PolicyLang.Conformance.Kubernetes;

/// <summary>Runs the recordings of Kubernetes API servers.</summary>
internal static class KubernetesConformance
{
    public const string System = "kubernetes";

    public static IEnumerable<ConformanceRow> Rows()
        => [.. AuthorizerRecordings.Rows(), .. RuleRecordings.Rows(), .. ValidationRecordings.Rows(), .. RequestRecordings.Rows(), .. BuiltInRecordings.Rows(), ImpersonationRecordings.Row(), LiveFacts.Row()];
}
