using System.Collections.Immutable;
using System.Text;
using PolicyLang.Targets.Tailscale.HuJson;
using PolicyLang.Targets.Text;

namespace PolicyLang.Targets.Tailscale;

/// <summary>Writes a policy file in its canonical layout, a grant at a time: a large tailnet has tens of thousands.</summary>
internal sealed class TailnetPolicyWriter
{
    private const string Header = "// Written by policyc from the project's policy: change the policy, not this file.\n";
    private const string KubernetesCapability = "tailscale.com/cap/kubernetes";

    private static readonly HuJsonValue s_testProtocol = HuJsonValue.Text("tcp");

    private readonly Utf8Chunks _file = new();
    private readonly StringBuilder _piece = new();

    // Grants differ in little; the lists that they share are built once.
    private readonly Dictionary<ImmutableArray<string>, HuJsonValue> _lists = [];
    private readonly CancellationToken _cancellation;
    private bool _isFirstSection = true;

    private TailnetPolicyWriter(CancellationToken cancellation) => _cancellation = cancellation;

    /// <summary>The bytes of the file.</summary>
    internal static byte[] Write(TailnetPolicy policy, CancellationToken cancellation) => new TailnetPolicyWriter(cancellation).Write(policy);

    private byte[] Write(TailnetPolicy policy)
    {
        _piece.Append(Header).Append('{');
        if (!policy.Groups.IsEmpty)
        {
            Section("groups", Map(policy.Groups));
        }

        if (!policy.TagOwners.IsEmpty)
        {
            Section("tagOwners", Map(policy.TagOwners));
        }

        if (!policy.ServiceApprovers.IsEmpty)
        {
            // A replica of a ProxyGroup advertises the group's service and carries the group's tag.
            Section("autoApprovers", HuJsonValue.ObjectLines([("services", HuJsonValue.ObjectLines(policy.ServiceApprovers.Select(tag => (tag, HuJsonValue.TextList([tag])))))]));
        }

        if (!policy.Postures.IsEmpty)
        {
            Section("postures", HuJsonValue.ObjectLines(policy.Postures.Select(p => (p.Key, HuJsonValue.Lines(p.Value.Select(text => HuJsonValue.Text(text)))))));
        }

        // Always there: a file with neither `grants` nor `acls` lets everybody reach everything.
        Lines("grants", policy.Grants, Grant);
        if (!policy.Tests.IsEmpty)
        {
            Lines("tests", policy.Tests, Test);
        }

        _piece.Append("\n}\n");
        Flush();
        return _file.Take();
    }

    private static HuJsonValue Map(ImmutableSortedDictionary<string, ImmutableArray<string>> lists)
        => HuJsonValue.ObjectLines(lists.Select(list => (list.Key, HuJsonValue.TextList(list.Value))));

    private void Section(string name, HuJsonValue value)
    {
        StartSection(name);
        HuJsonFormatter.AppendPiece(_piece, value, 1, _cancellation);
        _piece.Append(',');
        Flush();
    }

    private void Lines<T>(string name, ImmutableArray<T> items, Func<T, HuJsonValue> write)
    {
        StartSection(name);
        _piece.Append('[');
        foreach (var item in items)
        {
            _cancellation.ThrowIfCancellationRequested();
            _piece.Append("\n\t\t");
            HuJsonFormatter.AppendPiece(_piece, write(item), 2, _cancellation);
            _piece.Append(',');
            Flush();
        }

        _piece.Append(items.IsEmpty ? "]," : "\n\t],");
    }

    // A blank line between sections keeps their values from being aligned with one another.
    private void StartSection(string name)
    {
        _piece.Append(_isFirstSection ? "\n\t" : "\n\n\t").Append(HuJsonString.Quote(name)).Append(": ");
        _isFirstSection = false;
    }

    private void Flush()
    {
        foreach (var chunk in _piece.GetChunks())
        {
            _file.Append(chunk.Span);
        }

        _piece.Clear();
    }

    private HuJsonValue ListOf(ImmutableArray<string> texts)
    {
        if (!_lists.TryGetValue(texts, out var list))
        {
            _lists.Add(texts, list = HuJsonValue.TextList(texts));
        }

        return list;
    }

    private HuJsonValue Grant(TailnetGrant grant)
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

    private HuJsonValue Test(ReachabilityTest test)
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
}
