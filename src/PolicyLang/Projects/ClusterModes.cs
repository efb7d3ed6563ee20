using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Projects;

/// <summary>What policyc does for a cluster.</summary>
public enum ClusterMode
{
    /// <summary>Outputs are written for it, and they are proved.</summary>
    Manage,

    /// <summary>Nothing is written for it. The policy says what ought to hold there, and <c>verify</c> what does.</summary>
    Observe,
}

/// <summary>Which clusters are managed and which are only watched, so that a team can take over one cluster at a time.</summary>
public sealed class ClusterModes
{
    private const string DefaultKey = "default";

    private static readonly ImmutableSortedDictionary<string, ClusterMode> Words = new Dictionary<string, ClusterMode>
    {
        ["manage"] = ClusterMode.Manage,
        ["observe"] = ClusterMode.Observe,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private readonly ClusterMode _default;
    private readonly ImmutableArray<(GlobPattern Pattern, SettingText Text, ClusterMode Mode)> _patterns;

    private ClusterModes(ClusterMode @default, ImmutableArray<(GlobPattern Pattern, SettingText Text, ClusterMode Mode)> patterns)
    {
        _default = @default;
        _patterns = patterns;
    }

    /// <summary>Every cluster is managed.</summary>
    public static ClusterModes ManageAll { get; } = new(ClusterMode.Manage, []);

    /// <summary>The mode of a cluster. Its own name counts more than a pattern.</summary>
    public ClusterMode ModeOf(string cluster)
    {
        var mode = _default;
        foreach (var (pattern, text, of) in _patterns)
        {
            if (string.Equals(text.Text, cluster, StringComparison.Ordinal))
            {
                return of;
            }

            mode = pattern.IsMatch(cluster) ? of : mode;
        }

        return mode;
    }

    /// <summary>Reports patterns that match no cluster, and clusters that are managed by one pattern and observed by another.</summary>
    /// <param name="clusters">The names of the policy's clusters.</param>
    /// <param name="diagnostics">Receives the findings.</param>
    public void Check(IReadOnlyCollection<string> clusters, DiagnosticBag diagnostics)
    {
        foreach (var (pattern, text, _) in _patterns)
        {
            if (!clusters.Any(pattern.IsMatch))
            {
                diagnostics.Report(
                    ProjectDiagnostics.ClusterPatternMatchesNothing,
                    text.Location,
                    $"`{text.Text}` matches no cluster of the policy",
                    Suggestions.DidYouMean(text.Text, clusters) ?? "correct or remove it");
            }
        }

        foreach (var cluster in clusters)
        {
            var matching = _patterns.Where(p => p.Pattern.IsMatch(cluster)).ToArray();
            if (matching.Any(p => p.Mode != matching[0].Mode) && !matching.Any(p => string.Equals(p.Text.Text, cluster, StringComparison.Ordinal)))
            {
                var other = matching.First(p => p.Mode != matching[0].Mode);
                diagnostics.Report(
                    ProjectDiagnostics.ContradictoryClusterModes,
                    other.Text.Location,
                    $"cluster `{cluster}` is managed by one of `{matching[0].Text.Text}` and `{other.Text.Text}`, and observed by the other",
                    $"say which holds in a line of its own: `{cluster}: manage`",
                    [new RelatedLocation(matching[0].Text.Location, "the other pattern")]);
            }
        }
    }

    /// <summary>Reads the section.</summary>
    internal static ClusterModes Read(ImmutableArray<(SettingText Key, SettingText Value)> section, DiagnosticBag diagnostics)
    {
        var @default = ClusterMode.Manage;
        var patterns = ImmutableArray.CreateBuilder<(GlobPattern, SettingText, ClusterMode)>();
        foreach (var (key, value) in section)
        {
            if (!Words.TryGetValue(value.Text, out var mode))
            {
                diagnostics.Report(
                    ProjectDiagnostics.UnknownClusterMode,
                    value.Location,
                    $"`{value.Text}` is no mode of a cluster",
                    Suggestions.DidYouMean(value.Text, Words.Keys) ?? "write `manage`, or `observe` for a cluster that policyc only watches");
            }
            else if (key.Text == DefaultKey)
            {
                @default = mode;
            }
            else if (GlobPattern.TryParse(key.Text, out var problem) is { } pattern)
            {
                patterns.Add((pattern, key, mode));
            }
            else
            {
                diagnostics.Report(ProjectDiagnostics.InvalidPattern, key.Location, $"the pattern `{key.Text}` {problem}");
            }
        }

        return new ClusterModes(@default, patterns.ToImmutable());
    }
}
