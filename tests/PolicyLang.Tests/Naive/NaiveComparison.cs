using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Semantics;
using PolicyLang.Syntax;
using Xunit;

namespace PolicyLang.Tests.Naive;

/// <summary>Compares what a policy's text gives with the compiled access model.</summary>
internal static class NaiveComparison
{
    /// <summary>Asserts that both give the same, by the same rules.</summary>
    /// <returns>How many rights they give.</returns>
    public static int AssertSame(IEnumerable<SourceText> policies, IProjectFiles files, ProjectSettings settings, DateOnly day, AccessModel access)
    {
        var written = new NaivePolicy(policies.Select(policy => SyntaxTree.Parse(policy)), files, settings).RightsOn(day);
        var compiled = RightsOf(access);
        var differences = written.Keys.Union(compiled.Keys)
            .Where(right => !RulesOf(written, right).SetEquals(RulesOf(compiled, right)))
            .OrderBy(right => right.ToString(), StringComparer.Ordinal)
            .Select(right => $"{right}: by the text {Names(written.GetValueOrDefault(right))}, compiled {Names(compiled.GetValueOrDefault(right))}")
            .ToList();
        Assert.True(differences.Count == 0, $"{differences.Count} differences\n{string.Join('\n', differences.Take(20))}");
        return written.Count;
    }

    private static Dictionary<GivenRight, List<SourceLocation>> RightsOf(AccessModel access)
    {
        var rights = new Dictionary<GivenRight, List<SourceLocation>>();
        foreach (var cluster in access.Clusters)
        {
            foreach (var grant in cluster.Grants)
            {
                foreach (var who in WithMembers(grant.Subject).Select(s => s.Name).Distinct())
                {
                    foreach (var path in grant.Paths)
                    {
                        foreach (var component in grant.Role.Components)
                        {
                            foreach (var ns in grant.Namespaces ?? ["*"])
                            {
                                var right = new GivenRight(cluster.Cluster.Name, who, path.Name, grant.Condition.Key, TextOf(component), ns);
                                (rights.TryGetValue(right, out var rules) ? rules : rights[right] = []).Add(grant.Rule.Location);
                            }
                        }
                    }
                }
            }
        }

        return rights;
    }

    private static IEnumerable<Subject> WithMembers(Subject subject) => (subject.Members ?? []).SelectMany(WithMembers).Prepend(subject);

    private static string TextOf(RoleComponent component) => component is not OwnClusterRole own
        ? component.ClusterRoleName
        : NaiveRoles.Own(own.ClusterRoleName, own.Rules.SelectMany(rule => rule.NonResourceUrls.IsEmpty
            ? from verb in rule.Verbs
              from apiGroup in rule.ApiGroups
              from resource in rule.Resources
              from name in rule.ResourceNames.DefaultIfEmpty("")
              select NaiveRoles.Right(verb, apiGroup, resource, name)
            : from verb in rule.Verbs
              from url in rule.NonResourceUrls
              select NaiveRoles.UrlRight(verb, url)));

    // A rule is known by its line, so that two texts can be compared whose rules differ.
    private static HashSet<(string, int)> RulesOf(Dictionary<GivenRight, List<SourceLocation>> rights, GivenRight right)
        => [.. rights.GetValueOrDefault(right, []).Select(location => (location.Source.Path, location.Source.GetLineAndColumn(location.Span.Start).Line))];

    private static string Names(List<SourceLocation>? rules) => rules is null ? "no rule" : string.Join(", ", rules.Distinct().Select(rule => $"`{rule.Source.Path}: {rule.Text}`").Order(StringComparer.Ordinal));
}
