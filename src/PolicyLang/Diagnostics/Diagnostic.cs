using System.Collections.Immutable;

namespace PolicyLang.Diagnostics;

/// <summary>How much a diagnostic matters.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Something worth knowing; never changes the exit status.</summary>
    Info,

    /// <summary>Probably a mistake; outputs are still exact.</summary>
    Warning,

    /// <summary>Nothing is written.</summary>
    Error,
}

/// <summary>A kind of diagnostic: its stable code and what it means.</summary>
/// <param name="Code">The stable kebab-case code.</param>
/// <param name="Severity">The severity of every diagnostic of this kind.</param>
/// <param name="Title">One sentence that says what the code means, for the reference.</param>
public sealed record DiagnosticDescriptor(string Code, DiagnosticSeverity Severity, string Title)
{
    /// <summary>What it means, why it matters and what to do, in full sentences, for <c>policyc explain</c>.</summary>
    public string? Explanation { get; init; }

    /// <summary>A small policy that has it, or nothing.</summary>
    public string? Example { get; init; }
}

/// <summary>A second place that a diagnostic speaks of.</summary>
/// <param name="Location">The place.</param>
/// <param name="Message">What is there, such as <c>first declared here</c>.</param>
public sealed record RelatedLocation(SourceLocation Location, string Message);

/// <summary>One finding about the input.</summary>
/// <param name="Descriptor">The kind.</param>
/// <param name="Message">What is wrong in the user's terms: lower case, no full stop, user text in back-ticks.</param>
/// <param name="Location">Where; absent only when no source text exists, such as a file that cannot be read.</param>
public sealed record Diagnostic(DiagnosticDescriptor Descriptor, string Message, SourceLocation? Location)
{
    /// <summary>The stable code.</summary>
    public string Code => Descriptor.Code;

    /// <summary>The severity.</summary>
    public DiagnosticSeverity Severity => Descriptor.Severity;

    /// <summary>What to do about it, or nothing.</summary>
    public string? Help { get; init; }

    /// <summary>Other places that matter.</summary>
    public ImmutableArray<RelatedLocation> Related { get; init; } = [];

    /// <summary>Edits that do what is asked for, or nothing.</summary>
    public SuggestedFix? Fix { get; init; }
}

/// <summary>Collects diagnostics. Not safe for concurrent use.</summary>
public sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _diagnostics = [];

    /// <summary>Whether an error was reported.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>The number of diagnostics.</summary>
    public int Count => _diagnostics.Count;

    /// <summary>Adds a diagnostic.</summary>
    public void Report(Diagnostic diagnostic)
    {
        _diagnostics.Add(diagnostic);
        HasErrors |= diagnostic.Severity == DiagnosticSeverity.Error;
    }

    /// <summary>Adds a diagnostic.</summary>
    public void Report(DiagnosticDescriptor descriptor, SourceLocation? location, string message, string? help = null, params ImmutableArray<RelatedLocation> related)
        => Report(new Diagnostic(descriptor, message, location) { Help = help, Related = related.IsDefault ? [] : related });

    /// <summary>Adds diagnostics.</summary>
    public void AddRange(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Report(diagnostic);
        }
    }

    /// <summary>The diagnostics sorted by file, position, code and message, without exact repetitions.</summary>
    public ImmutableArray<Diagnostic> ToSortedArray()
    {
        var sorted = _diagnostics
            .OrderBy(d => d.Location?.Source.Path ?? "", StringComparer.Ordinal)
            .ThenBy(d => d.Location?.Span.Start ?? -1)
            .ThenBy(d => d.Code, StringComparer.Ordinal)
            .ThenBy(d => d.Message, StringComparer.Ordinal);
        var result = ImmutableArray.CreateBuilder<Diagnostic>(_diagnostics.Count);
        foreach (var diagnostic in sorted)
        {
            var last = result.Count > 0 ? result[^1] : null;
            if (last is null || last.Code != diagnostic.Code || last.Message != diagnostic.Message || last.Location != diagnostic.Location)
            {
                result.Add(diagnostic);
            }
        }

        return result.ToImmutable();
    }
}
