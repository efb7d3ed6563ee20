using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts.Tailscale;
using PolicyLang.Targets.Tailscale.Reading;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscaleUndefinedName : TailnetRule
{
    // Each is compared with every name that there is.
    private const int MostSuggestions = 50;

    public override RuleDescription Description { get; } = new("tailscale-undefined-name", RuleSystem.Tailscale, RuleCategory.Correctness, LintLevel.Error)
    {
        What = "a rule names a tag, group, host, posture or IP set that the file does not define",
        Why = "Tailscale refuses a file that uses a tag without owners, and other names that nobody defined. A host that is not defined has silently switched off whole rules.",
        Avoid = new("policy.hujson", """
            {
              "tagOwners": {"tag:prod": []},
              "grants": [{"src": ["autogroup:member"], "dst": ["tag:prd"], "ip": ["tcp:443"]}],
            }
            """),
        Prefer = new("policy.hujson", """
            {
              "tagOwners": {"tag:prod": []},
              "grants": [{"src": ["autogroup:member"], "dst": ["tag:prod"], "ip": ["tcp:443"]}],
            }
            """),
        References = [TailscaleReferences.PolicyFile, TailscaleReferences.Selectors],
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        if (!tailnet.IsWhole)
        {
            return;
        }

        var file = tailnet.File;
        var used = file.Rules.SelectMany(rule => rule.Sources.Concat(rule.Destinations.Select(dst => new TextAt(dst.Selector, dst.Offset))).Concat(rule.Via))
            .Concat(file.Ssh.SelectMany(rule => rule.Sources.Concat(rule.Destinations)))
            .Concat(file.NodeAttributes.SelectMany(entry => entry.Targets));
        var reported = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in used)
        {
            // One finding a name: it is one line that is missing.
            if (MissingIn(tailnet, name.Text) is var (section, names) && reported.Add(name.Text))
            {
                report.Add(tailnet.At(name.Offset), $"`{name.Text}` is not defined in `{section}`", (reported.Count <= MostSuggestions ? Suggestions.DidYouMean(name.Text, names) : null) ?? $"add it to `{section}`");
            }
        }

        foreach (var posture in file.Rules.SelectMany(rule => rule.Postures ?? []).Concat(file.DefaultPostures))
        {
            if (!file.Postures.ContainsKey(posture.Text) && reported.Add(posture.Text))
            {
                report.Add(tailnet.At(posture.Offset), $"`{posture.Text}` is not defined in `postures`", (reported.Count <= MostSuggestions ? Suggestions.DidYouMean(posture.Text, file.Postures.Keys) : null) ?? "add it to `postures`");
            }
        }
    }

    private static (string Section, IEnumerable<string> Names)? MissingIn(LintedTailnet tailnet, string name) => tailnet.SelectorOf(name.Trim()) switch
    {
        { Kind: SelectorKind.Tag, IsDefined: false } => ("tagOwners", tailnet.File.TagOwners.Keys),
        { Kind: SelectorKind.Group, IsDefined: false } => ("groups", tailnet.File.Groups.Keys),
        { Kind: SelectorKind.IpSet, IsDefined: false } => ("ipsets", tailnet.File.IpSets.Keys),
        { Kind: SelectorKind.Unknown } when tailnet.File.Hosts.Count > 0 && !tailnet.File.Hosts.ContainsKey(name) && name.Length > 0 && !name.AsSpan().ContainsAny(":/*@ ") => ("hosts", tailnet.File.Hosts.Keys),
        _ => null,
    };
}
