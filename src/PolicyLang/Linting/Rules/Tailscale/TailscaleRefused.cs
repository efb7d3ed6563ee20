using PolicyLang.Linting.Artefacts.Tailscale;

namespace PolicyLang.Linting.Rules.Tailscale;

internal sealed class TailscaleRefused : TailnetRule
{
    private static readonly (string Part, string Help)[] Helps =
    [
        ("cannot be recursive", "list the people themselves: groups hold no groups"),
        ("not valid on the src side", "name people, groups, tags or addresses as the source"),
        ("autogroup:danger-all as a dst", "name what is to be reached"),
        ("as a dst", "name what is to be reached"),
        ("to allow all IP addresses", "write `*` for the tailnet, or `autogroup:internet` for what exit nodes lead to"),
        ("autogroup:self can only", "put people, groups or `autogroup:member` alone into `src` of this rule"),
        ("cannot use app grants", "name the tag of the devices that serve the application"),
        ("capability name must have", "write it like `example.com/cap/name`"),
        ("must not be in the tailscale.com", "capabilities of your own need a domain of your own"),
        ("via can only be a tag", "name the tag of the routers"),
        ("ip and app can not both be empty", "add `ip` for ports, or `app` for capabilities"),
        ("unknown protocol", "write `tcp`, `udp`, `icmp` or another protocol by its name or number"),
        ("port range", "add ports: `tag:web:443` in `acls`, `tcp:443` in `ip`, and `*` for all"),
        ("first port must", "ports begin at 1; `*` stands for all"),
        ("action=", "`accept` is the only action of `acls`: what no rule accepts is refused"),
        ("action must", "add `\"action\": \"accept\"` or `\"action\": \"check\"`"),
        ("not a valid action", "write `accept` or `check`"),
        ("users must", "add `users`, such as `[\"autogroup:nonroot\"]`"),
        ("checkPeriod", "write a time of at most 168h, such as `12h`"),
        ("tag names", "write `tag:` and a letter, followed by letters, digits and dashes"),
        ("reserved range", "take addresses of 100.64.0.0/10 that Tailscale does not use itself"),
        ("disallowed element", "name a user, a tag or a host"),
    ];

    public override RuleDescription Description { get; } = new("tailscale-refused", RuleSystem.Tailscale, RuleCategory.Correctness, LintLevel.Error)
    {
        What = "something in the file makes Tailscale refuse it",
        Why = "The control plane checks a policy file when it is saved and keeps the former one when it finds a mistake. The reasons here are its own, so that the mistake shows before the push.",
        Avoid = new("policy.hujson", """
            {
              "groups": {
                "group:sre": ["alice@example.com"],
                "group:dev": ["group:ops"],
                "group:ops": ["group:sre"],
              },
              "grants": [{"src": ["group:dev"], "dst": ["autogroup:self"], "ip": ["*"]}],
            }
            """),
        Prefer = new("policy.hujson", """
            {
              "groups": {
                "group:sre": ["alice@example.com"],
                "group:dev": ["alice@example.com"],
              },
              "grants": [{"src": ["group:dev"], "dst": ["autogroup:self"], "ip": ["*"]}],
            }
            """),
        References = [TailscaleReferences.PolicyFile, TailscaleReferences.Selectors],
    };

    protected override void Check(LintedTailnet tailnet, LintReport report)
    {
        if (tailnet.IsTemplate)
        {
            return;
        }

        foreach (var (message, location) in tailnet.Refusals)
        {
            // Other rules tell these with more help.
            if (!message.Contains("not found", StringComparison.Ordinal) && !message.Contains("stands twice", StringComparison.Ordinal) && message != "test(s) failed"
                && !location.Text.Contains(TailscaleLegacyCapability.Name, StringComparison.Ordinal))
            {
                report.Add(location, $"Tailscale refuses this: {message}", HelpFor(message));
            }
        }
    }

    private static string HelpFor(string message)
    {
        foreach (var (part, help) in Helps)
        {
            if (message.Contains(part, StringComparison.Ordinal))
            {
                return help;
            }
        }

        return "correct it before the file is pushed: until then the former policy stays in force";
    }
}
