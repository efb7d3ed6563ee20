using System.Collections.Immutable;
using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Policies;

namespace PolicyLang.Linting;

/// <summary>A lint rule: what is said about it, and its check. A rule that misses a case is fine; a false alarm is not.</summary>
internal abstract class LintRule
{
    /// <summary>What is said about it.</summary>
    public abstract RuleDescription Description { get; }
}

/// <summary>A rule about a policy that compiles as far as its names and access go.</summary>
internal abstract class PolicyRule : LintRule
{
    /// <summary>Reports what is found.</summary>
    public abstract void Check(LintedPolicy policy, LintReport report);
}

/// <summary>A rule about files of other systems. It sees all files of a run at once, since some mistakes lie between two of them.</summary>
internal abstract class ArtefactRule : LintRule
{
    /// <summary>Reports what is found.</summary>
    public abstract void Check(LintedArtefacts artefacts, LintReport report);
}

/// <summary>A rule that <see cref="Linter"/> itself checks, since it is about the findings of others.</summary>
internal abstract class FindingRule : LintRule
{
    /// <summary>Reports what is found about one suppression.</summary>
    /// <param name="suppression">The suppression.</param>
    /// <param name="use">What became of it.</param>
    /// <param name="report">Receives what is found.</param>
    public abstract void Check(Suppression suppression, SuppressionUse use, LintReport report);
}

/// <summary>Receives what one rule finds. Not safe for concurrent use.</summary>
internal sealed class LintReport(LintRule rule)
{
    private readonly DiagnosticDescriptor _descriptor = rule.Description.ToDescriptor(rule.Description.DefaultLevel);
    private readonly List<Diagnostic> _findings = [];

    /// <summary>What was found.</summary>
    public IReadOnlyList<Diagnostic> Findings => _findings;

    /// <summary>Adds a finding.</summary>
    /// <param name="location">Where: as little text as shows the mistake.</param>
    /// <param name="message">What is wrong in the user's terms: lower case, no full stop, user text in back-ticks.</param>
    /// <param name="help">What to do.</param>
    /// <param name="fix">An edit that does it.</param>
    /// <param name="related">Other places that matter.</param>
    public void Add(SourceLocation location, string message, string? help = null, SuggestedFix? fix = null, params ImmutableArray<RelatedLocation> related)
        => _findings.Add(new Diagnostic(_descriptor, message, location) { Help = help, Fix = fix, Related = related.IsDefault ? [] : related });
}
