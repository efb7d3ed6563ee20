using System.Collections.Immutable;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics.Rights;

namespace PolicyLang.Semantics;

/// <summary>A role of the policy, before a Kubernetes version says what its verb classes need.</summary>
/// <param name="Name">The declared name.</param>
/// <param name="ExistingClusterRoles">The ClusterRoles that exist already, included ones too, sorted.</param>
/// <param name="OwnParts">The roles with rights of their own that it consists of: itself, if it has any, and included ones; sorted by name.</param>
/// <param name="Location">Where it is declared.</param>
public sealed record Role(string Name, ImmutableArray<string> ExistingClusterRoles, ImmutableArray<OwnRolePart> OwnParts, SourceLocation Location)
{
    /// <inheritdoc/>
    public bool Equals(Role? other) => other is not null && string.Equals(Name, other.Name, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}

/// <summary>The rights that one role declares itself; they become one ClusterRole.</summary>
/// <param name="RoleName">The role.</param>
/// <param name="Phrases">Its <c>can</c> phrases.</param>
public sealed record OwnRolePart(string RoleName, ImmutableArray<BoundRights> Phrases);
