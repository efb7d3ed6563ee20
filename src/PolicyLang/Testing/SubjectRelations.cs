using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Reading;
using PolicyLang.Semantics;

namespace PolicyLang.Testing;

/// <summary>Who is, who may be and who is surely not in several subjects at once.</summary>
/// <remarks>Answers are kept as they are asked for: an object serves one thread.</remarks>
public sealed class SubjectRelations
{
    private readonly SubjectOverlaps _overlaps;
    private readonly Dictionary<Subject, List<Subject>> _parents = [];
    private readonly Dictionary<Subject, ImmutableArray<Subject>> _parts = [];
    private readonly Dictionary<Subject, ImmutableHashSet<Subject>> _memberships = [];

    /// <summary>Creates the relations.</summary>
    /// <param name="subjects">All subjects that may list others.</param>
    /// <param name="overlaps">Which subjects may share a member.</param>
    public SubjectRelations(IEnumerable<Subject> subjects, SubjectOverlaps overlaps)
    {
        _overlaps = overlaps;
        foreach (var subject in subjects)
        {
            foreach (var member in subject.Members ?? [])
            {
                if (!_parents.TryGetValue(member, out var parents))
                {
                    _parents.Add(member, parents = []);
                }

                parents.Add(subject);
            }
        }
    }

    /// <summary>
    /// What a subject consists of everywhere: a group that no other system knows is the people and groups it lists, on every path. Anything else is itself. Empty for a group of nobody.
    /// </summary>
    public ImmutableArray<Subject> PartsOf(Subject subject)
    {
        if (!_parts.TryGetValue(subject, out var parts))
        {
            parts = subject is { Kind: SubjectKind.Group, Members: { } members, Identities.IsEmpty: true } ? [.. members.SelectMany(member => PartsOf(member).AsEnumerable()).Distinct()] : [subject];
            _parts.Add(subject, parts);
        }

        return parts;
    }

    /// <summary>The subject and every group that lists it, directly or through others: what somebody in it belongs to by what the policy says.</summary>
    public ImmutableHashSet<Subject> MembershipsOf(Subject subject)
    {
        if (!_memberships.TryGetValue(subject, out var found))
        {
            var all = ImmutableHashSet.CreateBuilder<Subject>();
            var pending = new Stack<Subject>([subject]);
            while (pending.TryPop(out var next))
            {
                if (all.Add(next) && _parents.TryGetValue(next, out var parents))
                {
                    parents.ForEach(pending.Push);
                }
            }

            _memberships.Add(subject, found = all.ToImmutable());
        }

        return found;
    }

    /// <summary>Whether whoever is in one subject is in one of the others, by what the policy lists.</summary>
    public bool IsWithin(Subject inner, IReadOnlyCollection<Subject> outer)
        => MembershipsOf(inner).Overlaps(outer) || PartsOf(inner).All(part => MembershipsOf(part).Overlaps(outer));

    /// <summary>
    /// Whether somebody is in both: true where the policy itself lists somebody who is, false where nobody can be or the policy assumes that nobody is, and unknown
    /// where only other systems could tell.
    /// </summary>
    public Truth Share(Subject first, Subject second)
    {
        if (PartsOf(first).IsEmpty || PartsOf(second).IsEmpty)
        {
            return Truth.False;
        }

        if (IsWithin(first, [second]) || IsWithin(second, [first]) || ListsOneMember(first, second))
        {
            return Truth.True;
        }

        return PartsOf(first).Any(a => PartsOf(second).Any(b => _overlaps.MayShareMember(a, b))) ? Truth.Unknown : Truth.False;
    }

    private bool ListsOneMember(Subject first, Subject second)
    {
        var listed = ListedBy(first);
        return listed.Count > 0 && ListedBy(second).Any(member => listed.Contains(member) && !PartsOf(member).IsEmpty);
    }

    private static HashSet<Subject> ListedBy(Subject subject)
    {
        var listed = new HashSet<Subject>();
        var pending = new Stack<Subject>(subject.Members ?? []);
        while (pending.TryPop(out var next))
        {
            if (listed.Add(next))
            {
                foreach (var member in next.Members ?? [])
                {
                    pending.Push(member);
                }
            }
        }

        return listed;
    }
}
