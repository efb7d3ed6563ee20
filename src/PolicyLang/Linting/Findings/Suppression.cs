using System.Collections.Immutable;
using PolicyLang.Diagnostics;

namespace PolicyLang.Linting;

/// <summary>A rule that a comment names.</summary>
/// <param name="Id">The name.</param>
/// <param name="Location">Where it stands.</param>
internal sealed record SuppressedRule(string Id, SourceLocation Location);

/// <summary>A comment that keeps rules quiet: <c># policyc: ignore RULE because "…"</c>.</summary>
/// <param name="Location">The comment from its sign on.</param>
/// <param name="Rules">The rules, in order.</param>
/// <param name="Because">The reason; absent where none is given.</param>
/// <param name="FirstLine">The first line, from zero, on which findings may begin.</param>
/// <param name="LastLine">The last such line.</param>
internal sealed record Suppression(SourceLocation Location, ImmutableArray<SuppressedRule> Rules, string? Because, int FirstLine, int LastLine)
{
    /// <summary>Whether a finding on a line is meant.</summary>
    public bool Covers(int line) => line >= FirstLine && line <= LastLine;
}

/// <summary>What became of a suppression.</summary>
/// <param name="Unused">The rules that were checked and found nothing there.</param>
/// <param name="Unknown">The names that are no rules.</param>
/// <param name="KnownNames">The names that are.</param>
internal sealed record SuppressionUse(ImmutableArray<SuppressedRule> Unused, ImmutableArray<SuppressedRule> Unknown, ImmutableArray<string> KnownNames);
