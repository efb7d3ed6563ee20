using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Syntax;
using PolicyLang.Syntax.Generated;

namespace PolicyLang.Formatting;

/// <summary>
/// Whether two files say the same. It compares what the parser made of them, so it shares nothing with the code that decides on the layout.
/// </summary>
internal static class SameSyntax
{
    /// <summary>Whether two files hold the same statements, each word in the same spelling, wherever they stand in the text.</summary>
    public static bool Compare(SyntaxTree first, SyntaxTree second) => All(first.Statements, second.Statements, Same);

    /// <summary>Whether two files hold the same comments in the same order, and the same words and signs but for commas.</summary>
    public static bool CompareTokens(PolicyTokens first, PolicyTokens second)
        => CommentsOf(first).SequenceEqual(CommentsOf(second), StringComparer.Ordinal) && TokensOf(first).SequenceEqual(TokensOf(second), StringComparer.Ordinal);

    private static IEnumerable<string> CommentsOf(PolicyTokens tokens)
        => tokens.Comments.Select(span => tokens.Source.Text.Substring(span.Start, span.Length).TrimEnd());

    // Clauses may have changed places.
    private static IOrderedEnumerable<string> TokensOf(PolicyTokens tokens)
        => tokens.Tokens.Where(token => token.Type != PolicyParser.COMMA).Select(token => token.Text).Order(StringComparer.Ordinal);

    private static bool Same(StatementSyntax first, StatementSyntax second) => (first, second) switch
    {
        (ClustersFromSyntax a, ClustersFromSyntax b) => Same(a.File, b.File),
        (NamespacesFromSyntax a, NamespacesFromSyntax b) => Same(a.File, b.File),
        (DefaultViaSyntax a, DefaultViaSyntax b) => Same(a.Paths, b.Paths),
        (ClusterSyntax a, ClusterSyntax b) => Same(a.Name, b.Name) && Same(a.Body, b.Body),
        (FleetSyntax a, FleetSyntax b) => Same(a.Name, b.Name) && Same(a.Clusters, b.Clusters),
        (UserSyntax a, UserSyntax b) => Same(a.Name, b.Name) && Same(a.Body, b.Body),
        (GroupSyntax a, GroupSyntax b) => Same(a.Name, b.Name) && Same(a.Body, b.Body),
        (MachineSyntax a, MachineSyntax b) => Same(a.Name, b.Name) && Same(a.Body, b.Body),
        (PostureSyntax a, PostureSyntax b) => Same(a.Name, b.Name) && Same(a.Body, b.Body),
        (RoleSyntax a, RoleSyntax b) => Same(a.Name, b.Name) && All(a.Items, b.Items, Same),
        (AllowSyntax a, AllowSyntax b) => Same(a.Subjects, b.Subjects) && Same(a.Roles, b.Roles) && Same(a.Clusters, b.Clusters) && Same(a.Scope, b.Scope)
            && Same(a.Via, b.Via) && Same(a.When, b.When) && Same(a.Until, b.Until) && Same(a.Because, b.Because),
        (NeverSyntax a, NeverSyntax b) => a.Who.IsAnyone == b.Who.IsAnyone && Same(a.Who.Subjects, b.Who.Subjects) && Same(a.Rights, b.Rights) && Same(a.Clusters, b.Clusters)
            && Same(a.Namespaces, b.Namespaces) && Same(a.Via, b.Via) && Same(a.Because, b.Because),
        (OnlySyntax a, OnlySyntax b) => Same(a.Subjects, b.Subjects) && Same(a.Rights, b.Rights) && Same(a.Clusters, b.Clusters)
            && Same(a.Namespaces, b.Namespaces) && Same(a.Via, b.Via) && Same(a.Because, b.Because),
        (AssumeDisjointSyntax a, AssumeDisjointSyntax b) => Same(a.Subjects, b.Subjects) && Same(a.Because, b.Because),
        (TestSyntax a, TestSyntax b) => Same(a.Name, b.Name) && All(a.Expectations, b.Expectations, Same),
        _ => false,
    };

    private static bool Same(ExpectSyntax a, ExpectSyntax b)
        => Same(a.Subjects, b.Subjects) && a.IsAllowed == b.IsAllowed && Same(a.Rights, b.Rights) && Same(a.Clusters, b.Clusters) && Same(a.Namespaces, b.Namespaces)
            && Same(a.Via, b.Via) && Same(a.When, b.When);

    private static bool Same(RoleItemSyntax first, RoleItemSyntax second) => (first, second) switch
    {
        (ExistingClusterRoleSyntax a, ExistingClusterRoleSyntax b) => Same(a.ClusterRole, b.ClusterRole),
        (IncludeSyntax a, IncludeSyntax b) => Same(a.Roles, b.Roles),
        (CanSyntax a, CanSyntax b) => Same(a.Rights, b.Rights),
        _ => false,
    };

    private static bool Same(RightsSyntax? a, RightsSyntax? b)
        => a is null || b is null ? a is null && b is null : Same(a.Verbs, b.Verbs) && Same(a.Resources, b.Resources) && Same(a.Names, b.Names);

    private static bool Same(ScopeSyntax first, ScopeSyntax second) => (first, second) switch
    {
        (ClusterWideSyntax, ClusterWideSyntax) => true,
        (InNamespacesSyntax a, InNamespacesSyntax b) => Same(a.Namespaces, b.Namespaces),
        _ => false,
    };

    private static bool Same(NamespaceSelectorSyntax? a, NamespaceSelectorSyntax? b)
        => a is null || b is null ? a is null && b is null : Same(a.Names, b.Names) && Same(a.Where, b.Where);

    private static bool Same(ClusterSelectorSyntax a, ClusterSelectorSyntax b)
        => a.IsAll == b.IsAll && Same(a.Names, b.Names) && Same(a.Where, b.Where) && Same(a.Except, b.Except);

    private static bool Same(LabelExpressionSyntax? first, LabelExpressionSyntax? second) => (first, second) switch
    {
        (null, null) => true,
        (LabelComparisonSyntax a, LabelComparisonSyntax b) => Same(a.Label, b.Label) && a.IsNegated == b.IsNegated && Same(a.Values, b.Values),
        (HasLabelSyntax a, HasLabelSyntax b) => Same(a.Label, b.Label),
        (WithPathSyntax a, WithPathSyntax b) => Same(a.Path, b.Path),
        (NotSyntax a, NotSyntax b) => Same(a.Operand, b.Operand),
        (LabelJunctionSyntax a, LabelJunctionSyntax b) => a.IsAnd == b.IsAnd && All(a.Operands, b.Operands, Same),
        _ => false,
    };

    private static bool Same(DataNode first, DataNode second) => (first, second) switch
    {
        (DataScalar a, DataScalar b) => SameSpelling(a.Text, b.Text, a, b),
        (DataList a, DataList b) => All(a.Items, b.Items, Same),
        (DataMap a, DataMap b) => All(a.Entries, b.Entries, (x, y) => string.Equals(x.KeyLocation.Text, y.KeyLocation.Text, StringComparison.Ordinal) && Same(x.Value, y.Value)),
        _ => false,
    };

    private static bool SameSpelling(string first, string second, DataScalar a, DataScalar b)
        => string.Equals(first, second, StringComparison.Ordinal) && a.IsQuoted == b.IsQuoted && string.Equals(a.Location.Text, b.Location.Text, StringComparison.Ordinal);

    private static bool Same(WordSyntax? a, WordSyntax? b) => string.Equals(a?.Location.Text, b?.Location.Text, StringComparison.Ordinal);

    private static bool Same(ImmutableArray<WordSyntax>? a, ImmutableArray<WordSyntax>? b)
        => a is null || b is null ? a is null && b is null : Same(a.Value, b.Value);

    private static bool Same(ImmutableArray<WordSyntax> a, ImmutableArray<WordSyntax> b) => All(a, b, Same);

    private static bool All<T>(ImmutableArray<T> first, ImmutableArray<T> second, Func<T, T, bool> same)
    {
        for (var i = 0; i < first.Length && i < second.Length; i++)
        {
            if (!same(first[i], second[i]))
            {
                return false;
            }
        }

        return first.Length == second.Length;
    }
}
