using System.Collections.Immutable;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Cloudflare.Reading;

/// <summary>Who gets through the network rules at one address: the first rule that matches decides, and what no rule matches passes.</summary>
internal sealed class FirstMatch
{
    // Formulas are evaluated recursively.
    private const int MostAlternations = 400;

    private readonly List<Formula> _sum = [];
    private readonly List<GatewayOpening> _openings = [];
    private int _alternations;

    private Formula _below = Formula.Always;

    /// <summary>Who gets through, and by what, from the first rule to the last.</summary>
    public static (Formula Opens, ImmutableArray<GatewayOpening> Openings) At(RuleIndex ordered, RuleIndex anywhere, AddressChoice choice)
    {
        var candidates = ordered.CandidatesFor(choice.Range).Select(i => (Rule: ordered.Rules[i], Match: ordered.MatchOf(i, choice.Network))).Where(c => c.Match != Formula.Never).ToList();
        var last = candidates.FindIndex(c => c.Match == Formula.Always && c.Rule.Effect is GatewayEffect.Allow or GatewayEffect.Block);
        var walk = new FirstMatch();
        if (last < 0)
        {
            walk._openings.Add(new GatewayOpening(null, Formula.Always, choice.NoRulePlace));
        }

        // From the last to the first, so that each rule is put in front of what the later ones say.
        for (var i = last < 0 ? candidates.Count - 1 : last; i >= 0; i--)
        {
            walk.PutInFront(candidates[i].Rule, candidates[i].Match);
        }

        walk.Flush();
        foreach (var i in anywhere.CandidatesFor(choice.Range))
        {
            walk.PutSomewhere(anywhere.Rules[i], anywhere.MatchOf(i, choice.Network));
        }

        walk._openings.Reverse();
        return walk._alternations > MostAlternations ? (Formula.Undecided, [.. walk._openings]) : (walk._below, [.. walk._openings]);
    }

    private void PutInFront(GatewayRule rule, Formula match)
    {
        switch (rule.Effect)
        {
            case GatewayEffect.Allow:
                _sum.Add(match);
                Open(rule, match);
                break;
            case GatewayEffect.Block:
                Flush();
                _below = match.Not().And(_below);
                Restrict(match);
                break;
            default:
                Flush();
                _below = match.And(Formula.Undecided).Or(match.Not().And(_below));
                Open(rule, match.And(Formula.Undecided));
                break;
        }
    }

    // A rule that stands anywhere takes nobody's access by letting pass, and gives none by blocking.
    private void PutSomewhere(GatewayRule rule, Formula match)
    {
        var perhaps = match.And(Formula.Undecided);
        if (perhaps == Formula.Never)
        {
            return;
        }

        _alternations++;
        switch (rule.Effect)
        {
            case GatewayEffect.Allow:
                _below = _below.Or(perhaps);
                Open(rule, perhaps);
                break;
            case GatewayEffect.Block:
                _below = _below.And(perhaps.Not());
                break;
            default:
                _below = perhaps.Or(match.Not().And(_below));
                Open(rule, perhaps);
                break;
        }
    }

    private void Open(GatewayRule rule, Formula match)
    {
        if (match == Formula.Always)
        {
            // Nobody comes to what stands behind.
            _openings.Clear();
        }

        _openings.Add(new GatewayOpening(rule.Name, match, rule.Place));
    }

    private void Restrict(Formula match)
    {
        for (var i = _openings.Count - 1; i >= 0; i--)
        {
            var opens = _openings[i].Opens.And(match.Not());
            if (opens == Formula.Never)
            {
                _openings.RemoveAt(i);
            }
            else
            {
                _openings[i] = _openings[i] with { Opens = opens };
            }
        }
    }

    private void Flush()
    {
        _alternations++;
        if (_sum.Count > 0)
        {
            _sum.Reverse();
            _below = Formula.Any(_sum.Append(_below));
            _sum.Clear();
        }

        if (_alternations > MostAlternations)
        {
            _below = Formula.Undecided;
        }
    }
}

/// <summary>An address, or several between which no rule tells, and what is known of a connection to them.</summary>
/// <param name="Range">The address; the first of them stands for all.</param>
/// <param name="Network">What network rules see.</param>
/// <param name="Request">What HTTP rules see.</param>
/// <param name="NoRulePlace">The place to name when no rule decides.</param>
internal sealed record AddressChoice(Expressions.AddressRange Range, ConnectionFacts Network, ConnectionFacts Request, ArtefactPlace NoRulePlace);
