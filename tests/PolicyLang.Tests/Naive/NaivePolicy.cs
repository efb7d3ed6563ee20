using System.Globalization;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Syntax;

namespace PolicyLang.Tests.Naive;

/// <summary>
/// What a policy's text gives, worked out a second time by the plainest code: every rule is spelled out for every cluster, member, path, role and namespace.
/// It shares the parser with the compiler and nothing behind it, and it takes only policies that the compiler takes: on anything else it throws.
/// </summary>
internal sealed class NaivePolicy
{
    private readonly StatementSyntax[] _statements;
    private readonly NaiveClusters _clusters;
    private readonly NaiveSubjects _subjects;
    private readonly NaiveRoles _roles;

    public NaivePolicy(IEnumerable<SyntaxTree> trees, IProjectFiles files, ProjectSettings settings)
    {
        _statements = [.. trees.SelectMany(tree => tree.Statements)];
        _clusters = new NaiveClusters(_statements, file => Data(files, file), settings);
        _subjects = new NaiveSubjects(_statements);
        _roles = new NaiveRoles(_statements);
    }

    /// <summary>Every right that the rules give on a day, with the rules that give it.</summary>
    public Dictionary<GivenRight, List<SourceLocation>> RightsOn(DateOnly day)
    {
        var rights = new Dictionary<GivenRight, List<SourceLocation>>();
        foreach (var rule in _statements.OfType<AllowSyntax>().Where(rule => IsInForce(rule, day)))
        {
            foreach (var right in RightsOf(rule))
            {
                if (!rights.TryGetValue(right, out var rules))
                {
                    rights.Add(right, rules = []);
                }

                if (!rules.Contains(rule.Head))
                {
                    rules.Add(rule.Head);
                }
            }
        }

        return rights;
    }

    private IEnumerable<GivenRight> RightsOf(AllowSyntax rule)
    {
        var condition = string.Join('+', (rule.When ?? []).Select(word => word.Text).Distinct().Order(StringComparer.Ordinal));
        foreach (var cluster in _clusters.Selected(rule.Clusters))
        {
            foreach (var who in rule.Subjects.SelectMany(word => _subjects.InAndBelow(word.Text)))
            {
                foreach (var path in PathsOf(rule, cluster))
                {
                    foreach (var role in rule.Roles.SelectMany(word => _roles.ClusterRolesOf(word.Text, cluster.KubernetesMinorVersion)))
                    {
                        foreach (var ns in NamespacesOf(rule, cluster))
                        {
                            yield return new GivenRight(cluster.Name, who, path, condition, role, ns);
                        }
                    }
                }
            }
        }
    }

    // A rule without `via` goes by those paths of `default via` that the cluster has, or by its only path.
    private IEnumerable<string> PathsOf(AllowSyntax rule, NaiveCluster cluster)
    {
        if (rule.Via is { } via)
        {
            return via.Select(word => word.Text);
        }

        var defaults = _statements.OfType<DefaultViaSyntax>().SingleOrDefault();
        return defaults is null ? [cluster.Paths.Single()] : defaults.Paths.Select(word => word.Text).Where(cluster.Paths.Contains);
    }

    private static IEnumerable<string> NamespacesOf(AllowSyntax rule, NaiveCluster cluster)
    {
        if (rule.Scope is not InNamespacesSyntax { Namespaces: var selector })
        {
            return ["*"];
        }

        return selector.Where is { } where
            ? cluster.Namespaces.Where(ns => NaiveLabels.Hold(where, ns.Labels, [], mustHaveLabel: false)).Select(ns => ns.Name)
            : selector.Names.Select(word => word.Text);
    }

    private static bool IsInForce(AllowSyntax rule, DateOnly day)
        => rule.Until is null || DateOnly.ParseExact(rule.Until.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture) >= day;

    private static DataNode Data(IProjectFiles files, WordSyntax file)
    {
        var diagnostics = new DiagnosticBag();
        return YamlDataReader.Read(files.Read(file.Text, file.Location, diagnostics)!, diagnostics) ?? throw new InvalidOperationException($"`{file.Text}` cannot be read");
    }
}
