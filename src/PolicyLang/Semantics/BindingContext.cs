using System.Collections.Immutable;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Semantics.Rights;
using PolicyLang.Syntax;

namespace PolicyLang.Semantics;

/// <summary>What all binders share.</summary>
/// <param name="Settings">The project's settings.</param>
/// <param name="Files">Reads inventories.</param>
/// <param name="Kinds">The kinds of path that exist, by name.</param>
/// <param name="AsOf">The day of the compilation.</param>
/// <param name="Diagnostics">Receives the findings.</param>
/// <param name="Cancellation">Stops the work.</param>
internal sealed record BindingContext(
    ProjectSettings Settings,
    IProjectFiles Files,
    ImmutableArray<PathKind> Kinds,
    DateOnly AsOf,
    DiagnosticBag Diagnostics,
    CancellationToken Cancellation)
{
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);
    private bool _lacksClusters;

    /// <summary>Whether namespaces are missing because an inventory could not be read.</summary>
    public bool LacksNamespaces { get; private set; }

    /// <summary>Says that namespaces are missing because an inventory could not be read.</summary>
    public void AddBrokenNamespaces() => LacksNamespaces = true;

    /// <summary>Says that a name is declared, but with a mistake that was reported: its uses are no mistakes of their own.</summary>
    public void AddBrokenName(string name) => _missing.Add(name);

    /// <summary>Whether clusters or namespaces are missing, so that an empty selection says nothing.</summary>
    public bool LacksInventory => _lacksClusters || LacksNamespaces;

    /// <summary>Says that clusters are missing because an inventory could not be read.</summary>
    public void AddBrokenInventory() => _lacksClusters = true;

    /// <summary>Whether a name is unknown only because of a mistake that was reported already.</summary>
    public bool IsBroken(string name, bool isCluster = false) => _missing.Contains(name) || (isCluster && _lacksClusters);

    private readonly RightsResolver _rights = new(Settings.CustomResources);

    /// <summary>Reads a phrase of rights; nothing when it has a mistake, which is reported.</summary>
    public BoundRights? Bind(RightsSyntax syntax, RightsPurpose purpose)
    {
        var rights = _rights.Bind(syntax, purpose);
        Diagnostics.AddRange(rights.Diagnostics);
        return rights.Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error) ? null : rights;
    }

    public void Report(DiagnosticDescriptor descriptor, SourceLocation? location, string message, string? help = null, params ImmutableArray<RelatedLocation> related)
        => Diagnostics.Report(descriptor, location, message, help, related.IsDefault ? [] : related);

    public void ReportUnknown(WordSyntax name, string what, IEnumerable<string> candidates, string? otherHelp = null)
    {
        if (!IsBroken(name.Text, what.StartsWith("cluster", StringComparison.Ordinal)))
        {
            Report(SemanticDiagnostics.UnknownName, name.Location, $"no {what} is called `{name.Text}`", Suggestions.DidYouMean(name.Text, candidates) ?? otherHelp);
        }
    }

    /// <summary>Whether a declared name is spelled as names are; otherwise it is reported, and its uses are not.</summary>
    public bool CheckName(WordSyntax name)
    {
        if (DeclaredNames.Check(name, Diagnostics))
        {
            return true;
        }

        AddBrokenName(name.Text);
        return false;
    }

    public bool ReportIfDuplicate(string name, SourceLocation location, SourceLocation? first, string what)
    {
        if (first is null)
        {
            return false;
        }

        Report(SemanticDiagnostics.DuplicateName, location, $"{what} `{name}` is declared twice", "keep one of the two, or rename one", new RelatedLocation(first, "first declared here"));
        return true;
    }

    /// <summary>The words of a list, without those named before, which are reported.</summary>
    public IEnumerable<WordSyntax> Distinct(ImmutableArray<WordSyntax> words)
    {
        if (words.Length == 1)
        {
            return words;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var result = new List<WordSyntax>(words.Length);
        foreach (var word in words)
        {
            if (seen.Add(word.Text))
            {
                result.Add(word);
            }
            else
            {
                Report(SemanticDiagnostics.RepeatedName, word.Location, $"`{word.Text}` is named twice in one list", "remove one of the two");
            }
        }

        return result;
    }
}
