using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Semantics;

/// <summary>What a subject is.</summary>
public enum SubjectKind
{
    /// <summary>One person.</summary>
    User,

    /// <summary>Several people.</summary>
    Group,

    /// <summary>Something that is no person: a tagged device, a bot.</summary>
    Machine,
}

/// <summary>Whoever a rule may name: a user, a group or a machine. Subjects share one name space; an e-mail is a user named by it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The declared name, or the e-mail in lower case.</param>
/// <param name="Location">Where it is declared, or where the e-mail first stands.</param>
public sealed record Subject(SubjectKind Kind, string Name, SourceLocation Location)
{
    /// <summary>The names that other systems have for it, by identity provider or path: <c>github</c>, <c>okta</c>, <c>email</c>, <c>tailscale</c> …</summary>
    public ImmutableDictionary<string, ImmutableArray<SettingText>> Identities { get; init; } = ImmutableDictionary<string, ImmutableArray<SettingText>>.Empty;

    /// <summary>The users and groups that a group lists; absent for a group whose membership only others know.</summary>
    public ImmutableArray<Subject>? Members { get; init; }

    /// <summary>The Kubernetes group that replaces <c>policyc:&lt;cluster&gt;:&lt;subject&gt;</c>, where one must match what exists.</summary>
    public SettingText? KubernetesGroup { get; init; }

    /// <summary>Whether the subject was written as an e-mail and not declared.</summary>
    public bool IsEmail => Name.Contains('@', StringComparison.Ordinal);

    /// <inheritdoc/>
    public bool Equals(Subject? other) => other is not null && string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}

/// <summary>What another system tells apart.</summary>
public enum PrincipalKind
{
    /// <summary>One person, by e-mail or login.</summary>
    Person,

    /// <summary>A group whose membership that system or an identity provider knows.</summary>
    Group,

    /// <summary>A machine: a tag, a bot.</summary>
    Machine,
}

/// <summary>A subject, or one of the members it was flattened into, as a path or an authenticator sees it.</summary>
/// <param name="Kind">What the other system takes it for.</param>
/// <param name="Provider">The identity provider or path that the name belongs to.</param>
/// <param name="Value">The name there, such as <c>acme/sre</c>, <c>alice@acme.com</c>, <c>tag:ci</c>.</param>
/// <param name="Origin">The declared subject that the name comes from.</param>
/// <param name="Location">Where the name stands.</param>
public sealed record NativePrincipal(PrincipalKind Kind, string Provider, string Value, Subject Origin, SourceLocation Location);
