using System.Collections.Immutable;
using PolicyLang.Targets.Tailscale.HuJson;

namespace PolicyLang.Targets.Tailscale;

/// <summary>The parts of a policy file as values of HuJSON.</summary>
internal sealed class TailnetPieces
{
    private const string KubernetesCapability = "tailscale.com/cap/kubernetes";

    private static readonly HuJsonValue s_testProtocol = HuJsonValue.Text("tcp");

    // Grants differ in little; the lists that they share are built once.
    private readonly Dictionary<ImmutableArray<string>, HuJsonValue> _lists = [];

    /// <summary>Names with a list each.</summary>
    internal static HuJsonValue Entries(ImmutableSortedDictionary<string, ImmutableArray<string>> lists)
        => HuJsonValue.ObjectLines(lists.Select(list => (list.Key, HuJsonValue.TextList(list.Value))));

    /// <summary>The postures, with a line for each expression.</summary>
    internal static HuJsonValue Postures(ImmutableSortedDictionary<string, ImmutableArray<string>> postures)
        => HuJsonValue.ObjectLines(postures.Select(p => (p.Key, HuJsonValue.Lines(p.Value.Select(text => HuJsonValue.Text(text))))));

    /// <summary>Who may advertise which service. A replica of a ProxyGroup advertises the group's service and carries the group's tag.</summary>
    internal static HuJsonValue Services(ImmutableArray<string> approvers)
        => HuJsonValue.ObjectLines(approvers.Select(tag => (tag, HuJsonValue.TextList([tag]))));

    /// <summary>A grant.</summary>
    internal HuJsonValue Grant(TailnetGrant grant)
    {
        // Reach and role in one grant, so that the one cannot outlive the other.
        var members = new List<(string, HuJsonValue)>(5)
        {
            ("src", ListOf(grant.Sources)),
            ("dst", ListOf(grant.Tags)),
            ("ip", ListOf(grant.Endpoint.Ports)),
            ("app", HuJsonValue.ObjectLines([(KubernetesCapability, new HuJsonValue(new HuJsonArray([Capability(grant)])))])),
        };
        if (grant.Posture is { } posture)
        {
            members.Insert(3, ("srcPosture", HuJsonValue.TextList([posture])));
        }

        return HuJsonValue.ObjectLines(members);
    }

    /// <summary>A test.</summary>
    internal static HuJsonValue Test(ReachabilityTest test)
    {
        var members = new List<(string, HuJsonValue)>(4) { ("src", HuJsonValue.Text(test.Source)), ("proto", s_testProtocol) };
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

    private static HuJsonValue Capability(TailnetGrant grant)
    {
        var impersonate = HuJsonValue.Object(("groups", HuJsonValue.TextList(grant.KubernetesGroups)));
        if (grant.Endpoint.Recorder is not { } recorder)
        {
            return HuJsonValue.Object(("impersonate", impersonate));
        }

        // `recorder`, as the proxy reads it; the plural in one page of Tailscale's documentation would record nothing.
        var members = new List<(string, HuJsonValue)>(4) { ("impersonate", impersonate), ("recorder", HuJsonValue.TextList([recorder.Text])) };
        if (grant.Endpoint.EnforcesRecorder)
        {
            members.Add(("enforceRecorder", HuJsonValue.Flag(true)));
        }

        if (grant.Endpoint.RecordsEvents)
        {
            members.Add(("enableEvents", HuJsonValue.Flag(true)));
        }

        return HuJsonValue.ObjectLines(members);
    }

    private HuJsonValue ListOf(ImmutableArray<string> texts)
    {
        if (!_lists.TryGetValue(texts, out var list))
        {
            _lists.Add(texts, list = HuJsonValue.TextList(texts));
        }

        return list;
    }
}
