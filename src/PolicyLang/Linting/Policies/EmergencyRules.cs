using PolicyLang.Semantics;

namespace PolicyLang.Linting.Policies;

/// <summary>Finds rules that are meant for emergencies, by the names that people give such groups and roles.</summary>
internal static class EmergencyRules
{
    private static readonly string[] Words = ["break-glass", "breakglass", "emergency"];

    /// <summary>The rules in force, each with the name that says so.</summary>
    public static IEnumerable<(BoundAllow Allow, string Name)> In(LintedPolicy policy)
    {
        foreach (var allow in policy.Policy.Allows)
        {
            var names = allow.Subjects.Select(subject => subject.Value.Name).Concat(allow.Roles.Select(role => role.Value.Name));
            if (names.FirstOrDefault(name => Array.Exists(Words, word => name.Contains(word, StringComparison.Ordinal))) is { } name)
            {
                yield return (allow, name);
            }
        }
    }
}
