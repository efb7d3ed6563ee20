using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Access;
using PolicyLang.Diagnostics;

namespace PolicyLang.Targets.Cloudflare;

/// <summary>The rules of one account.</summary>
/// <param name="Path">The path instance.</param>
/// <param name="Gates">The clusters, by name.</param>
/// <param name="Rules">The rules, cluster by cluster, each cluster's block first so that who applies them in order never opens a cluster.</param>
/// <param name="Precedences">The precedence in the account of each rule, in the order of the rules.</param>
internal sealed record GatewayRuleSet(
    CloudflarePathSettings Path,
    ImmutableArray<ClusterGate> Gates,
    ImmutableArray<GatewayRule> Rules,
    ImmutableArray<int> Precedences)
{
    // Cloudflare One account limits: policies per type, lists, entries per list, routes.
    private const int MostRules = 500;
    private const int MostLists = 100;
    private const int MostListEntries = 1000;
    private const int MostRoutes = 1000;

    /// <summary>Whether routes are written for a cluster. A retired one keeps its block, but nothing leads to it any more.</summary>
    public static bool HasRoutes(ClusterGate gate) => gate is { Tunnel: not null, Cluster.IsRetired: false };

    /// <summary>Builds the rules of every cluster that declares the path, rules or none, retired or not; whatever cannot be said is reported.</summary>
    public static GatewayRuleSet Build(CloudflarePathSettings path, AccessModel access, DiagnosticBag diagnostics, CancellationToken cancellation)
    {
        var gates = ImmutableArray.CreateBuilder<ClusterGate>();
        var rules = ImmutableArray.CreateBuilder<GatewayRule>();
        foreach (var cluster in access.Clusters)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!cluster.Cluster.Paths.TryGetValue(path.Path.Name, out var block))
            {
                continue;
            }

            var gate = ClusterGate.Read(path, cluster.Cluster, block, diagnostics);
            gates.Add(gate);
            AddRules(path, gate, cluster, rules, diagnostics);
        }

        ReportSharedAddresses(gates, diagnostics);
        ReportLimits(path, gates, rules, diagnostics);

        // Precedences of rules that are not going to be written would only add noise to what was reported.
        var precedences = diagnostics.HasErrors ? [] : PrecedenceAllocator.Allocate(path, rules, diagnostics, cancellation);
        return new GatewayRuleSet(path, gates.ToImmutable(), rules.ToImmutable(), [.. precedences]);
    }

    private static void AddRules(CloudflarePathSettings path, ClusterGate gate, ClusterAccess access, ImmutableArray<GatewayRule>.Builder rules, DiagnosticBag diagnostics)
    {
        var cluster = gate.Cluster;
        rules.Add(new GatewayBlock(gate, GatewayNames.Block(cluster), TerraformText.Label(cluster.Name, "block"), $"refuses everyone whom no rule lets reach {cluster.Name}"));
        rules.Add(new GatewayNoInspect(gate, GatewayNames.NoInspect(cluster), TerraformText.Label(cluster.Name, "no-inspect"), $"keeps HTTP inspection off {cluster.Name}"));
        foreach (var link in access.Gates)
        {
            // No rule for a group that lost all its members: a rule about nobody would be a rule about everybody.
            if (link.Path != path.Path || link.IsEmptied)
            {
                continue;
            }

            var identity = GatewayIdentity.Express(path, link, diagnostics);
            var posture = GatewayPosture.Express(path.Path, link.Condition, diagnostics);
            if (identity is not null)
            {
                rules.Add(new GatewayAllow(
                    gate,
                    GatewayNames.Allow(cluster, link.Subject, link.Condition),
                    LabelOf(link),
                    $"lets {link.Subject.Name} reach {cluster.Name}" + (link.Condition.IsAlways ? "" : $" when {string.Join(" and ", link.Condition.Postures.Select(p => p.Name))}"),
                    identity,
                    posture));
            }
        }
    }

    private static string LabelOf(GateLink link)
        => TerraformText.Label(
        [
            link.Cluster.Name,
            "allow",
            link.Subject.Name,
            .. link.Condition.IsAlways ? [] : link.Condition.Postures.Select(p => p.Name).Prepend("when"),
        ]);

    private static void ReportSharedAddresses(ImmutableArray<ClusterGate>.Builder gates, DiagnosticBag diagnostics)
    {
        var owners = new Dictionary<HostAddress, ClusterGate>();
        foreach (var gate in gates)
        {
            foreach (var address in gate.Addresses)
            {
                // Also in another virtual network: the block of one cluster covers every network and would stand before nothing of the other's.
                if (!owners.TryAdd(address, gate))
                {
                    var first = owners[address];
                    diagnostics.Report(
                        CloudflareDiagnostics.SharedAddress,
                        gate.Location,
                        $"clusters `{first.Cluster.Name}` and `{gate.Cluster.Name}` both have the address `{address.Text}`, so that whoever reaches one reaches the other",
                        "give each cluster addresses of its own; also in different virtual networks, because blocks cover all of them",
                        new RelatedLocation(first.Location, $"`{first.Cluster.Name}` has it here"));
                }
            }
        }
    }

    private static void ReportLimits(CloudflarePathSettings path, ImmutableArray<ClusterGate>.Builder gates, ImmutableArray<GatewayRule>.Builder rules, DiagnosticBag diagnostics)
    {
        var networkRules = rules.Count(rule => rule.Action != GatewayAction.NoInspect);
        Report(networkRules, MostRules, "network rules");
        Report(rules.Count - networkRules, MostRules, "HTTP rules");
        Report(gates.Count(gate => gate.List is not null), MostLists, "lists");
        Report(gates.Where(HasRoutes).Sum(gate => gate.Addresses.Length), MostRoutes, "tunnel routes");
        foreach (var gate in gates)
        {
            if (gate.List is not null && gate.Addresses.Length > MostListEntries)
            {
                Report(gate.Addresses.Length, MostListEntries, $"entries in the list of cluster `{gate.Cluster.Name}`");
            }
        }

        void Report(int number, int most, string what)
        {
            if (number > most)
            {
                diagnostics.Report(
                    CloudflareDiagnostics.LimitExceeded,
                    path.Path.Location,
                    string.Create(CultureInfo.InvariantCulture, $"path `{path.Path.Name}` needs {number} {what}, and an account may have {most}"),
                    "name fewer subjects in the rules of this path by grouping them, or spread the clusters over several accounts");
            }
        }
    }
}
