using System.Collections.Immutable;

namespace PolicyLang.Cli.Rendering.Findings;

/// <summary>The ways to write findings, by name.</summary>
internal static class FindingReports
{
    /// <summary>The names.</summary>
    public static ImmutableArray<string> Names { get; } = ["text", "concise", "json", "sarif", "github", "gitlab", "junit"];

    /// <summary>The way with a name among <see cref="Names"/>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="style">Colours, for people.</param>
    /// <param name="width">The width of the terminal in columns.</param>
    public static IFindingReport Create(string name, TextStyle style, int width) => name switch
    {
        "concise" => new ConciseReport(style),
        "json" => new JsonFindings(),
        "sarif" => new SarifReport(),
        "github" => new GitHubReport(),
        "gitlab" => new GitLabReport(),
        "junit" => new JUnitFindings(),
        _ => new TextReport(style, width),
    };
}
