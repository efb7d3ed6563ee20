using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Access;

/// <summary>Refuses <c>assume disjoint</c> where the policy itself says otherwise: every conclusion from it would be wrong.</summary>
internal static class DisjointCheck
{
    /// <summary>Reports the first member that two of the subjects share, by what the policy lists.</summary>
    public static void Check(DisjointAssumption assumption, DiagnosticBag diagnostics)
    {
        var holders = new Dictionary<Subject, Subject>();
        foreach (var subject in assumption.Subjects)
        {
            foreach (var part in PartsOf(subject))
            {
                if (!holders.TryAdd(part, subject) && holders[part] is var other && other != subject)
                {
                    diagnostics.Report(
                        AccessDiagnostics.ContradictedAssumption,
                        assumption.Location,
                        part == subject ? $"`{part.Name}` is a member of `{other.Name}`, so the two are not disjoint"
                            : part == other ? $"`{part.Name}` is a member of `{subject.Name}`, so the two are not disjoint"
                            : $"`{part.Name}` is a member of both `{other.Name}` and `{subject.Name}`, so the two are not disjoint",
                        "take one of the two out of the statement, or change the members",
                        new RelatedLocation(subject.Location, $"`{subject.Name}` is declared here"),
                        new RelatedLocation(other.Location, $"`{other.Name}` is declared here"));
                    return;
                }
            }
        }
    }

    private static HashSet<Subject> PartsOf(Subject subject)
    {
        var parts = new HashSet<Subject> { subject };
        var pending = new Stack<Subject>(parts);
        while (pending.TryPop(out var next))
        {
            foreach (var member in next.Members ?? [])
            {
                if (parts.Add(member))
                {
                    pending.Push(member);
                }
            }
        }

        // A listed group that lists nobody is shared without sharing anybody.
        parts.RemoveWhere(p => p != subject && p is { Members.IsEmpty: true, Identities.IsEmpty: true });
        return parts;
    }
}
