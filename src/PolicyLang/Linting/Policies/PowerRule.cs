using System.Collections.Immutable;
using PolicyLang.Access;

namespace PolicyLang.Linting.Policies;

/// <summary>
/// A rule about rights that reach further than they look. It is content with a rule that says why (<c>because</c>): what is wanted is that somebody decided,
/// and that whoever reviews it can see the reason.
/// </summary>
internal abstract class PowerRule : PolicyRule
{
    /// <summary>The rights; any one of them is enough.</summary>
    protected abstract ImmutableArray<RbacRule> Powers { get; }

    /// <summary>Whether they matter only where they are given for whole clusters.</summary>
    protected virtual bool OnlyClusterWide => false;

    /// <summary>What somebody can do by them, as the end of a sentence: <c>read every secret of the cluster</c>.</summary>
    protected abstract string Effect { get; }

    /// <inheritdoc/>
    public sealed override void Check(LintedPolicy policy, LintReport report)
    {
        var search = new PowerSearch(Powers);
        foreach (var use in policy.RoleUses)
        {
            if (!use.IsExplained && (use.Given.IsClusterWide || !OnlyClusterWide) && search.In(use.Given) is { } right)
            {
                report.Add(use.Location, $"`{use.Role.Name}` holds `{right}`: whoever has it can {Effect}, and this rule does not say why", OnlyClusterWide ? "give it in namespaces, take the right out of the role, or say why with `because \"…\"`" : "take the right out of the role, or say why with `because \"…\"`");
            }
        }
    }
}
