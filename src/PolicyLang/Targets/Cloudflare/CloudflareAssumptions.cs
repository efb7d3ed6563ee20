using PolicyLang.Access;

namespace PolicyLang.Targets.Cloudflare;

/// <summary>What the exactness of the rules rests on and no file of the target can enforce.</summary>
internal static class CloudflareAssumptions
{
    /// <summary>The assumptions of one path instance.</summary>
    public static IEnumerable<Assumption> Of(GatewayRuleSet set)
    {
        var path = set.Path.Path;
        var people = path.People ?? "the identity provider";
        var opened = set.Rules.Where(rule => rule.Action == GatewayAction.Allow).Select(rule => rule.Gate.Cluster.Name).ToHashSet(StringComparer.Ordinal);
        yield return OfPath(
            AssumptionKind.TrafficEntersGateway,
            $"on path `{path.Name}` Gateway proxies TCP, UDP and ICMP, and devices send the addresses of the clusters into WARP: what does not enter Gateway meets no rule");
        yield return OfPath(
            AssumptionKind.NoForeignRules,
            $"in the account of path `{path.Name}` no other network rule lets through or redirects traffic of the clusters before the block rules of policyc, and nobody edits the rules and lists of policyc by hand");
        yield return OfPath(
            AssumptionKind.AdminPlanes,
            $"the administrators of the account of path `{path.Name}`, of its tunnels and of `{people}` do not work around the rules");
        if (opened.Count > 0)
        {
            yield return OfPath(
                AssumptionKind.OneIdp,
                $"in the account of path `{path.Name}` only `{people}` asserts groups and e-mail addresses, and extended e-mail matching is off");
            yield return OfPath(
                AssumptionKind.RevocationLag,
                set.Path.SessionDuration is { } duration
                    ? $"on path `{path.Name}` who leaves a group or fails a posture check may keep access until the next login, at the latest after {duration}, and changed rules take up to a minute"
                    : $"on path `{path.Name}` who leaves a group keeps access until the next login unless `{people}` pushes changes to Cloudflare (SCIM), and changed rules take up to a minute");
        }

        foreach (var gate in set.Gates)
        {
            var cluster = gate.Cluster.Name;
            yield return new Assumption(
                AssumptionKind.OnlyDeclaredNetworks,
                cluster,
                $"the API server of `{cluster}` is reachable only over the paths that the cluster declares, and only at the declared addresses",
                gate.Location);
            if (opened.Contains(cluster))
            {
                yield return new Assumption(
                    AssumptionKind.OwnCredentials,
                    cluster,
                    $"whoever reaches the API server of `{cluster}` through Gateway presents a credential of their own there",
                    gate.Location);
            }
        }

        Assumption OfPath(AssumptionKind kind, string statement) => new(kind, path.Name, statement, path.Location);
    }
}
