using PolicyLang.Comparing;
using PolicyLang.Testing;

namespace PolicyLang.Linting;

/// <summary>Makes sure that fixes of a policy leave everybody's access as it was.</summary>
public static class FixProof
{
    /// <summary>Whether a policy gives the same rights to everybody in every world before and after, and guards them no less.</summary>
    /// <param name="before">The policy before the fixes.</param>
    /// <param name="after">The policy after them.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static bool Holds(CompilationInput before, CompilationInput after, CancellationToken cancellation = default)
    {
        if (Analyse(before, cancellation) is not { } old || Analyse(after, cancellation) is not { } @new)
        {
            return false;
        }

        var comparison = PolicyComparer.Compare(old, @new, cancellation);
        return comparison is { Access: AccessVerdict.Unchanged, HasWeakerGuard: false };
    }

    private static ComparedPolicy? Analyse(CompilationInput input, CancellationToken cancellation)
        => PolicyAnalysis.Analyse(input, null, cancellation) is { Policy: { } policy, Access: { } access }
            ? new ComparedPolicy(policy, access, input.Settings, input.Policies, access.Assumptions)
            : null;
}
