using System.Collections.Immutable;
using System.Text;
using PolicyLang.Targets.Tailscale.HuJson;
using PolicyLang.Targets.Text;

namespace PolicyLang.Targets.Tailscale;

/// <summary>Writes a policy file in its canonical layout, a grant at a time: a large tailnet has tens of thousands.</summary>
internal sealed class TailnetPolicyWriter
{
    private const string Header = "// Written by policyc from the project's policy: change the policy, not this file.\n";

    private readonly Utf8Chunks _file = new();
    private readonly StringBuilder _piece = new();

    private readonly TailnetPieces _pieces = new();
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
            Section("groups", TailnetPieces.Entries(policy.Groups));
        }

        if (!policy.TagOwners.IsEmpty)
        {
            Section("tagOwners", TailnetPieces.Entries(policy.TagOwners));
        }

        if (!policy.ServiceApprovers.IsEmpty)
        {
            Section("autoApprovers", HuJsonValue.ObjectLines([("services", TailnetPieces.Services(policy.ServiceApprovers))]));
        }

        if (!policy.Postures.IsEmpty)
        {
            Section("postures", TailnetPieces.Postures(policy.Postures));
        }

        // Always there: a file with neither `grants` nor `acls` lets everybody reach everything.
        Lines("grants", policy.Grants, _pieces.Grant);
        if (!policy.Tests.IsEmpty)
        {
            Lines("tests", policy.Tests, TailnetPieces.Test);
        }

        _piece.Append("\n}\n");
        Flush();
        return _file.Take();
    }

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
}
