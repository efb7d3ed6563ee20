using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Tailscale;

/// <summary>What a policy file rests on and cannot enforce.</summary>
internal static class TailscaleAssumptions
{
    internal static IEnumerable<Assumption> Of(
        AccessPath path,
        TailnetPolicy policy,
        ImmutableArray<(Cluster Cluster, ImmutableArray<TailscaleEndpoint> Endpoints)> clusters,
        IEnumerable<TailnetSubject> subjects)
    {
        var name = path.Name;
        yield return Make(AssumptionKind.NoForeignRules, name, $"the generated policy file is the whole policy file of the tailnet of path `{name}`", path);
        yield return Make(
            AssumptionKind.AdminPlanes,
            name,
            $"who administers the tailnet of path `{name}` or may apply one of its tags does not use that to become somebody else, or to stand up a false API server",
            path);
        yield return Make(AssumptionKind.RevocationLag, name, $"a change is in force on path `{name}` when the policy file is applied and every proxy has received it; requests already under way are not cut off", path);
        if (!policy.Postures.IsEmpty)
        {
            yield return Make(
                AssumptionKind.OnlyDeclaredNetworks,
                name,
                $"nobody who is allowed under a condition comes to path `{name}` with a device shared from another tailnet or through a subnet router, because Tailscale checks no posture there",
                path);
        }

        foreach (var (cluster, endpoints) in clusters)
        {
            foreach (var endpoint in endpoints)
            {
                yield return new Assumption(
                    AssumptionKind.OperatorTag,
                    $"{cluster.Name}/{endpoint.Name}",
                    $"the API server proxy `{endpoint.Name}` of cluster `{cluster.Name}` runs in auth mode and carries `{endpoint.Tag}` and no other tag that stands in the policy file, and no other device carries it",
                    endpoint.TagLocation);
            }

            yield return new Assumption(
                AssumptionKind.VendorImpersonationRoleRemoved,
                $"{cluster.Name}/{name}",
                $"the ClusterRole `tailscale-auth-proxy`, with which the operator's chart lets the proxy impersonate anybody, is not bound in cluster `{cluster.Name}`",
                cluster.Location);
            yield return new Assumption(
                AssumptionKind.NoForeignUserBindings,
                $"{cluster.Name}/{name}",
                $"no other binding in cluster `{cluster.Name}` names people by their login: the proxy asserts the login of everybody who reaches it",
                cluster.Location);
        }

        foreach (var subject in subjects)
        {
            foreach (var group in subject.OuterGroups)
            {
                yield return new Assumption(
                    AssumptionKind.Membership,
                    $"{name}/{group}",
                    group switch
                    {
                        "autogroup:member" => $"every member of the tailnet of path `{name}`, people invited from outside too, is meant by `{group}`",
                        _ when group.StartsWith("autogroup:", StringComparison.Ordinal) => $"whoever has the role behind `{group}` in the tailnet of path `{name}` is meant by it",
                        _ => $"whoever the identity provider puts into `{group}` on path `{name}` is meant by it",
                    },
                    LocationOf(subject, group));
            }

            foreach (var tag in subject.Tags)
            {
                yield return new Assumption(
                    AssumptionKind.Disjoint,
                    $"{name}/{tag}",
                    $"only `{subject.Subject.Name}` runs on devices that carry `{tag}` in the tailnet of path `{name}`, and they carry no other tag that stands in the policy file",
                    LocationOf(subject, tag));
            }
        }
    }

    private static SourceLocation LocationOf(TailnetSubject subject, string value)
        => subject.Principals.First(principal => string.Equals(principal.Value, value, StringComparison.Ordinal)).Location;

    private static Assumption Make(AssumptionKind kind, string topic, string statement, AccessPath path) => new(kind, topic, statement, path.Location);
}
