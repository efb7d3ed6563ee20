using System.Collections.Immutable;
using PolicyLang.Semantics;
using PolicyLang.Targets.Kubernetes.Reading;
using PolicyLang.Testing;

namespace PolicyLang.Linting.Policies;

/// <summary>How guards and expectations relate to each other.</summary>
internal static class Guards
{
    /// <summary>Whether a <c>never</c> speaks of everybody in a subject.</summary>
    public static bool Speaks(Guard never, Subject subject) => never.IsAnyone ? !never.Subjects.Contains(subject) : never.Subjects.Contains(subject);

    /// <summary>Whether two guards speak of some common place.</summary>
    public static bool PlacesMeet(Guard a, Guard b)
        => a.Places.Any(place => b.Places.Any(other => other.Cluster == place.Cluster
            && (place.Namespaces is not { } some || other.Namespaces is not { } others || some.Intersect(others, StringComparer.Ordinal).Any())));

    /// <summary>Whether two guards speak of some common right.</summary>
    public static bool RightsMeet(Guard a, Guard b)
    {
        var minor = a.Places[0].Cluster.KubernetesMinorVersion;
        return a.Rights is not { } some || b.Rights is not { } others || RuleMeeting.Find(some.Expand(minor).Rules, others.Expand(minor).Rules, isInNamespace: false) is not null;
    }

    /// <summary>Whether a guard speaks of all of some places.</summary>
    public static bool Includes(Guard guard, ImmutableArray<(Cluster Cluster, ImmutableArray<string>? Namespaces)> places)
        => places.All(place => guard.Places.Any(other => other.Cluster == place.Cluster
            && (other.Namespaces is not { } guarded || (place.Namespaces is { } asked && asked.All(ns => guarded.Contains(ns, StringComparer.Ordinal))))));

    /// <summary>Whether a guard denies every right that an expectation denies.</summary>
    public static bool IncludesRights(Guard guard, Expectation expectation)
    {
        if (guard.Rights is not { } guarded)
        {
            return true;
        }

        return expectation.Rights is { } asked
            && expectation.Places.Select(place => place.Cluster.KubernetesMinorVersion).Distinct().All(minor => RbacRules.Covers(guarded.Expand(minor).Rules, asked.Expand(minor).Rules));
    }
}
