using System.Text;
using PolicyLang.Targets.Tailscale.HuJson;

namespace PolicyLang.Targets.Tailscale;

/// <summary>Writes a policy file in its canonical layout.</summary>
internal static class TailnetPolicyWriter
{
    private const string Header = "// Written by policyc from the project's policy: change the policy, not this file.\n";
    private const string KubernetesCapability = "tailscale.com/cap/kubernetes";

    /// <summary>The bytes of the file.</summary>
    internal static byte[] Write(TailnetPolicy policy, CancellationToken cancellation)
    {
        var sections = new List<(string, HuJsonValue)>();
        if (!policy.Groups.IsEmpty)
        {
            sections.Add(("groups", Map(policy.Groups)));
        }

        if (!policy.TagOwners.IsEmpty)
        {
            sections.Add(("tagOwners", Map(policy.TagOwners)));
        }

        if (!policy.ServiceApprovers.IsEmpty)
        {
            // A replica of a ProxyGroup advertises the group's service and carries the group's tag.
            sections.Add(("autoApprovers", HuJsonValue.ObjectLines([("services", HuJsonValue.ObjectLines(policy.ServiceApprovers.Select(tag => (tag, HuJsonValue.TextList([tag])))))])));
        }

        if (!policy.Postures.IsEmpty)
        {
            sections.Add(("postures", HuJsonValue.ObjectLines(policy.Postures.Select(p => (p.Key, HuJsonValue.Lines(p.Value.Select(text => HuJsonValue.Text(text))))))));
        }

        // Always there: a file with neither `grants` nor `acls` lets everybody reach everything.
        sections.Add(("grants", policy.Grants.IsEmpty ? HuJsonValue.TextList([]) : HuJsonValue.Lines(Grants(policy))));
        if (!policy.Tests.IsEmpty)
        {
            sections.Add(("tests", HuJsonValue.Lines(policy.Tests.Select(Test))));
        }

        var body = HuJsonValue.ObjectLines(sections, "\n\n").Body;
        return Encoding.UTF8.GetBytes(HuJsonFormatter.Format(new HuJsonValue(body, Header), cancellation));
    }

    private static HuJsonValue Map(IEnumerable<KeyValuePair<string, System.Collections.Immutable.ImmutableArray<string>>> lists)
        => HuJsonValue.ObjectLines(lists.Select(list => (list.Key, HuJsonValue.TextList(list.Value))));

    private static IEnumerable<HuJsonValue> Grants(TailnetPolicy policy)
    {
        // Grants on one cluster differ in little; what they share is built once.
        var portLists = new Dictionary<TailscaleEndpoint, HuJsonValue>(ReferenceEqualityComparer.Instance);
        foreach (var grant in policy.Grants)
        {
            if (!portLists.TryGetValue(grant.Endpoint, out var ports))
            {
                portLists.Add(grant.Endpoint, ports = HuJsonValue.TextList(grant.Endpoint.Ports));
            }

            // Reach and role in one grant, so that the one cannot outlive the other.
            var members = new List<(string, HuJsonValue)>(5)
            {
                ("src", HuJsonValue.TextList(grant.Sources)),
                ("dst", HuJsonValue.TextList(grant.Tags)),
                ("ip", ports),
                ("app", HuJsonValue.ObjectLines([(KubernetesCapability, new HuJsonValue(new HuJsonArray([Capability(grant)])))])),
            };
            if (grant.Posture is { } posture)
            {
                members.Insert(3, ("srcPosture", HuJsonValue.TextList([posture])));
            }

            yield return HuJsonValue.ObjectLines(members);
        }
    }

    private static HuJsonValue Capability(TailnetGrant grant)
    {
        var members = new List<(string, HuJsonValue)> { ("impersonate", HuJsonValue.Object(("groups", HuJsonValue.TextList(grant.KubernetesGroups)))) };
        if (grant.Endpoint.Recorder is { } recorder)
        {
            // `recorder`, as the proxy reads it; the plural in one page of Tailscale's documentation would record nothing.
            members.Add(("recorder", HuJsonValue.TextList([recorder.Text])));
            if (grant.Endpoint.EnforcesRecorder)
            {
                members.Add(("enforceRecorder", HuJsonValue.Flag(true)));
            }

            if (grant.Endpoint.RecordsEvents)
            {
                members.Add(("enableEvents", HuJsonValue.Flag(true)));
            }
        }

        return members.Count == 1 ? HuJsonValue.Object([.. members]) : HuJsonValue.ObjectLines(members);
    }

    private static HuJsonValue Test(ReachabilityTest test)
    {
        var members = new List<(string, HuJsonValue)> { ("src", HuJsonValue.Text(test.Source)), ("proto", HuJsonValue.Text("tcp")) };
        if (!test.Accept.IsEmpty)
        {
            members.Add(("accept", HuJsonValue.TextList(test.Accept)));
        }

        if (!test.Deny.IsEmpty)
        {
            members.Add(("deny", HuJsonValue.TextList(test.Deny)));
        }

        return HuJsonValue.ObjectLines(members);
    }
}
