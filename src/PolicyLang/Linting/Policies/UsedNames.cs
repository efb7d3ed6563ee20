using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Syntax;

namespace PolicyLang.Linting.Policies;

/// <summary>Which names statements declare and use.</summary>
internal static class UsedNames
{
    /// <summary>Every name that some statement uses, e-mails in lower case.</summary>
    public static HashSet<string> In(ImmutableArray<SyntaxTree> trees)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tree in trees)
        {
            foreach (var statement in tree.Statements)
            {
                AddWordsOf(statement, used);
            }
        }

        return used;
    }

    /// <summary>The subjects, postures, fleets and roles that statements declare.</summary>
    public static IEnumerable<(string Kind, WordSyntax Name, StatementSyntax Statement)> DeclaredIn(ImmutableArray<SyntaxTree> trees)
    {
        foreach (var statement in trees.SelectMany(tree => tree.Statements))
        {
            (string, WordSyntax)? declared = statement switch
            {
                UserSyntax user => ("user", user.Name),
                GroupSyntax group => ("group", group.Name),
                MachineSyntax machine => ("machine", machine.Name),
                PostureSyntax posture => ("posture", posture.Name),
                FleetSyntax fleet => ("fleet", fleet.Name),
                RoleSyntax role => ("role", role.Name),
                _ => null,
            };
            if (declared is var (kind, name))
            {
                yield return (kind, name, statement);
            }
        }
    }

    private static void AddWordsOf(StatementSyntax statement, HashSet<string> used)
    {
        switch (statement)
        {
            case AllowSyntax allow:
                Add(allow.Subjects, used);
                Add(allow.Roles, used);
                Add(allow.Clusters, used);
                Add(allow.When ?? [], used);
                break;
            case GroupSyntax group:
                Add(group.Body.Find("members")?.Value, used);
                break;
            case FleetSyntax fleet:
                Add(fleet.Clusters, used);
                break;
            case RoleSyntax role:
                foreach (var include in role.Items.OfType<IncludeSyntax>())
                {
                    Add(include.Roles, used);
                }

                break;
            case NeverSyntax never:
                Add(never.Who.Subjects, used);
                Add(never.Clusters, used);
                break;
            case OnlySyntax only:
                Add(only.Subjects, used);
                Add(only.Clusters, used);
                break;
            case AssumeDisjointSyntax disjoint:
                Add(disjoint.Subjects, used);
                break;
            case TestSyntax test:
                foreach (var expectation in test.Expectations)
                {
                    Add(expectation.Subjects, used);
                    Add(expectation.Clusters, used);
                    Add(expectation.When ?? [], used);
                }

                break;
        }
    }

    private static void Add(ClusterSelectorSyntax clusters, HashSet<string> used)
    {
        Add(clusters.Names, used);
        Add(clusters.Except, used);
    }

    private static void Add(ImmutableArray<WordSyntax> words, HashSet<string> used)
    {
        foreach (var word in words)
        {
            Add(word.Text, used);
        }
    }

    private static void Add(DataNode? node, HashSet<string> used)
    {
        foreach (var scalar in node is DataList list ? list.Items.OfType<DataScalar>() : node is DataScalar single ? [single] : [])
        {
            Add(scalar.Text, used);
        }
    }

    private static void Add(string word, HashSet<string> used) => used.Add(word.Contains('@') ? word.ToLowerInvariant() : word);
}
