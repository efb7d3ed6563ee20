using PolicyLang.Targets.Kubernetes.Reading;
using PolicyLang.Tests.Oracle;
using static PolicyLang.Conformance.Kubernetes.OracleObjects;

namespace PolicyLang.Conformance.Kubernetes;

/// <summary>What HTTP requests ask for.</summary>
internal static class RequestRecordings
{
    public static IEnumerable<ConformanceRow> Rows()
    {
        var run = new ConformanceRun("kubernetes/requestinfo.json", "attributes of a URL");
        foreach (var test in OracleData.Cases(KubernetesConformance.System, "requestinfo.json"))
        {
            var result = test["result"]!;
            var expected = result["isResourceRequest"]!.GetValue<bool>()
                ? new RbacRequest(Text(result, "verb"), Text(result, "apiGroup"), Text(result, "resource"), Text(result, "subresource"), Text(result, "name"), Text(result, "namespace"), null)
                : RbacRequest.ForUrl(Text(result, "verb"), Text(result, "path"));
            run.Expect($"{Text(test, "method")} {Text(test, "url")}", expected, RbacRequest.FromHttp(Text(test, "method"), Text(test, "url")));
        }

        yield return run.ToRow();
    }
}
