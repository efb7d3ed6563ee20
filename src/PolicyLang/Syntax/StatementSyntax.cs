using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Syntax;

/// <summary>A word, an e-mail or a string, with its place.</summary>
/// <param name="Text">The text; of a string without quotes and with escapes resolved.</param>
/// <param name="IsQuoted">Whether it is a string.</param>
/// <param name="Location">Where it stands, quotes included.</param>
public sealed record WordSyntax(string Text, bool IsQuoted, SourceLocation Location);

/// <summary>One statement of a policy file.</summary>
/// <param name="Location">The whole statement.</param>
public abstract record StatementSyntax(SourceLocation Location);

/// <summary><c>clusters from "file"</c>.</summary>
public sealed record ClustersFromSyntax(WordSyntax File, SourceLocation Location) : StatementSyntax(Location);

/// <summary><c>namespaces from "file"</c>.</summary>
public sealed record NamespacesFromSyntax(WordSyntax File, SourceLocation Location) : StatementSyntax(Location);

/// <summary><c>default via PATHS</c>.</summary>
public sealed record DefaultViaSyntax(ImmutableArray<WordSyntax> Paths, SourceLocation Location) : StatementSyntax(Location);

/// <summary><c>cluster NAME { … }</c>; the name <c>*</c> stands for every cluster that does not say otherwise.</summary>
public sealed record ClusterSyntax(WordSyntax Name, DataMap Body, SourceLocation Location) : StatementSyntax(Location);

/// <summary><c>fleet NAME = CLUSTERS</c>.</summary>
public sealed record FleetSyntax(WordSyntax Name, ClusterSelectorSyntax Clusters, SourceLocation Location) : StatementSyntax(Location);

/// <summary><c>user NAME { … }</c>.</summary>
public sealed record UserSyntax(WordSyntax Name, DataMap Body, SourceLocation Location) : StatementSyntax(Location);

/// <summary><c>group NAME { … }</c>.</summary>
public sealed record GroupSyntax(WordSyntax Name, DataMap Body, SourceLocation Location) : StatementSyntax(Location);

/// <summary><c>machine NAME { … }</c>.</summary>
public sealed record MachineSyntax(WordSyntax Name, DataMap Body, SourceLocation Location) : StatementSyntax(Location);

/// <summary><c>posture NAME { … }</c>.</summary>
public sealed record PostureSyntax(WordSyntax Name, DataMap Body, SourceLocation Location) : StatementSyntax(Location);

/// <summary><c>role NAME = clusterrole "x"</c> or <c>role NAME { … }</c>.</summary>
public sealed record RoleSyntax(WordSyntax Name, ImmutableArray<RoleItemSyntax> Items, SourceLocation Location) : StatementSyntax(Location);

/// <summary><c>allow WHO as ROLE on CLUSTERS SCOPE clauses</c>. The location covers the whole statement, <paramref name="Head"/> ends with the scope.</summary>
public sealed record AllowSyntax(
    ImmutableArray<WordSyntax> Subjects,
    ImmutableArray<WordSyntax> Roles,
    ClusterSelectorSyntax Clusters,
    ScopeSyntax Scope,
    ImmutableArray<WordSyntax>? Via,
    ImmutableArray<WordSyntax>? When,
    WordSyntax? Until,
    WordSyntax? Because,
    SourceLocation Head,
    SourceLocation Location) : StatementSyntax(Location);

/// <summary><c>never WHO [can VERBS RESOURCES] on CLUSTERS [in NAMESPACES] [via PATHS] [because "…"]</c>.</summary>
public sealed record NeverSyntax(
    GuardedSubjectsSyntax Who,
    RightsSyntax? Rights,
    ClusterSelectorSyntax Clusters,
    NamespaceSelectorSyntax? Namespaces,
    ImmutableArray<WordSyntax>? Via,
    WordSyntax? Because,
    SourceLocation Location) : StatementSyntax(Location);

/// <summary><c>only WHO can VERBS RESOURCES on CLUSTERS [in NAMESPACES] [via PATHS] [because "…"]</c>.</summary>
public sealed record OnlySyntax(
    ImmutableArray<WordSyntax> Subjects,
    RightsSyntax Rights,
    ClusterSelectorSyntax Clusters,
    NamespaceSelectorSyntax? Namespaces,
    ImmutableArray<WordSyntax>? Via,
    WordSyntax? Because,
    SourceLocation Location) : StatementSyntax(Location);

/// <summary><c>assume disjoint A, B because "…"</c>.</summary>
public sealed record AssumeDisjointSyntax(ImmutableArray<WordSyntax> Subjects, WordSyntax Because, SourceLocation Location) : StatementSyntax(Location);

/// <summary><c>test "…" { expect … }</c>.</summary>
public sealed record TestSyntax(WordSyntax Name, ImmutableArray<ExpectSyntax> Expectations, SourceLocation Location) : StatementSyntax(Location);

/// <summary><c>expect WHO can|cannot VERBS RESOURCES on CLUSTERS</c>, or <c>reach [on] CLUSTERS</c>, with <c> [in NAMESPACES] [via PATHS] [when POSTURES]</c>.</summary>
/// <param name="Subjects">Who.</param>
/// <param name="IsAllowed"><c>can</c> rather than <c>cannot</c>.</param>
/// <param name="Rights">The rights; absent for <c>reach</c>.</param>
/// <param name="Clusters">Where.</param>
/// <param name="Namespaces">In which namespaces; absent for the whole cluster.</param>
/// <param name="Via">On which paths; absent for any.</param>
/// <param name="When">Under which postures; absent for none.</param>
/// <param name="Location">The whole expectation.</param>
public sealed record ExpectSyntax(
    ImmutableArray<WordSyntax> Subjects,
    bool IsAllowed,
    RightsSyntax? Rights,
    ClusterSelectorSyntax Clusters,
    NamespaceSelectorSyntax? Namespaces,
    ImmutableArray<WordSyntax>? Via,
    ImmutableArray<WordSyntax>? When,
    SourceLocation Location);

/// <summary>Whom a <c>never</c> speaks of: named subjects, or <c>anyone</c> with exceptions.</summary>
/// <param name="IsAnyone">Whether it says <c>anyone</c>.</param>
/// <param name="Subjects">The named subjects, or the exceptions of <c>anyone except</c>.</param>
/// <param name="Location">Where it stands.</param>
public sealed record GuardedSubjectsSyntax(bool IsAnyone, ImmutableArray<WordSyntax> Subjects, SourceLocation Location);

/// <summary>Something that a role consists of.</summary>
/// <param name="Location">Where it stands.</param>
public abstract record RoleItemSyntax(SourceLocation Location);

/// <summary><c>clusterrole "x"</c>: a ClusterRole that exists already.</summary>
public sealed record ExistingClusterRoleSyntax(WordSyntax ClusterRole, SourceLocation Location) : RoleItemSyntax(Location);

/// <summary><c>include ROLES</c>.</summary>
public sealed record IncludeSyntax(ImmutableArray<WordSyntax> Roles, SourceLocation Location) : RoleItemSyntax(Location);

/// <summary><c>can VERBS RESOURCES</c>.</summary>
public sealed record CanSyntax(RightsSyntax Rights, SourceLocation Location) : RoleItemSyntax(Location);

/// <summary><c>VERBS RESOURCES [named NAMES]</c>: one verb or a bracketed list, one resource or a bracketed list. A quoted resource is a URL such as <c>"/metrics"</c>.</summary>
public sealed record RightsSyntax(ImmutableArray<WordSyntax> Verbs, ImmutableArray<WordSyntax> Resources, ImmutableArray<WordSyntax> Names, SourceLocation Location);

/// <summary>How far a rule reaches inside a cluster.</summary>
/// <param name="Location">Where it stands.</param>
public abstract record ScopeSyntax(SourceLocation Location);

/// <summary><c>cluster-wide</c>.</summary>
public sealed record ClusterWideSyntax(SourceLocation Location) : ScopeSyntax(Location);

/// <summary><c>in NAMESPACES</c>.</summary>
public sealed record InNamespacesSyntax(NamespaceSelectorSyntax Namespaces, SourceLocation Location) : ScopeSyntax(Location);

/// <summary>Some namespaces: <c>a, b</c> or <c>namespaces where …</c>.</summary>
/// <param name="Names">The named ones; empty with a <paramref name="Where"/>.</param>
/// <param name="Where">The label expression, or nothing.</param>
/// <param name="Location">Where it stands.</param>
public sealed record NamespaceSelectorSyntax(ImmutableArray<WordSyntax> Names, LabelExpressionSyntax? Where, SourceLocation Location);

/// <summary>Some clusters: <c>all clusters</c>, <c>clusters where …</c> or names of clusters and fleets; with <c>except</c> names.</summary>
/// <param name="IsAll">Whether it says <c>all clusters</c>.</param>
/// <param name="Names">The named clusters and fleets.</param>
/// <param name="Where">The label expression, or nothing.</param>
/// <param name="Except">The clusters and fleets behind <c>except</c>.</param>
/// <param name="Location">Where it stands.</param>
public sealed record ClusterSelectorSyntax(bool IsAll, ImmutableArray<WordSyntax> Names, LabelExpressionSyntax? Where, ImmutableArray<WordSyntax> Except, SourceLocation Location);

/// <summary>An expression over labels.</summary>
/// <param name="Location">Where it stands.</param>
public abstract record LabelExpressionSyntax(SourceLocation Location);

/// <summary><c>label = "x"</c>, <c>label != "x"</c> or <c>label in ["x", "y"]</c>.</summary>
/// <param name="Label">The label.</param>
/// <param name="IsNegated"><c>!=</c>.</param>
/// <param name="Values">One value, or those in brackets.</param>
/// <param name="Location">Where it stands.</param>
public sealed record LabelComparisonSyntax(WordSyntax Label, bool IsNegated, ImmutableArray<WordSyntax> Values, SourceLocation Location) : LabelExpressionSyntax(Location);

/// <summary><c>has label</c>.</summary>
public sealed record HasLabelSyntax(WordSyntax Label, SourceLocation Location) : LabelExpressionSyntax(Location);

/// <summary><c>with PATH</c>: the cluster declares the path.</summary>
public sealed record WithPathSyntax(WordSyntax Path, SourceLocation Location) : LabelExpressionSyntax(Location);

/// <summary><c>not …</c>.</summary>
public sealed record NotSyntax(LabelExpressionSyntax Operand, SourceLocation Location) : LabelExpressionSyntax(Location);

/// <summary><c>… and …</c> or <c>… or …</c>; never a mixture without parentheses.</summary>
/// <param name="IsAnd"><c>and</c> rather than <c>or</c>.</param>
/// <param name="Operands">Two or more.</param>
/// <param name="Location">Where it stands.</param>
public sealed record LabelJunctionSyntax(bool IsAnd, ImmutableArray<LabelExpressionSyntax> Operands, SourceLocation Location) : LabelExpressionSyntax(Location);
