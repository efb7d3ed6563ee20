using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Tailscale;

namespace PolicyLang.Linting.Rules.Tailscale;

/// <summary>A rule about one tailnet policy file at a time.</summary>
internal abstract class TailnetRule : ArtefactRule
{
    public sealed override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var tailnet in artefacts.Tailnets)
        {
            Check(tailnet, report);
        }
    }

    /// <summary>Reports what is found in one file.</summary>
    protected abstract void Check(LintedTailnet tailnet, LintReport report);
}

/// <summary>What to read about tailnet policy files.</summary>
internal static class TailscaleReferences
{
    public static readonly RuleReference PolicyFile = new("Tailscale: policy file syntax", "https://tailscale.com/docs/reference/syntax/policy-file");
    public static readonly RuleReference Grants = new("Tailscale: grants syntax", "https://tailscale.com/docs/reference/syntax/grants");
    public static readonly RuleReference Selectors = new("Tailscale: targets and selectors", "https://tailscale.com/docs/reference/targets-and-selectors");
    public static readonly RuleReference Proxy = new("Tailscale: API server proxy", "https://tailscale.com/kb/1437/kubernetes-operator-api-server-proxy");
    public static readonly RuleReference ProxyRights = new("Tailscale: API server access, authentication and RBAC", "https://tailscale.com/docs/kubernetes-operator/api-server-access/auth-and-rbac");
    public static readonly RuleReference Posture = new("Tailscale: device posture", "https://tailscale.com/docs/features/device-posture");
    public static readonly RuleReference IpSets = new("Tailscale: IP sets", "https://tailscale.com/docs/features/tailnet-policy-file/ip-sets");
    public static readonly RuleReference CapabilitySource = new("What the proxy decodes: grants.go", "https://github.com/tailscale/tailscale/blob/main/kube/kubetypes/grants.go");
    public static readonly RuleReference ProxySource = new("What the proxy does: proxy.go", "https://github.com/tailscale/tailscale/blob/main/k8s-operator/api-proxy/proxy.go");

    /// <summary>A policy file with one grant for the proxy of a cluster.</summary>
    public static RuleExample Grant(string source, string capability, string network = """["tcp:443"]""", string destination = "tag:k8s-prod") => new("policy.hujson", $$"""
        {
          "groups": {"group:sre": ["alice@example.com"]},
          "tagOwners": {"tag:k8s-prod": [], "tag:ci": [], "tag:recorder": []},
          "grants": [
            {
              "src": ["{{source}}"],
              "dst": ["{{destination}}"],
              "ip":  {{network}},
              "app": {"tailscale.com/cap/kubernetes": {{capability}}},
            },
          ],
        }
        """);
}
