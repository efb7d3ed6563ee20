using System.Collections.Immutable;
using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts.Tailscale;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscaleMissingRules : TailnetRule
{
    private static readonly ImmutableHashSet<string> Sections = ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, "groups", "tagOwners", "hosts", "ssh", "autoApprovers", "nodeAttrs", "postures", "ipsets", "tests");

    public override RuleDescription Description { get; } = new("tailscale-missing-rules", RuleSystem.Tailscale, RuleCategory.Exposure, LintLevel.Error)
    {
        What = "a tailnet policy has neither `grants` nor `acls`, and so allows everything",
        Why = "Without both keys Tailscale falls back to its default: every device reaches every port of every other device. A list that is there and empty allows nothing.",
        Avoid = new("policy.hujson", """
            {
              "groups": {"group:sre": ["alice@example.com"]},
              "tagOwners": {"tag:prod": ["group:sre"]},
            }
            """),
        Prefer = new("policy.hujson", """
            {
              "groups": {"group:sre": ["alice@example.com"]},
              "tagOwners": {"tag:prod": ["group:sre"]},
              "grants": [{"src": ["group:sre"], "dst": ["tag:prod"], "ip": ["tcp:443"]}],
            }
            """),
        References = [TailscaleReferences.PolicyFile, TailscaleReferences.Grants],
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        // A file with one section, or one that uses names of another file, is a part that some tool puts together with others.
        if (tailnet.File is { HasRules: false, IsUnclear: false } && !tailnet.HasNeighbours && !tailnet.IsTemplate && tailnet.HasOwnNames
            && tailnet.Root.Entries.Count(entry => Sections.Contains(entry.Key)) > 1)
        {
            var location = tailnet.Root.Location with { Span = new TextSpan(tailnet.Root.Location.Span.Start, 1) };
            report.Add(location, "this policy has neither `grants` nor `acls`, so that every device reaches every other on every port", "add `grants` with what is meant to be reached; `\"grants\": []` allows nothing");
        }
    }
}
