using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Testing;

/// <summary>Words the answers to guards.</summary>
public static class GuardReport
{
    private const int MostRules = 3;

    /// <summary>Reports a guard that is broken or unproved; one finding a guard.</summary>
    public static void Report(GuardAnswer answer, DiagnosticBag diagnostics)
    {
        if (answer.Outcome == GuardOutcome.Holds)
        {
            return;
        }

        var first = answer.Witnesses[0];
        var rules = answer.Witnesses.Select(w => w.Entitlement.Rule).Distinct().ToArray();
        ImmutableArray<RelatedLocation> related = [.. rules.Take(MostRules).Select((rule, i) => new RelatedLocation(rule.Location, i == 0 ? "this gives it" : "and this"))];
        var more = rules.Length == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {rules.Length} rules break the guard");
        if (answer.Outcome == GuardOutcome.Broken)
        {
            diagnostics.Report(TestingDiagnostics.GuardBroken, answer.Guard.Location, $"{Describe(first)}{more}", HelpFor(first), related);
            return;
        }

        var pairs = answer.Witnesses.Select(w => (First: w.Guarded?.Name ?? "", Second: w.Entitlement.Holder.Name)).Distinct().ToArray();
        var others = pairs.Length == 1 ? "" : $"; the same question is open for {Join(pairs.Skip(1).Select(p => p.First == pairs[0].First ? $"`{p.Second}`" : $"`{p.First}` and `{p.Second}`"))}";
        var several = pairs.Length == 1 ? ""
            : pairs.Length == 2 ? ", and so for the other pair"
            : "; for the others at once, declare a group that lists them, `group staff { members = [ … ] }`, and name it in place of each";
        diagnostics.Report(
            TestingDiagnostics.GuardUnproved,
            answer.Guard.Location,
            $"nothing says that nobody is in both `{pairs[0].First}` and `{pairs[0].Second}`; {Describe(first)}{others}",
            $"if nobody is in both, write `assume disjoint {pairs[0].First}, {pairs[0].Second} because \"…\"`{several}",
            related);
    }

    /// <summary>Who has what where, as a sentence.</summary>
    public static string Describe(GuardWitness witness)
    {
        var entitlement = witness.Entitlement;
        var right = witness.Finding switch
        {
            { Kind: FindingKind.UnknownContent } => $"has ClusterRole `{entitlement.Component.ClusterRoleName}`, whose content policyc does not know,",
            { Kind: FindingKind.Implied, Right: { } implying } => $"can `{implying}`, which counts as every right there,",
            { Right: { } direct } => $"can `{direct}`",
            _ => $"has role `{entitlement.RoleName}`",
        };
        return $"{Who(witness)} {right} on cluster `{entitlement.Cluster.Name}`{Where(witness.Namespaces)} via {Join(witness.Paths.Select(p => $"`{p.Name}`"))}{When(entitlement.Condition)}{(entitlement.IsCertain ? "" : ", perhaps: not all that is there already is understood")}";
    }

    /// <summary>Who can run code where, as a sentence.</summary>
    public static string Describe(IndirectWay way)
    {
        var entitlement = way.Entitlement;
        var who = entitlement.Holder.Kind == SubjectKind.Group ? $"somebody in `{entitlement.Holder.Name}`" : $"`{entitlement.Holder.Name}`";
        return $"{who} can `{way.Right}` on cluster `{entitlement.Cluster.Name}`{Where(entitlement.Namespaces)} and so do what the service accounts of pods there may do";
    }

    /// <summary><c>when `a` and `b`</c>, or nothing.</summary>
    public static string When(Condition condition) => condition.IsAlways ? "" : $" when {string.Join(" and ", condition.Postures.Select(p => $"`{p.Name}`"))}";

    /// <summary><c>in `a`, `b`</c>, or nothing.</summary>
    public static string Where(ImmutableArray<string>? namespaces) => namespaces is { } names ? $" in {Join(names.Select(n => $"`{n}`"))}" : "";

    internal static string Join(IEnumerable<string> names)
    {
        const int Most = 5;
        var all = names.ToArray();
        return all.Length <= Most ? string.Join(", ", all) : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", all[..Most])} and {all.Length - Most} more");
    }

    private static string Who(GuardWitness witness)
    {
        var holder = witness.Entitlement.Holder;
        return witness.Guarded is not { } guarded || guarded == holder ? (holder.Kind == SubjectKind.Group ? $"somebody in `{holder.Name}`" : $"`{holder.Name}`")
            : guarded.Kind == SubjectKind.User ? $"`{guarded.Name}`, being in `{holder.Name}`,"
            : holder.Kind == SubjectKind.Group ? $"somebody in both `{guarded.Name}` and `{holder.Name}`"
            : $"`{holder.Name}`, being in `{guarded.Name}`,";
    }

    private static string HelpFor(GuardWitness witness) => witness.Finding.Kind switch
    {
        _ when !witness.Entitlement.Evidence.IsEmpty => "it is there already, and no rule of the policy gives it: take it away there, or change the guard",
        FindingKind.UnknownContent => "give a role with rights of its own, or a ClusterRole that Kubernetes itself brings, or except the subject in the guard",
        FindingKind.Implied => "take that right away, or except the subject in the guard",
        _ => witness.Guarded is null ? "take the right away, or except the subject in the guard" : "take the right away, or change the guard",
    };
}
