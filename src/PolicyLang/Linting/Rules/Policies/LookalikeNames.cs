using PolicyLang.Diagnostics;
using PolicyLang.Linting.Policies;

namespace PolicyLang.Linting.Rules.Policies;

internal sealed class LookalikeNames : PolicyRule
{
    public override RuleDescription Description { get; } = new("lookalike-names", RuleSystem.Policy, RuleCategory.Correctness, LintLevel.Warning)
    {
        What = "two names differ only in case, or in characters that look alike",
        Why = "Systems compare names byte by byte: `SRE` and `sre` are two groups, and so are `prod-1` and `prod-l`. One of the two is most often a slip, and whoever reviews the policy cannot see it.",
        Avoid = new("access.policy", """
            default via tailscale
            cluster tokyo { labels { env = "prod" }  tailscale { tag = "tag:k8s-tokyo" } }
            cluster osaka { labels { env = "Prod" }  tailscale { tag = "tag:k8s-osaka" } }
            group sre { members = [alice@acme.com] }
            role view = clusterrole "view"
            allow sre as view on clusters where env = "prod" cluster-wide
            """),
        Prefer = new("access.policy", """
            default via tailscale
            cluster tokyo { labels { env = "prod" }  tailscale { tag = "tag:k8s-tokyo" } }
            cluster osaka { labels { env = "prod" }  tailscale { tag = "tag:k8s-osaka" } }
            group sre { members = [alice@acme.com] }
            role view = clusterrole "view"
            allow sre as view on clusters where env = "prod" cluster-wide
            """),
    };

    public override void Check(LintedPolicy policy, LintReport report)
    {
        CheckAlike("name", UsedNames.DeclaredIn(policy.Trees).Select(declared => (declared.Name.Text, declared.Name.Location)), report);
        CheckAlike("cluster", policy.Policy.Clusters.Values.Select(cluster => (cluster.Name, cluster.Location)), report);
        var identities = policy.Policy.Subjects.Values.SelectMany(subject => subject.Identities.SelectMany(identity => identity.Value.Select(value => (Provider: identity.Key, value.Text, value.Location))));
        foreach (var provider in identities.GroupBy(identity => identity.Provider, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            CheckAlike($"identity of `{provider.Key}`", provider.Select(identity => (identity.Text, identity.Location)), report);
        }

        foreach (var label in policy.Policy.Clusters.Values.SelectMany(cluster => cluster.Labels.Select(label => (label.Key, label.Value, cluster.Location))).GroupBy(label => label.Key, StringComparer.Ordinal))
        {
            CheckAlike($"value of the label `{label.Key}`", label.Select(value => (value.Value, value.Location)), report);
        }
    }

    private static void CheckAlike(string kind, IEnumerable<(string Text, SourceLocation Location)> names, LintReport report)
    {
        var alike = new Dictionary<string, List<(string Text, SourceLocation Location)>>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var shape = ShapeOf(name.Text);
            if (!alike.TryGetValue(shape, out var known))
            {
                alike.Add(shape, [name]);
            }
            else
            {
                known.Add(name);
            }
        }

        foreach (var group in alike.Values.Where(group => group.Exists(name => name.Text != group[0].Text)))
        {
            var sorted = group.OrderBy(name => name.Location.Source.Path, StringComparer.Ordinal).ThenBy(name => name.Location.Span.Start).ToArray();
            foreach (var name in sorted.Where(name => name.Text != sorted[0].Text))
            {
                report.Add(
                    name.Location,
                    $"this {kind}, `{name.Text}`, looks like `{sorted[0].Text}` and is another one",
                    "write both the same if one is meant, or names that people can tell apart",
                    null,
                    new RelatedLocation(sorted[0].Location, "the other one"));
            }
        }
    }

    // Letters of other scripts are refused before; what is left is case, and the digits that look like letters.
    private static string ShapeOf(string text) => string.Create(text.Length, text, static (shape, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            shape[i] = char.ToLowerInvariant(from[i]) switch { '0' => 'o', '1' or 'i' => 'l', var other => other };
        }
    });
}
