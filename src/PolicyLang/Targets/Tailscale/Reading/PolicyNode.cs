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
internal sealed class PolicyNode
{
    // Files have a dozen values for each rule: one field holds what each kind has.
    private readonly object? _content;

    private PolicyNode(PolicyNodeKind kind, int offset, object? content)
    {
        Kind = kind;
        Offset = offset;
        _content = content;
    }

    /// <summary>A value without content: <c>null</c>, <c>true</c> or <c>false</c>.</summary>
    public PolicyNode(PolicyNodeKind kind, int offset)
        : this(kind, offset, (object?)null)
    {
    }

    /// <summary>A string without quotes and escapes, or the digits of a number.</summary>
    public PolicyNode(PolicyNodeKind kind, int offset, string text)
        : this(kind, offset, (object)text)
    {
    }

    /// <summary>A list.</summary>
    public PolicyNode(int offset, PolicyNode[] items)
        : this(PolicyNodeKind.List, offset, items)
    {
    }

    /// <summary>An object, with its members in file order; names may repeat.</summary>
    public PolicyNode(int offset, PolicyMember[] members)
        : this(PolicyNodeKind.Object, offset, members)
    {
    }

    public PolicyNodeKind Kind { get; }

    /// <summary>Where it begins, in bytes.</summary>
    public int Offset { get; }

    public string Text => _content as string ?? "";

    public PolicyNode[] Items => _content as PolicyNode[] ?? [];

    public PolicyMember[] Members => _content as PolicyMember[] ?? [];

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
