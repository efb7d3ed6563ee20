using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Diagnostics;

namespace PolicyLang.Semantics.Rights;

/// <summary>The RBAC rules that a phrase stands for in one Kubernetes version.</summary>
public sealed class ExpandedRights
{
    internal ExpandedRights(ImmutableArray<RbacRule> rules, ImmutableArray<RightsScope> scopes, ImmutableArray<Diagnostic> diagnostics)
    {
        Rules = rules;
        Scopes = scopes;
        Diagnostics = diagnostics;
        foreach (var scope in scopes)
        {
            Scope |= scope;
        }
    }

    /// <summary>No rules.</summary>
    public static ExpandedRights Empty { get; } = new([], [], []);

    /// <summary>The rules in canonical order: by API group, resources, verbs and names, URLs last. No rule grants a (verb, API group, resource, name) that the phrase did not name. Empty after an error.</summary>
    public ImmutableArray<RbacRule> Rules { get; }

    /// <summary>Where each of <see cref="Rules"/> has an effect, in the same order.</summary>
    public ImmutableArray<RightsScope> Scopes { get; }

    /// <summary>Where any rule has an effect.</summary>
    public RightsScope Scope { get; }

    /// <summary>What the version does not have. The mistakes of the phrase itself are in <see cref="BoundRights.Diagnostics"/>.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>The rights of several phrases together, in canonical order: what a role with several <c>can</c> items gives. Scopes are kept, equal rights are told once.</summary>
    public static ExpandedRights Union(IEnumerable<ExpandedRights> parts)
    {
        var set = new RbacRuleSet();
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var part in parts)
        {
            diagnostics.AddRange(part.Diagnostics);
            for (var i = 0; i < part.Rules.Length; i++)
            {
                set.Add(part.Rules[i], part.Scopes[i]);
            }
        }

        return set.ToRights(diagnostics.ToImmutable());
    }
}
