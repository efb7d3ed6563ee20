using System.Collections.Frozen;
using PolicyLang.Semantics;

namespace PolicyLang.Access;

/// <summary>Which subjects may share a member. Unknown membership counts as shared unless <c>assume disjoint</c> says otherwise.</summary>
public sealed class SubjectOverlaps
{
    private readonly FrozenSet<(string, string)> _disjoint;

    /// <summary>Creates the relation from the pairs that the policy assumes disjoint.</summary>
    public SubjectOverlaps(IEnumerable<(Subject First, Subject Second)> disjointPairs)
        => _disjoint = disjointPairs.Select(pair => Ordered(pair.First.Name, pair.Second.Name)).ToFrozenSet();

    /// <summary>Whether some principal may belong to both subjects. A subject always overlaps itself; machines and people never overlap.</summary>
    public bool MayShareMember(Subject first, Subject second)
    {
        if (first == second)
        {
            return true;
        }

        if (first.Kind == SubjectKind.Machine || second.Kind == SubjectKind.Machine)
        {
            return false;
        }

        if (first.Kind == SubjectKind.User && second.Kind == SubjectKind.User)
        {
            return false;
        }

        return !_disjoint.Contains(Ordered(first.Name, second.Name));
    }

    private static (string, string) Ordered(string a, string b) => string.CompareOrdinal(a, b) <= 0 ? (a, b) : (b, a);
}
