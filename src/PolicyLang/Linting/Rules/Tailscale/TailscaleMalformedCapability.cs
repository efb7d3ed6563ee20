using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts.Tailscale;
using PolicyLang.Targets.Tailscale.Reading;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscaleMalformedCapability : TailnetRule
{
    public override RuleDescription Description { get; } = new("tailscale-malformed-capability", RuleSystem.Tailscale, RuleCategory.Correctness, LintLevel.Error)
    {
        What = "a Kubernetes capability holds a value of the wrong kind, for which the API server proxy serves its holders nothing",
        Why = "The proxy decodes all values that a caller holds, and one that it cannot decode spoils the rest: every request of the caller ends without an answer, in whatever role.",
        Avoid = TailscaleReferences.Grant("group:sre", """[{"impersonate": {"groups": "acme:sre"}}]"""),
        Prefer = TailscaleReferences.Grant("group:sre", """[{"impersonate": {"groups": ["acme:sre"]}}]"""),
        References = [TailscaleReferences.CapabilitySource, TailscaleReferences.ProxySource],
        Fix = "puts a text into a list",
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        foreach (var value in tailnet.KubernetesRules.SelectMany(rule => rule.Nodes))
        {
            Expect(tailnet, value, PolicyNodeKind.Object, "a capability", "an object", report);
            foreach (var impersonate in CapabilityTexts.Values(value, "impersonate"))
            {
                Expect(tailnet, impersonate, PolicyNodeKind.Object, "`impersonate`", "an object", report);
                CheckTexts(tailnet, CapabilityTexts.Values(impersonate, "groups"), "`groups`", report);
            }

            CheckTexts(tailnet, CapabilityTexts.Values(value, "recorder"), "`recorder`", report);
            foreach (var flag in CapabilityTexts.Members(value, "enforceRecorder").Concat(CapabilityTexts.Members(value, "enableEvents")))
            {
                Expect(tailnet, flag.Value, PolicyNodeKind.True, $"`{flag.Key}`", "`true` or `false`", report);
            }
        }
    }

    private static void CheckTexts(LintedTailnet tailnet, IEnumerable<PolicyNode> lists, string what, LintReport report)
    {
        foreach (var list in lists)
        {
            Expect(tailnet, list, PolicyNodeKind.List, what, "a list", report);
            foreach (var item in list.Items)
            {
                Expect(tailnet, item, PolicyNodeKind.Text, $"an item of {what}", "a text", report);
            }
        }
    }

    private static void Expect(LintedTailnet tailnet, PolicyNode node, PolicyNodeKind kind, string what, string expected, LintReport report)
    {
        var found = node.Kind == PolicyNodeKind.False ? PolicyNodeKind.True : node.Kind;
        if (found == kind || found == PolicyNodeKind.Null)
        {
            return;
        }

        var location = tailnet.At(node.Offset);
        var fix = kind == PolicyNodeKind.List && found == PolicyNodeKind.Text ? new SuggestedFix("put it in brackets", IsSafe: false, [new TextEdit(location, $"[{location.Text}]")]) : null;
        report.Add(location, $"{what} is {expected}, and for anything else the API server proxy serves the callers nothing at all", fix is null ? $"write {expected}" : $"write `[{location.Text}]`", fix);
    }
}
