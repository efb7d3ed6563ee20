using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Targets;
using PolicyLang.Tests.Support;
using PolicyLang.Tests.Syntax;

namespace PolicyLang.Tests.EndToEnd;

/// <summary>The design's sample as a whole project: no <c>policyc.yaml</c>, and the inventories that its comments speak of.</summary>
internal static class DesignSample
{
    public static readonly DateOnly Today = new(2026, 11, 23);

    public const string Clusters = """
        - name: stg-tokyo
          labels: { env: staging, region: tokyo }
        - name: stg-osaka
          labels: { env: staging, region: osaka }
        """;

    public const string Namespaces = """
        - name: payments
          labels: { team: payments }
        - name: checkout
          labels: { team: checkout }
        - name: kube-system
          labels: { team: sre }
        """;

    public static string Policy { get; } = SampleFiles.Read("design-sample.policy");

    /// <summary>Compiles a policy text in the place of the sample's.</summary>
    public static Compilation Compile(string policy)
    {
        var files = new InMemoryProjectFiles(("sample.policy", policy), ("inventory/clusters.yaml", Clusters), ("inventory/namespaces.yaml", Namespaces));
        var diagnostics = new DiagnosticBag();
        var project = ProjectLoader.Load(files, TargetRegistry.All, "0.1.0", diagnostics);
        return PolicyCompiler.Compile(new CompilationInput(project.Settings, project.Policies, files, TargetRegistry.All, Today));
    }
}
