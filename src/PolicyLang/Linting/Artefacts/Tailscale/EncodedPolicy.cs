using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Reading;
using PolicyLang.Targets.Tailscale.Reading;

namespace PolicyLang.Linting.Artefacts.Tailscale;

/// <summary>Hands a policy that stands in another text, such as Terraform's, to the reader of policy files.</summary>
internal static class EncodedPolicy
{
    /// <summary>The policy, with the characters of the text as offsets; nothing where any of it is worked out when Terraform runs.</summary>
    public static PolicyNode? ToPolicy(DataNode node)
    {
        var start = node.Location.Span.Start;
        switch (node)
        {
            case DataMap map:
                var members = new PolicyMember[map.Entries.Length];
                for (var i = 0; i < members.Length; i++)
                {
                    if (ToPolicy(map.Entries[i].Value) is not { } value)
                    {
                        return null;
                    }

                    members[i] = new PolicyMember(map.Entries[i].Key, map.Entries[i].KeyLocation.Span.Start, value);
                }

                return new PolicyNode(start, members);
            case DataList list:
                var items = new PolicyNode[list.Items.Length];
                for (var i = 0; i < items.Length; i++)
                {
                    if (ToPolicy(list.Items[i]) is not { } item)
                    {
                        return null;
                    }

                    items[i] = item;
                }

                return new PolicyNode(start, items);
            case DataScalar { IsQuoted: true } text:
                return new PolicyNode(PolicyNodeKind.Text, start, text.Text);
            case DataScalar scalar:
                return scalar.Text switch
                {
                    "null" => new PolicyNode(PolicyNodeKind.Null, start),
                    "true" => new PolicyNode(PolicyNodeKind.True, start),
                    "false" => new PolicyNode(PolicyNodeKind.False, start),
                    _ => new PolicyNode(PolicyNodeKind.Number, start, scalar.Text),
                };
            default:
                return null;
        }
    }

    /// <summary>A text of as many bytes as there are characters, with the same lines, so that offsets give the right places.</summary>
    public static Artefact Blank(SourceText source)
    {
        var bytes = new byte[source.Text.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = source.Text[i] == '\n' ? (byte)'\n' : (byte)' ';
        }

        return new Artefact(source.Path, bytes);
    }
}
