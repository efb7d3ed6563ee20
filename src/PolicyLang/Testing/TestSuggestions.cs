using System.Collections.Immutable;
using System.Text;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Semantics.Rights;
using PolicyLang.Syntax;

namespace PolicyLang.Testing;

/// <summary>
/// Writes the deny cases that a policy's tests lack: for each subject of its rules the clusters that it does not reach, and of a few rights that matter most those that it does not have where it
/// does reach. Whatever is written holds today.
/// </summary>
public static class TestSuggestions
{
    private static readonly ImmutableArray<(string Verb, string Resource)> Phrases =
    [
        ("read", "secrets"), ("exec", "pods"), ("write", "rolebindings.rbac.authorization.k8s.io"), ("delete", "namespaces"), ("impersonate", "users"),
    ];

    /// <summary>The tests as policy text; empty when none is missing.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="source">Who holds what.</param>
    public static string Write(PolicyModel policy, IAccessSource source)
    {
        ImmutableArray<Cluster> clusters = [.. policy.Clusters.Values.Where(c => !c.IsRetired)];
        var denied = Denied(policy);
        var text = new StringBuilder();
        foreach (var subject in policy.Allows.SelectMany(a => a.Subjects).Select(s => s.Value).Distinct().OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            var lines = Suggest(subject, clusters, policy, source, denied).ToArray();
            if (lines.Length > 0)
            {
                text.Append(text.Length == 0 ? "" : "\n").Append("test \"").Append(subject.Name).Append(": what it must not have\" {\n");
                text.AppendJoin("", lines.Select(line => $"  expect {subject.Name} cannot {line}\n")).Append("}\n");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> Suggest(Subject subject, ImmutableArray<Cluster> clusters, PolicyModel policy, IAccessSource source, HashSet<(Subject, string, Cluster)> denied)
    {
        var memberships = source.Relations.MembershipsOf(subject);
        var reached = clusters.Where(c => source.On(c).Any(e => memberships.Contains(e.Holder))).ToHashSet();
        ImmutableArray<Cluster> unreached = [.. clusters.Where(c => !reached.Contains(c) && !denied.Contains((subject, "reach", c)))];
        if (!unreached.IsEmpty)
        {
            yield return $"reach {ClusterText(unreached, clusters)}";
        }

        foreach (var (verb, resource) in Phrases)
        {
            var phrase = $"{verb} {resource}";
            var rights = new RightsResolver([]).Bind([Word(verb)], [Word(resource)], [], RightsPurpose.Guard);
            ImmutableArray<Cluster> without =
            [
                .. clusters.Where(c => reached.Contains(c) && !denied.Contains((subject, phrase, c))
                    && TestRunner.Evaluate(new Expectation([subject], false, rights, [(c, null)], null, Condition.Always, policy.Allows[0].Rule.Location), source).Passed),
            ];
            if (!without.IsEmpty)
            {
                yield return $"{phrase} on {ClusterText(without, clusters)}";
            }
        }
    }

    // What the policy's own expectations deny in a whole cluster, on every path and under every condition.
    private static HashSet<(Subject, string, Cluster)> Denied(PolicyModel policy)
    {
        var denied = new HashSet<(Subject, string, Cluster)>();
        foreach (var expectation in policy.Tests.SelectMany(t => t.Expectations).Where(e => e is { IsAllowed: false, Paths: null } && e.Condition.IsAlways))
        {
            var text = AnswerText.OneLine(expectation.Location);
            string[] phrases = expectation.Rights is null ? ["reach"] : [.. Phrases.Select(p => $"{p.Verb} {p.Resource}").Where(p => text.Contains($" cannot {p} on ", StringComparison.Ordinal))];
            foreach (var (cluster, _) in expectation.Places.Where(p => p.Namespaces is null))
            {
                foreach (var subject in expectation.Subjects)
                {
                    denied.UnionWith(phrases.Select(phrase => (subject, phrase, cluster)));
                }
            }
        }

        return denied;
    }

    private static string ClusterText(ImmutableArray<Cluster> chosen, ImmutableArray<Cluster> all)
    {
        var others = all.Except(chosen).Select(c => c.Name).ToArray();
        return others.Length == 0 ? "all clusters"
            : others.Length * 2 < all.Length ? $"all clusters except {string.Join(", ", others)}"
            : string.Join(", ", chosen.Select(c => c.Name));
    }

    private static WordSyntax Word(string text) => new(text, false, new SourceLocation(new SourceText("suggestion", text), new TextSpan(0, text.Length)));
}
