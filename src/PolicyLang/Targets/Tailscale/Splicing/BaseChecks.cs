using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Targets.Tailscale.HuJson;

namespace PolicyLang.Targets.Tailscale.Splicing;

/// <summary>Why policyc cannot put a policy into a base without changing what either of them says.</summary>
internal static class BaseChecks
{
    /// <summary>Reports what stands in the way.</summary>
    /// <param name="base">The base.</param>
    /// <param name="policy">What is to be put into it.</param>
    /// <param name="origins">Where the policy gives each name that it defines.</param>
    /// <param name="path">The path.</param>
    /// <param name="diagnostics">Receives the findings.</param>
    public static void Check(TailnetBase @base, TailnetPolicy policy, IReadOnlyDictionary<string, SourceLocation> origins, AccessPath path, DiagnosticBag diagnostics)
    {
        if (!@base.HasRules)
        {
            diagnostics.Report(
                TailscaleDiagnostics.BaseAllowsAll,
                @base.Blocks.LocationOf(new TextSpan(@base.Root.Span.Start, 1)),
                $"`{@base.Source.Path}` has neither `grants` nor `acls`, so today everybody reaches everything; with the grants of the policy in it, nobody would reach anything else",
                "say who may reach what: write `\"grants\": []` for nobody, or the grants that you want to keep");
        }

        CheckDefaultPosture(@base, policy, path, diagnostics);
        Report("groups", @base.MembersOf("groups"), policy.Groups.Keys);
        Report("tagOwners", @base.MembersOf("tagOwners"), policy.TagOwners.Keys);
        Report("postures", @base.MembersOf("postures"), policy.Postures.Keys);
        var services = TailnetBase.Find(@base.Section("autoApprovers")?.Value.Body as HuJsonObject, "services");
        Report("services", (services?.Value.Body as HuJsonObject)?.Members ?? [], policy.ServiceApprovers);

        void Report(string section, IEnumerable<HuJsonMember> members, IEnumerable<string> names)
        {
            var ours = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var member in members)
            {
                if (!ours.TryGetValue(member.Key, out var name))
                {
                    continue;
                }

                diagnostics.Report(
                    TailscaleDiagnostics.BaseCollision,
                    @base.LocationOf(member.Name),
                    string.Equals(name, member.Key, StringComparison.Ordinal)
                        ? $"`{member.Key}` stands in `{section}` of `{@base.Source.Path}`, and the policy defines it too"
                        : $"`{member.Key}` in `{section}` of `{@base.Source.Path}` and `{name}` of the policy differ in nothing but capital letters",
                    section switch
                    {
                        "tagOwners" => "remove it here, and give its owners as `tag_owners` of the cluster; or give the cluster's proxy another tag",
                        "services" => "remove it here: policyc lets the proxies of the tag advertise their service",
                        _ => "remove it here, or rename one of the two",
                    },
                    origins.TryGetValue(name, out var origin) ? [new RelatedLocation(origin, "the policy defines it here")] : []);
            }
        }
    }

    // A grant without a posture of its own has the default one, so it would give less than the rule says.
    private static void CheckDefaultPosture(TailnetBase @base, TailnetPolicy policy, AccessPath path, DiagnosticBag diagnostics)
    {
        if (@base.Section("defaultSrcPosture") is not { } posture || posture.Value.Body is HuJsonArray { Count: 0 } || policy.Grants.All(grant => grant.Posture is not null))
        {
            return;
        }

        diagnostics.Report(
            TailscaleDiagnostics.BaseDefaultPosture,
            @base.LocationOf(posture.Name),
            $"`defaultSrcPosture` of `{@base.Source.Path}` would hold for every rule via `{path.Name}` that has no condition, so that such a rule gave less than it says",
            "give each rule a condition with `when`, or move the posture to the grants of this file that need it");
    }
}
