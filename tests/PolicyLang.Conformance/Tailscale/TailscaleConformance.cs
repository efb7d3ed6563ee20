using System.Collections.Immutable;
using System.Text.Json.Nodes;
using PolicyLang.Reading;
using PolicyLang.Targets.Tailscale.HuJson;
using PolicyLang.Targets.Tailscale.Reading;
using PolicyLang.Tests.Oracle;

namespace PolicyLang.Conformance.Tailscale;

/// <summary>Runs the recordings of Tailscale.</summary>
internal static class TailscaleConformance
{
    public static IEnumerable<ConformanceRow> Rows()
    {
        yield return Accepted();
        yield return Rejected();
        yield return OwnTests("policytests.json");
        yield return OwnTests("sshtests.json");
        foreach (var file in new[] { "grants.json", "acls.json", "nodeattrs.json" })
        {
            foreach (var row in FilterConformance.Rows(file))
            {
                yield return row;
            }
        }

        yield return ProxyConformance.Impersonation();
        yield return ProxyConformance.Links();
        yield return ProxyConformance.Recording();
        yield return Formatting();
    }

    private static ConformanceRow Accepted()
    {
        var run = new ConformanceRun("tailscale/accepted_policies.json", "accepted, nothing unknown");
        var topologies = TestTopologies();
        foreach (var @case in TailscaleCases.Of("accepted_policies.json"))
        {
            var id = TailscaleCases.Text(@case["id"])!;
            var (file, _) = TailscaleCases.Check(@case, topologies.GetValueOrDefault(id, TailscaleCases.Topology(null)));
            run.Expect(id, "", string.Join("; ", file.Problems.Select(p => $"{p.Kind} {p.Message}")));
        }

        return run.ToRow();
    }

    private static ConformanceRow Rejected()
    {
        var run = new ConformanceRun("tailscale/rejected_policies.json", "refused with the same reason");
        var topologies = TestTopologies();
        foreach (var @case in TailscaleCases.Of("rejected_policies.json"))
        {
            var id = TailscaleCases.Text(@case["id"])!;
            var (file, _) = TailscaleCases.Check(@case, topologies.GetValueOrDefault(id, TailscaleCases.Topology(null)));
            run.Expect(id, TailscaleCases.Text(@case["error_message"]), file.Problems.FirstOrDefault(p => p.Kind == ReadingProblemKind.Refused)?.Message);
        }

        return run.ToRow();
    }

    private static ConformanceRow OwnTests(string name)
    {
        var run = new ConformanceRun($"tailscale/{name}", "the file's own tests pass or fail");
        foreach (var @case in TailscaleCases.Of(name))
        {
            var (file, _) = TailscaleCases.Check(@case, TailscaleCases.Topology(@case));
            var isRefused = file.Problems.Any(p => p.Kind == ReadingProblemKind.Refused);
            run.Expect(TailscaleCases.Text(@case["id"])!, @case["http_status"]!.GetValue<int>() == 400, isRefused);
        }

        return run.ToRow();
    }

    private static Dictionary<string, TailnetTopology> TestTopologies()
        => TailscaleCases.Of("policytests.json").Concat(TailscaleCases.Of("sshtests.json")).ToDictionary(c => TailscaleCases.Text(c["id"])!, TailscaleCases.Topology);

    private static ConformanceRow Formatting()
    {
        var run = new ConformanceRun("tailscale/hujson_format_vectors.json", "canonical layout");
        foreach (var vector in JsonNode.Parse(OracleData.ReadText("tailscale", "hujson_format_vectors.json"))!.AsArray())
        {
            var text = TailscaleCases.Text(vector!["in"])!;
            run.Expect(text, TailscaleCases.Text(vector["want"]), HuJsonFormatter.Format(HuJsonParser.Parse(text)));
        }

        return run.ToRow();
    }
}
