using System.Buffers;
using PolicyLang.Data;
using PolicyLang.Linting.Artefacts.Tailscale;
using PolicyLang.Targets.Tailscale.Reading;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscaleFailingTest : TailnetRule
{
    private static readonly string[] TargetKeys = ["accept", "allow", "deny"];
    private static readonly SearchValues<char> PortCharacters = SearchValues.Create("0123456789,-*");

    public override RuleDescription Description { get; } = new("tailscale-failing-test", RuleSystem.Tailscale, RuleCategory.Correctness, LintLevel.Error)
    {
        What = "a test can never pass, so that Tailscale refuses the file",
        Why = "Tailscale runs the tests whenever the file is saved and refuses it when one fails. A test names one port of one device, host or service; lists, ranges, networks and autogroups as destinations fail whatever the rules allow.",
        Avoid = new("policy.hujson", """
            {
              "tagOwners": {"tag:prod": []},
              "grants": [{"src": ["autogroup:member"], "dst": ["tag:prod"], "ip": ["tcp:80-443"]}],
              "tests": [{"src": "alice@example.com", "accept": ["tag:prod:80-443"]}],
            }
            """),
        Prefer = new("policy.hujson", """
            {
              "tagOwners": {"tag:prod": []},
              "grants": [{"src": ["autogroup:member"], "dst": ["tag:prod"], "ip": ["tcp:80-443"]}],
              "tests": [{"src": "alice@example.com", "accept": ["tag:prod:80", "tag:prod:443"]}],
            }
            """),
        References = [TailscaleReferences.PolicyFile],
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        foreach (var test in tailnet.File.Tests)
        {
            if (test.Accept.IsEmpty && test.Deny.IsEmpty && !HasTargets(tailnet, test))
            {
                report.Add(tailnet.At(test.Offset), "this test says neither what is reached nor what is not, and so fails", "add `accept` or `deny`");
            }

            foreach (var target in test.Accept.Concat(test.Deny))
            {
                if (ReasonToFail(tailnet, target.Text, test.Protocol?.Text) is var (message, help))
                {
                    report.Add(tailnet.At(target.Offset), $"{message}, so that this test fails", help);
                }
            }
        }
    }

    private static bool HasTargets(LintedTailnet tailnet, ReachTest test)
        => TargetKeys.Any(key => tailnet.EntryOf(test.Offset, key)?.Value is not null and not DataList { Items.Length: 0 });

    private static (string Message, string Help)? ReasonToFail(LintedTailnet tailnet, string target, string? protocol)
    {
        var (name, port) = AccessRuleReader.SplitPorts(target);
        if (port.AsSpan().ContainsAny(",-*") && (port == "*" || port.AsSpan().IndexOfAnyExcept(PortCharacters) < 0))
        {
            return ($"a test is of one port and not of `{port}`", $"write one item for each port that matters: `{name}:443`");
        }

        if (port == "0" && protocol is (null or "" or "tcp" or "udp"))
        {
            return ("there is no port 0", "name the port, or add `\"proto\": \"icmp\"`");
        }

        var selector = tailnet.SelectorOf(name);
        return selector switch
        {
            { Kind: SelectorKind.Address } when name.Contains('/', StringComparison.Ordinal) => ($"a test is of one address and not of `{name}`", "name an address, without a slash"),
            { Kind: SelectorKind.Address, Range.IsSingle: false } => ($"`{name}` is a whole network, and a test is of one address", "name an address in it"),
            { Kind: SelectorKind.Member or SelectorKind.Tagged or SelectorKind.Self or SelectorKind.Internet or SelectorKind.Shared or SelectorKind.Role or SelectorKind.DangerAll } => ($"a test cannot be of `{name}`", "name a user, a group, a tag, a host or an address"),
            _ => null,
        };
    }
}
