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
        foreach (var statement in trees.SelectMany(tree => tree.Statements))
        {
            foreach (var word in WordsOf(statement))
            {
                used.Add(word.Contains('@', StringComparison.Ordinal) ? word.ToLowerInvariant() : word);
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

    private static IEnumerable<string> WordsOf(StatementSyntax statement) => statement switch
    {
        GroupSyntax group => TextsOf(group.Body.Find("members")?.Value),
        FleetSyntax fleet => WordsOf(fleet.Clusters),
        RoleSyntax role => role.Items.OfType<IncludeSyntax>().SelectMany(include => Texts(include.Roles)),
        AllowSyntax allow => [.. Texts(allow.Subjects), .. Texts(allow.Roles), .. WordsOf(allow.Clusters), .. Texts(allow.When ?? [])],
        NeverSyntax never => [.. Texts(never.Who.Subjects), .. WordsOf(never.Clusters)],
        OnlySyntax only => [.. Texts(only.Subjects), .. WordsOf(only.Clusters)],
        AssumeDisjointSyntax disjoint => Texts(disjoint.Subjects),
        TestSyntax test => test.Expectations.SelectMany(expect => Texts(expect.Subjects).Concat(WordsOf(expect.Clusters)).Concat(Texts(expect.When ?? []))),
        _ => [],
    };

    private static IEnumerable<string> WordsOf(ClusterSelectorSyntax clusters) => Texts(clusters.Names).Concat(Texts(clusters.Except));

    private static IEnumerable<string> Texts(ImmutableArray<WordSyntax> words) => words.Select(word => word.Text);

    private static IEnumerable<string> TextsOf(DataNode? node) => node switch
    {
        DataScalar scalar => [scalar.Text],
        DataList list => list.Items.OfType<DataScalar>().Select(item => item.Text),
        _ => [],
    };
}
