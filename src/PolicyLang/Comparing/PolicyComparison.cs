using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Semantics;

namespace PolicyLang.Comparing;

/// <summary>One of two policies that are compared, compiled without errors.</summary>
/// <param name="Policy">The policy with every name resolved.</param>
/// <param name="Access">What it gives.</param>
/// <param name="Settings">The project's settings.</param>
/// <param name="Sources">The policy files.</param>
/// <param name="Assumptions">What its outputs rest on.</param>
public sealed record ComparedPolicy(
    PolicyModel Policy,
    AccessModel Access,
    ProjectSettings Settings,
    ImmutableArray<SourceText> Sources,
    ImmutableArray<Assumption> Assumptions);

/// <summary>What became of access.</summary>
public enum AccessVerdict
{
    /// <summary>In every world and cluster everybody has the rights they had.</summary>
    Unchanged,

    /// <summary>Somebody has more, and nobody less.</summary>
    Wider,

    /// <summary>Somebody has less, and nobody more.</summary>
    Narrower,

    /// <summary>Somebody has more, and somebody less.</summary>
    Both,
}

/// <summary>The difference between two policies.</summary>
/// <param name="Access">What became of access.</param>
/// <param name="Changes">Who gains and who loses what, by cause. Empty when access is unchanged.</param>
/// <param name="Guards">What became of the statements that hold access back.</param>
/// <param name="NewAssumptions">Assumptions that only the new policy rests on, sorted.</param>
/// <param name="DroppedAssumptions">Assumptions that only the old policy rests on, sorted.</param>
public sealed record PolicyComparison(
    AccessVerdict Access,
    ImmutableArray<AccessChange> Changes,
    ImmutableArray<GuardChange> Guards,
    ImmutableArray<Assumption> NewAssumptions,
    ImmutableArray<Assumption> DroppedAssumptions)
{
    /// <summary>Whether some statement that holds access back holds less back, or something new must be believed.</summary>
    public bool HasWeakerGuard => Guards.Any(g => g.IsWeaker);

    /// <summary>Whether neither access nor guards changed.</summary>
    public bool IsUnchanged => Access == AccessVerdict.Unchanged && !HasWeakerGuard;
}

/// <summary>One cause and everything that follows from it.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="Effects">Who gains or loses what, gains first.</param>
public sealed record AccessChange(ChangeCause Cause, ImmutableArray<AccessEffect> Effects);

/// <summary>What somebody gains or loses.</summary>
/// <param name="IsGain">Whether it is a gain.</param>
/// <param name="Who">The subjects, or single members of them, sorted.</param>
/// <param name="Rights">As what: role names, or single rights where a role is given in part, sorted.</param>
/// <param name="Clusters">On which clusters, sorted.</param>
/// <param name="Namespaces">In which namespaces, sorted; absent for the whole cluster.</param>
/// <param name="Paths">On which paths, sorted.</param>
/// <param name="Condition">Under which postures, by name; empty for always.</param>
/// <param name="Until">The last day, or nothing.</param>
public sealed record AccessEffect(
    bool IsGain,
    ImmutableArray<string> Who,
    ImmutableArray<string> Rights,
    ImmutableArray<string> Clusters,
    ImmutableArray<string>? Namespaces,
    ImmutableArray<string> Paths,
    string Condition,
    DateOnly? Until);

/// <summary>The kinds of edit that change access.</summary>
public enum ChangeCauseKind
{
    /// <summary>A rule is new, gone or edited.</summary>
    Rule,

    /// <summary>A role is edited.</summary>
    Role,

    /// <summary>A group lists other members.</summary>
    Membership,

    /// <summary>A subject has another name in another system.</summary>
    Identity,

    /// <summary>A cluster is new or gone.</summary>
    Cluster,

    /// <summary>A cluster is retired, or not any more.</summary>
    Retirement,

    /// <summary>A cluster has other labels.</summary>
    ClusterLabels,

    /// <summary>A cluster declares other paths.</summary>
    ClusterPaths,

    /// <summary>A cluster's API server tells people apart in another way.</summary>
    Authentication,

    /// <summary>A cluster has another Kubernetes version.</summary>
    KubernetesVersion,

    /// <summary>A fleet is edited.</summary>
    Fleet,

    /// <summary>A namespace is declared, or not any more.</summary>
    Namespace,

    /// <summary>A namespace has other labels.</summary>
    NamespaceLabels,

    /// <summary><c>default via</c> is edited.</summary>
    DefaultVia,

    /// <summary>A posture is edited.</summary>
    Posture,

    /// <summary>None of these alone.</summary>
    Other,
}

/// <summary>Why access changed.</summary>
/// <param name="Kind">The kind of edit.</param>
/// <param name="Title">The edit in a few words, such as <c>new rule</c> or <c>role `oncall` edited</c>.</param>
/// <param name="Old">The place in the old policy, if any.</param>
/// <param name="New">The place in the new policy, if any.</param>
public sealed record ChangeCause(ChangeCauseKind Kind, string Title, SourceLocation? Old, SourceLocation? New)
{
    /// <summary>The reason that the rule gives for itself, or nothing.</summary>
    public string? Because { get; init; }
}

/// <summary>The kinds of statement that hold access back, or that must be believed.</summary>
public enum GuardChangeKind
{
    /// <summary>A <c>never</c> or <c>only</c>.</summary>
    Guard,

    /// <summary>An <c>expect … cannot</c>.</summary>
    Expectation,

    /// <summary>An <c>assume disjoint</c>.</summary>
    Disjoint,

    /// <summary>A <c>kubernetes</c> setting of a group.</summary>
    KubernetesName,

    /// <summary>The name by which a path finds a cluster: its tag, label or addresses.</summary>
    Endpoint,

    /// <summary>A setting of a path.</summary>
    PathSetting,
}

/// <summary>A change of a statement that holds access back, or of something that must be believed.</summary>
/// <param name="Kind">The kind of statement.</param>
/// <param name="IsWeaker">Whether less is held back; otherwise more is.</param>
/// <param name="Title">What changed, in a few words.</param>
/// <param name="Old">The place in the old policy, if any.</param>
/// <param name="New">The place in the new policy, if any.</param>
public sealed record GuardChange(GuardChangeKind Kind, bool IsWeaker, string Title, SourceLocation? Old, SourceLocation? New);
