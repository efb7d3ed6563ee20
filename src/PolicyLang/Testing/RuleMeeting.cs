using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Testing;

/// <summary>Finds what two RBAC rules have in common: some request that both allow.</summary>
internal static class RuleMeeting
{
    /// <summary>The first right in common that has an effect; nothing when there is none.</summary>
    /// <param name="held">The rules that somebody holds.</param>
    /// <param name="asked">The rules that are asked for.</param>
    /// <param name="isInNamespace">Whether only what has an effect in a namespace counts.</param>
    public static HeldRight? Find(ImmutableArray<RbacRule> held, ImmutableArray<RbacRule> asked, bool isInNamespace)
    {
        foreach (var wanted in asked)
        {
            foreach (var rule in held)
            {
                foreach (var right in InCommon(rule, wanted))
                {
                    if (!isInNamespace || right.WorksInNamespace)
                    {
                        return right;
                    }
                }
            }
        }

        return null;
    }

    /// <summary>Everything that two rules have in common.</summary>
    public static IEnumerable<HeldRight> InCommon(RbacRule held, RbacRule asked)
    {
        if (!NamesInCommon(held.ResourceNames, asked.ResourceNames, out var name))
        {
            yield break;
        }

        foreach (var verb in InCommon(held.Verbs, asked.Verbs))
        {
            foreach (var url in Pairs(held.NonResourceUrls, asked.NonResourceUrls, Url))
            {
                yield return new HeldRight(verb, "", "", null, url);
            }

            foreach (var resource in Pairs(held.Resources, asked.Resources, Resource))
            {
                foreach (var group in InCommon(held.ApiGroups, asked.ApiGroups))
                {
                    yield return new HeldRight(verb, group, resource, name, null);
                }
            }
        }
    }

    private static IEnumerable<string> InCommon(ImmutableArray<string> held, ImmutableArray<string> asked)
        => Pairs(held, asked, static (a, b) => a == "*" ? b : b == "*" || a == b ? a : null);

    private static IEnumerable<string> Pairs(ImmutableArray<string> held, ImmutableArray<string> asked, Func<string, string, string?> meet)
    {
        foreach (var b in asked)
        {
            foreach (var a in held)
            {
                if (meet(a, b) is { } both)
                {
                    yield return both;
                }
            }
        }
    }

    // `*` is every resource and subresource, `*/scale` that subresource of every resource; anything else is literal.
    private static string? Resource(string a, string b)
        => a == "*" ? b
            : b == "*" || a == b ? a
            : a.StartsWith("*/", StringComparison.Ordinal) && b.EndsWith(a[1..], StringComparison.Ordinal) ? b
            : b.StartsWith("*/", StringComparison.Ordinal) && a.EndsWith(b[1..], StringComparison.Ordinal) ? a
            : null;

    private static string? Url(string a, string b) => a == "*" || RbacRules.UrlCovers(a, b) ? b : b == "*" || RbacRules.UrlCovers(b, a) ? a : null;

    private static bool NamesInCommon(ImmutableArray<string> held, ImmutableArray<string> asked, out string? name)
    {
        name = held.IsEmpty ? asked.IsEmpty ? null : asked[0] : asked.IsEmpty ? held[0] : held.FirstOrDefault(n => asked.Contains(n, StringComparer.Ordinal));
        return name is not null || (held.IsEmpty && asked.IsEmpty);
    }
}
