namespace PolicyLang.Targets.Tailscale.Reading;

internal enum PolicyNodeKind : byte
{
    Null,
    False,
    True,
    Number,
    Text,
    List,
    Object,
}

/// <summary>A value of a policy file, with where it stands.</summary>
/// <param name="kind">What it is.</param>
/// <param name="offset">Where it begins, in bytes.</param>
/// <param name="text">A string without quotes and escapes, or the digits of a number.</param>
/// <param name="items">The items of a list.</param>
/// <param name="members">The members of an object, in file order; names may repeat.</param>
internal sealed class PolicyNode(PolicyNodeKind kind, int offset, string text = "", PolicyNode[]? items = null, PolicyMember[]? members = null)
{
    public PolicyNodeKind Kind { get; } = kind;

    public int Offset { get; } = offset;

    public string Text { get; } = text;

    public PolicyNode[] Items { get; } = items ?? [];

    public PolicyMember[] Members { get; } = members ?? [];

    public bool IsNull => Kind == PolicyNodeKind.Null;
}

/// <summary>A member of an object.</summary>
/// <param name="Key">The name.</param>
/// <param name="Offset">Where the name begins, in bytes.</param>
/// <param name="Value">The value.</param>
internal readonly record struct PolicyMember(string Key, int Offset, PolicyNode Value);

/// <summary>A string with where it stands.</summary>
/// <param name="Text">The string.</param>
/// <param name="Offset">Where it begins, in bytes.</param>
internal readonly record struct TextAt(string Text, int Offset);
