using System.Collections.Immutable;

namespace PolicyLang.Formatting;

/// <summary>What a line says. Lines of one kind that stand together share their columns.</summary>
internal enum RowKind
{
    /// <summary>Something that has no columns.</summary>
    Other,

    /// <summary><c>clusters from</c>, <c>namespaces from</c>.</summary>
    Source,

    /// <summary><c>cluster</c>.</summary>
    Cluster,

    /// <summary><c>fleet</c>.</summary>
    Fleet,

    /// <summary><c>user</c>, <c>group</c>, <c>machine</c>.</summary>
    Subject,

    /// <summary><c>posture</c>.</summary>
    Posture,

    /// <summary><c>role</c>.</summary>
    Role,

    /// <summary><c>allow</c>.</summary>
    Allow,

    /// <summary>An entry of a block.</summary>
    Entry,

    /// <summary><c>can</c> in a role.</summary>
    Can,

    /// <summary><c>expect</c> in a test.</summary>
    Expect,
}

/// <summary>A part of a sentence that stays together where that is possible.</summary>
/// <param name="Start">The first token.</param>
/// <param name="End">The token behind the last one.</param>
/// <param name="IsClause">Whether it is a clause, which gets a line of its own in a sentence that is broken, and not a part of the head.</param>
internal readonly record struct Phrase(int Start, int End, bool IsClause);

/// <summary>Something that has lines of its own: a statement, an entry of a block, an item of a role, an expectation.</summary>
/// <param name="Start">The first token.</param>
/// <param name="End">The token behind the last one.</param>
/// <param name="Kind">What it says.</param>
internal abstract record LayoutNode(int Start, int End, RowKind Kind);

/// <summary>A node without braces.</summary>
/// <param name="Start">The first token.</param>
/// <param name="End">The token behind the last one.</param>
/// <param name="Kind">What it says.</param>
/// <param name="Phrases">Its parts, in the order in which they are written.</param>
/// <param name="Columns">The tokens of the head that begin a column, behind the first.</param>
internal sealed record SentenceNode(int Start, int End, RowKind Kind, ImmutableArray<Phrase> Phrases, ImmutableArray<int> Columns) : LayoutNode(Start, End, Kind);

/// <summary>A node whose last token is a closing brace.</summary>
/// <param name="Start">The first token.</param>
/// <param name="End">The token behind the closing brace.</param>
/// <param name="Kind">What it says.</param>
/// <param name="Open">The opening brace.</param>
/// <param name="Items">What the braces hold.</param>
internal sealed record BlockNode(int Start, int End, RowKind Kind, int Open, ImmutableArray<LayoutNode> Items) : LayoutNode(Start, End, Kind)
{
    /// <summary>The closing brace.</summary>
    public int Close => End - 1;
}
