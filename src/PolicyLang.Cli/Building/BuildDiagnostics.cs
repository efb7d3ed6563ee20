using PolicyLang.Diagnostics;

namespace PolicyLang.Cli.Building;

/// <summary>The diagnostics of the build command.</summary>
internal static class BuildDiagnostics
{
    /// <summary>While a change is rolled out somebody has what neither the old outputs give nor the new ones.</summary>
    public static readonly DiagnosticDescriptor RolloutGain = new("rollout-gain", DiagnosticSeverity.Warning, "while systems take the new outputs one after the other, somebody has a right that neither the old outputs give nor the new ones")
    {
        Explanation =
            "Systems take their new files one after the other. In between, with new files in one and old ones in another, somebody would have a right that neither "
            + "state of the policy gives, such as who leaves a group that gains a role in the same change. Make two changes of it in the order that the finding "
            + "names, or accept it for the time of the rollout.",
    };

    /// <summary>The outputs still give what a rule gave until its last day.</summary>
    public static readonly DiagnosticDescriptor ExpiredAccess = new("expired-access", DiagnosticSeverity.Error, "the outputs on disk still give the access of a rule whose last day is over")
    {
        Explanation =
            "The last day of a rule is over, and the outputs on disk still give its access, because nobody has built since. Run `policyc build` and commit the "
            + "result; a job that builds every day keeps this from happening. Remove the rule when it has served its time.",
    };
}
