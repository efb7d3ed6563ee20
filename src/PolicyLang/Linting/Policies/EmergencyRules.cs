using PolicyLang.Semantics;
using PolicyLang.Syntax;

namespace PolicyLang.Linting.Policies;

/// <summary>Finds rules that are meant for emergencies, by the names that people give such groups and roles.</summary>
internal static class EmergencyRules
{
    private static readonly string[] Words = ["break-glass", "breakglass", "emergency"];

    /// <summary>The rules in force, each with the name that says so.</summary>
    public static IEnumerable<(BoundAllow Allow, string Name)> In(LintedPolicy policy)
    {
        var names = policy.Policy.Subjects.Values.Select(subject => subject.Name)
            .Concat(policy.Statements<RoleSyntax>().Select(role => role.Name.Text))
            .Where(name => Array.Exists(Words, word => name.Contains(word, StringComparison.Ordinal)))
            .ToHashSet(StringComparer.Ordinal);
        if (names.Count == 0)
        {
            yield break;
        }

        foreach (var allow in policy.Policy.Allows)
        {
            var own = allow.Subjects.Select(subject => subject.Value.Name).Concat(allow.Roles.Select(role => role.Value.Name));
            if (own.FirstOrDefault(names.Contains) is { } name)
            {
                yield return (allow, name);
            }
        }
    }
}
