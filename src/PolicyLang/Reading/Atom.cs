namespace PolicyLang.Reading;

/// <summary>What an atom says about whoever comes.</summary>
public enum AtomKind
{
    /// <summary>The caller is this person.</summary>
    Person,

    /// <summary>The caller belongs to this group, whose members another system knows.</summary>
    Group,

    /// <summary>The caller is this machine: it carries the tag, it runs as the bot.</summary>
    Machine,

    /// <summary>The caller is a person whom the system knows, whoever it is. The value is empty.</summary>
    AnyPerson,

    /// <summary>The caller is a machine that the system knows, whichever it is. The value is empty.</summary>
    AnyMachine,

    /// <summary>A check of the caller's device passes.</summary>
    Posture,

    /// <summary>Something about the connection that no policy speaks of, such as the address it comes from.</summary>
    Connection,
}

/// <summary>The smallest statement about a caller, in the words of one system.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Vocabulary">
/// Whose word the value is: <c>login</c> (Tailscale), <c>group</c> (a group that an identity provider fills in Tailscale), <c>tag</c>; <c>github-team</c>, <c>github-login</c>, <c>bot</c> (Teleport);
/// <c>email</c>, <c>name</c>, <c>groups.name</c>, <c>groups.id</c>, <c>groups.email</c>, <c>saml</c>, <c>oidc</c> (Cloudflare). For a posture the system's own check.
/// </param>
/// <param name="Value">The word itself, compared byte by byte.</param>
public readonly record struct Atom(AtomKind Kind, string Vocabulary, string Value)
{
    // Atoms are keys of every table of the proof, and texts take long to hash.
    private readonly int _hash = HashCode.Combine(Kind, Value.GetHashCode(StringComparison.Ordinal));

    /// <summary>What it says.</summary>
    public AtomKind Kind { get; } = Kind;

    /// <summary>Whose word the value is.</summary>
    public string Vocabulary { get; } = Vocabulary;

    /// <summary>The word itself.</summary>
    public string Value { get; } = Value;

    /// <inheritdoc/>
    public bool Equals(Atom other)
        => _hash == other._hash && Kind == other.Kind && string.Equals(Value, other.Value, StringComparison.Ordinal) && string.Equals(Vocabulary, other.Vocabulary, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <summary>The atom as people read it.</summary>
    public override string ToString() => Value.Length == 0 ? Kind.ToString() : $"{Kind} {Vocabulary} `{Value}`";
}
