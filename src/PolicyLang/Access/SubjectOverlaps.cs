using System.Collections.Frozen;
using System.Collections.Immutable;
using PolicyLang.Semantics;

namespace PolicyLang.Access;

/// <summary>
/// Which subjects may share a member. Unknown membership counts as shared unless <c>assume disjoint</c> says otherwise; what is assumed
/// of a group is assumed of every group it lists.
/// </summary>
public sealed class SubjectOverlaps
{
    private readonly FrozenSet<(string, string)> _disjoint;
    private readonly Dictionary<string, ImmutableArray<string>> _withAncestors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FrozenSet<string>?> _closedMembers = new(StringComparer.Ordinal);

    /// <summary>Creates the relation from the pairs that the policy assumes disjoint, without knowing who lists whom.</summary>
    public SubjectOverlaps(IEnumerable<(Subject First, Subject Second)> disjointPairs)
        : this([], disjointPairs)
    {
    }

    /// <summary>Creates the relation.</summary>
    /// <param name="subjects">All subjects of the policy.</param>
    /// <param name="disjointPairs">The pairs that the policy assumes disjoint.</param>
    public SubjectOverlaps(IEnumerable<Subject> subjects, IEnumerable<(Subject First, Subject Second)> disjointPairs)
    {
        _disjoint = disjointPairs.Select(pair => Ordered(pair.First.Name, pair.Second.Name)).ToFrozenSet();
        var parents = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var subject in subjects)
        {
            foreach (var member in subject.Members ?? [])
            {
                if (!parents.TryGetValue(member.Name, out var list))
                {
                    parents[member.Name] = list = [];
                }

                list.Add(subject.Name);
            }

            ClosedMembersOf(subject, _closedMembers);
        }

        foreach (var name in parents.Keys)
        {
            _withAncestors[name] = WithAncestors(name, parents);
        }
    }

    /// <summary>Whether some principal may belong to both subjects. A subject always overlaps itself; machines and people never overlap.</summary>
    public bool MayShareMember(Subject first, Subject second)
    {
        if (first == second)
        {
            return true;
        }

        if (first.Kind == SubjectKind.Machine || second.Kind == SubjectKind.Machine || (first.Kind == SubjectKind.User && second.Kind == SubjectKind.User))
        {
            return false;
        }

        if (ClosedMembersOf(first) is { } firstMembers && ClosedMembersOf(second) is { } secondMembers)
        {
            return firstMembers.Overlaps(secondMembers);
        }

        if (_disjoint.Count == 0)
        {
            return true;
        }

        foreach (var a in _withAncestors.GetValueOrDefault(first.Name, [first.Name]))
        {
            foreach (var b in _withAncestors.GetValueOrDefault(second.Name, [second.Name]))
            {
                if (_disjoint.Contains(Ordered(a, b)))
                {
                    return false;
                }
            }
        }

        return true;
    }

    // Filled once, before anybody asks: targets ask side by side.
    private FrozenSet<string>? ClosedMembersOf(Subject subject)
        => _closedMembers.TryGetValue(subject.Name, out var known) ? known : ClosedMembersOf(subject, new Dictionary<string, FrozenSet<string>?>(StringComparer.Ordinal));

    // The members are known for sure only of a group that no other system knows: everywhere it is written out as the people it lists.
    private static FrozenSet<string>? ClosedMembersOf(Subject subject, Dictionary<string, FrozenSet<string>?> known)
    {
        if (known.TryGetValue(subject.Name, out var members))
        {
            return members;
        }

        FrozenSet<string>? closed = null;
        if (subject.Kind == SubjectKind.User)
        {
            closed = new[] { subject.Name }.ToFrozenSet(StringComparer.Ordinal);
        }
        else if (subject is { Kind: SubjectKind.Group, Members: { } listed } && subject.Identities.IsEmpty)
        {
            var parts = listed.Select(member => ClosedMembersOf(member, known)).ToArray();
            closed = parts.Any(p => p is null) ? null : parts.SelectMany(p => p ?? FrozenSet<string>.Empty).ToFrozenSet(StringComparer.Ordinal);
        }

        known[subject.Name] = closed;
        return closed;
    }

    private static ImmutableArray<string> WithAncestors(string name, Dictionary<string, List<string>> parents)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal) { name };
        var pending = new Queue<string>(found);
        while (pending.TryDequeue(out var next))
        {
            foreach (var parent in parents.GetValueOrDefault(next, []))
            {
                if (found.Add(parent))
                {
                    pending.Enqueue(parent);
                }
            }
        }

        return [.. found];
    }

    private static (string, string) Ordered(string a, string b) => string.CompareOrdinal(a, b) <= 0 ? (a, b) : (b, a);
}
