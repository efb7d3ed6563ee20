using System.Globalization;
using PolicyLang.Targets.Kubernetes.Reading;
using PolicyLang.Tests.Oracle;
using static PolicyLang.Conformance.Kubernetes.OracleObjects;

namespace PolicyLang.Conformance.Kubernetes;

/// <summary>What rules match, cover and become.</summary>
internal static class RuleRecordings
{
    public static IEnumerable<ConformanceRow> Rows()
    {
        yield return Matches();
        yield return Covers("upstream_covers.json");
        yield return Covers("covers_random.json");
        yield return UrlCovers();
        yield return Compact();
    }

    private static ConformanceRow Matches()
    {
        var run = new ConformanceRun("kubernetes/upstream_rule_matches.json", "requests: matched by a rule");
        foreach (var test in OracleData.Cases(KubernetesConformance.System, "upstream_rule_matches.json"))
        {
            foreach (var request in test["requests"]!.AsArray().Select(r => r!))
            {
                run.Expect($"{Text(test, "case")} {request.ToJsonString()}", request["allowed"]!.GetValue<bool>(), RbacRules.Allows(Rule(test["rule"]), Request(request)));
            }
        }

        return run.ToRow();
    }

    private static ConformanceRow Covers(string file)
    {
        var run = new ConformanceRun($"kubernetes/{file}", "coverage and what is uncovered");
        foreach (var (test, index) in OracleData.Cases(KubernetesConformance.System, file).Select((t, i) => (t, i)))
        {
            var (owner, servant) = (Rules(test["owner"]), Rules(test["servant"]));
            run.Expect(
                index.ToString(CultureInfo.InvariantCulture),
                $"{test["covered"]!.GetValue<bool>()} {ShowSorted(Rules(test["uncovered"]))}",
                $"{RbacRules.Covers(owner, servant)} {ShowSorted(RbacRules.Uncovered(owner, servant))}");
        }

        return run.ToRow();
    }

    private static ConformanceRow UrlCovers()
    {
        var run = new ConformanceRun("kubernetes/upstream_nonresourceurl_covers.json", "coverage of URLs");
        foreach (var test in OracleData.Cases(KubernetesConformance.System, "upstream_nonresourceurl_covers.json"))
        {
            run.Expect(test.ToJsonString(), test["covered"]!.GetValue<bool>(), RbacRules.UrlCovers(Text(test, "owner"), Text(test, "requested")));
        }

        return run.ToRow();
    }

    private static ConformanceRow Compact()
    {
        var run = new ConformanceRun("kubernetes/upstream_compact_rules.json", "joined rules");
        foreach (var test in OracleData.Cases(KubernetesConformance.System, "upstream_compact_rules.json"))
        {
            run.Expect(Text(test, "case"), ShowSorted(Rules(test["expected"])), ShowSorted(RbacRules.Compact(Rules(test["rules"]))));
        }

        return run.ToRow();
    }
}
