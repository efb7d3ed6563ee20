using PolicyLang.Targets.Tailscale.HuJson;
using PolicyLang.Targets.Text;

namespace PolicyLang.Targets.Tailscale.Splicing;

/// <summary>
/// Puts a policy into a base. What is added stands at the head of a list or object, behind its opening bracket, since there no character of the base has to change: behind the
/// last member a comma might be missing.
/// </summary>
internal sealed class TailnetSplicer
{
    private readonly TailnetBase _base;
    private readonly BaseLayout _layout;
    private readonly TailnetPieces _pieces;
    private readonly CancellationToken _cancellation;
    private readonly SortedDictionary<int, string> _insertions = [];

    private TailnetSplicer(TailnetBase @base, CancellationToken cancellation)
    {
        _base = @base;
        _layout = new BaseLayout(@base);
        _pieces = new TailnetPieces();
        _cancellation = cancellation;
    }

    /// <summary>The output of a path with a base.</summary>
    public static (OutputFile File, SplicedFile Splice) Splice(TailnetBase @base, TailnetPolicy policy, string output, CancellationToken cancellation)
    {
        var splicer = new TailnetSplicer(@base, cancellation);
        splicer.Insert(policy);
        return splicer.Finish(output);
    }

    private void Insert(TailnetPolicy policy)
    {
        var missing = new List<(string Name, HuJsonValue Value)>();
        Add("groups", TailnetPieces.Entries(policy.Groups));
        Add("tagOwners", TailnetPieces.Entries(policy.TagOwners));
        AddServices(TailnetPieces.Services(policy.ServiceApprovers));
        Add("postures", TailnetPieces.Postures(policy.Postures));
        Add("grants", HuJsonValue.Lines(policy.Grants.Select(_pieces.Grant)));
        Add("tests", HuJsonValue.Lines(policy.Tests.Select(TailnetPieces.Test)));
        if (missing.Count > 0)
        {
            InsertInto(_base.Root, HuJsonValue.ObjectLines(missing, "\n\n"));
        }

        void Add(string section, HuJsonValue value)
        {
            if (value.Body is not HuJsonComposite { Count: > 0 })
            {
                return;
            }

            if (_base.Section(section) is { Value.Body: HuJsonComposite container })
            {
                InsertInto(container, value);
            }
            else
            {
                missing.Add((section, value));
            }
        }

        void AddServices(HuJsonValue services)
        {
            if (services.Body is not HuJsonComposite { Count: > 0 })
            {
                return;
            }

            var member = HuJsonValue.ObjectLines([("services", services)]);
            if (_base.Section("autoApprovers") is not { Value.Body: HuJsonObject approvers })
            {
                missing.Add(("autoApprovers", member));
            }
            else if (TailnetBase.Find(approvers, "services") is { Value.Body: HuJsonObject container })
            {
                InsertInto(container, services);
            }
            else
            {
                InsertInto(approvers, member);
            }
        }
    }

    private void InsertInto(HuJsonComposite container, HuJsonValue value)
    {
        var (offset, text) = _layout.Block(container, value, _cancellation);
        _insertions.Add(offset, text);
    }

    private (OutputFile File, SplicedFile Splice) Finish(string output)
    {
        var text = new SplicedText(_base.Source);
        var position = 0;
        foreach (var (offset, piece) in _insertions)
        {
            Copy(position, offset);
            text.Write(piece);
            position = offset;
        }

        Copy(position, _base.Blocks.Text.Length);
        return text.Finish(output);

        void Copy(int start, int end)
        {
            foreach (var (from, to) in _base.Blocks.PiecesBetween(start, end))
            {
                text.Copy(from, to);
            }
        }
    }
}
