using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Projects;
using PolicyLang.Semantics;
using PolicyLang.Syntax;

namespace PolicyLang.Linting.Policies;

/// <summary>A policy without errors, as rules see it.</summary>
/// <param name="Trees">What is written, by file.</param>
/// <param name="Policy">What the names mean.</param>
/// <param name="Access">Who may do what where.</param>
/// <param name="Settings">The project's settings.</param>
/// <param name="AsOf">The day, UTC.</param>
internal sealed record LintedPolicy(ImmutableArray<SyntaxTree> Trees, PolicyModel Policy, AccessModel Access, ProjectSettings Settings, DateOnly AsOf)
{
    /// <summary>All statements of one kind, in the order of files and lines.</summary>
    public IEnumerable<T> Statements<T>()
        where T : StatementSyntax
        => Trees.SelectMany(tree => tree.Statements).OfType<T>();
}
