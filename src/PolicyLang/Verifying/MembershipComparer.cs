using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Projects;
using PolicyLang.Semantics;

namespace PolicyLang.Verifying;

/// <summary>Compares the members that a policy lists beside a provider's group with those that the provider has.</summary>
internal static class MembershipComparer
{
    public static ImmutableArray<MembershipDrift> Compare(PolicyModel policy, ProjectSettings settings, IReadOnlyDictionary<string, GroupMembers> memberships)
    {
        var resolver = new IdentityResolver(settings.IdentityProviders);
        var drifts = ImmutableArray.CreateBuilder<MembershipDrift>();
        foreach (var group in policy.Subjects.Values.Where(s => s is { Kind: SubjectKind.Group, Members: not null }).OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            foreach (var (provider, members) in memberships.OrderBy(m => m.Key, StringComparer.Ordinal))
            {
                foreach (var name in group.Identities.GetValueOrDefault(provider, []))
                {
                    var listed = People(group, provider, resolver);
                    var actual = members.Groups.GetValueOrDefault(name.Text, ImmutableSortedSet.Create<string>(StringComparer.OrdinalIgnoreCase));
                    var drift = new MembershipDrift(group, provider, name.Text, [.. actual.Except(listed)], [.. listed.Except(actual)]);
                    if (!drift.Unlisted.IsEmpty || !drift.Absent.IsEmpty)
                    {
                        drifts.Add(drift);
                    }
                }
            }
        }

        return drifts.ToImmutable();
    }

    // Whom the policy lists, by their names there; somebody without one cannot be in a group there.
    private static ImmutableSortedSet<string> People(Subject group, string provider, IdentityResolver resolver)
    {
        var people = ImmutableSortedSet.CreateBuilder<string>(StringComparer.OrdinalIgnoreCase);
        var pending = new Stack<Subject>(group.Members ?? []);
        var seen = new HashSet<Subject>();
        while (pending.TryPop(out var member))
        {
            if (!seen.Add(member))
            {
                continue;
            }

            if (member.Kind == SubjectKind.Group)
            {
                foreach (var inner in member.Members ?? [])
                {
                    pending.Push(inner);
                }
            }
            else
            {
                people.UnionWith(resolver.Resolve(member, null, provider).Principals.Where(p => p.Kind == PrincipalKind.Person).Select(p => p.Value));
            }
        }

        return people.ToImmutable();
    }
}
