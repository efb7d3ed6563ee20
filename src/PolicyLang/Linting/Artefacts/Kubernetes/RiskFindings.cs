namespace PolicyLang.Linting.Artefacts.Kubernetes;

/// <summary>Reports what bindings give to people, at the name of the role that is bound.</summary>
internal static class RiskFindings
{
    /// <summary>Reports the bindings whose strongest right is of a kind.</summary>
    /// <param name="artefacts">The files.</param>
    /// <param name="report">Receives what is found.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="what">What people may do, as the middle of a sentence: <c>read secrets</c>.</param>
    /// <param name="help">What to do.</param>
    public static void Report(LintedArtefacts artefacts, LintReport report, RiskKind kind, string what, string help)
    {
        foreach (var risk in artefacts.Kubernetes.Risks)
        {
            if (risk.Strongest.Kind == kind && !risk.IsBroadEdit)
            {
                report.Add(risk.Binding.RoleName!.Location, $"{risk.Who} may {what}{risk.Where}", risk.IsByWildcard ? "name the resources and verbs that they need; `*` holds this too" : help, null, risk.Related);
            }
        }
    }
}
