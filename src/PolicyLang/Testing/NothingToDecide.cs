using System.Collections.Immutable;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Semantics.Rights;

namespace PolicyLang.Testing;

/// <summary>Finds guards and expectations that no rule could decide: they would hold, or fail, without saying anything.</summary>
internal static class NothingToDecide
{
    public static void Report(PolicyModel policy, DiagnosticBag diagnostics)
    {
        foreach (var guard in policy.Guards)
        {
            Check(guard.Rights, guard.Places, guard.Paths, guard.Location, diagnostics);
        }

        foreach (var expectation in policy.Tests.SelectMany(t => t.Expectations))
        {
            Check(expectation.Rights, expectation.Places, expectation.Paths, expectation.Location, diagnostics);
        }
    }

    private static void Check(
        BoundRights? rights,
        ImmutableArray<(Cluster Cluster, ImmutableArray<string>? Namespaces)> places,
        ImmutableArray<AccessPath>? paths,
        SourceLocation location,
        DiagnosticBag diagnostics)
    {
        if (paths?.FirstOrDefault(path => !places.Any(place => place.Cluster.Paths.ContainsKey(path.Name))) is { } unused)
        {
            diagnostics.Report(
                TestingDiagnostics.NothingToDecide,
                location,
                $"none of these clusters declares path `{unused.Name}`, so nobody could come by it whatever the rules say",
                "name a path that the clusters have, or leave `via` away to speak of all paths");
        }
        else if (rights is not null && places.All(place => place.Namespaces is not null && !HasEffect(rights.Expand(place.Cluster.KubernetesMinorVersion).Scope)))
        {
            diagnostics.Report(
                TestingDiagnostics.NothingToDecide,
                location,
                "these rights are on things that are in no namespace, so nobody could have them in one whatever the rules say",
                "leave `in …` away to speak of the whole cluster");
        }
    }

    private static bool HasEffect(RightsScope scope) => (scope & (RightsScope.Namespaced | RightsScope.OwnNamespace)) != RightsScope.None;
}
