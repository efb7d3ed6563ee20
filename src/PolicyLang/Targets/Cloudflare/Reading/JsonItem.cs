using System.Collections.Immutable;

namespace PolicyLang.Targets.Cloudflare.Reading;

/// <summary>The kinds of JSON values.</summary>
internal enum JsonItemKind
{
    Null,
    False,
    True,
    Number,
    Text,
    List,
    Map,
}

/// <summary>A JSON value and where it stands.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Offset">The byte at which it starts.</param>
/// <param name="Text">A text, or a number as written.</param>
/// <param name="Items">The values of a list.</param>
/// <param name="Members">The members of an object in source order, no name twice.</param>
internal sealed record JsonItem(
    JsonItemKind Kind,
    int Offset,
    string Text,
    ImmutableArray<JsonItem> Items,
    ImmutableArray<JsonMember> Members)
{
    /// <summary>The value of a member, or nothing; <c>null</c> counts as left out.</summary>
    public JsonItem? Find(string name)
    {
        foreach (var member in Members)
        {
            if (string.Equals(member.Name, name, StringComparison.Ordinal))
            {
                return member.Value.Kind == JsonItemKind.Null ? null : member.Value;
            }
        }

        return null;
    }

    /// <summary>Whether nothing is said: <c>null</c>, or an object or a list that holds nothing else.</summary>
    public bool IsEmpty => Kind switch
    {
        JsonItemKind.Null => true,
        JsonItemKind.List => Items.All(item => item.IsEmpty),
        JsonItemKind.Map => Members.All(member => member.Value.IsEmpty),
        _ => false,
    };
}

/// <summary>A member of an object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Offset">The byte at which the name starts.</param>
/// <param name="Value">Its value.</param>
internal sealed record JsonMember(string Name, int Offset, JsonItem Value);
