using PolicyLang.Reading;

namespace PolicyLang.Targets.Cloudflare.Reading;

/// <summary>What is gathered while artefacts are read.</summary>
internal sealed class ReadingLog
{
    public List<ReadingProblem> Problems { get; } = [];

    public List<OtherEffect> Effects { get; } = [];

    public List<GatewayRule> Rules { get; } = [];

    public List<AccountList> Lists { get; } = [];

    /// <summary>Whether there may be rules that were not read.</summary>
    public bool IsIncomplete { get; set; }

    /// <summary>Whether the account matches variants of e-mail addresses in every rule.</summary>
    public bool MatchesEmailVariants { get; set; }

    /// <summary>Adds what an account holds already, without the rules and lists that what was read replaces.</summary>
    public void AddExisting(ReadingLog existing)
    {
        var rules = Rules.Select(rule => rule.NameInAccount ?? rule.Name).ToHashSet(StringComparer.Ordinal);
        var lists = Lists.Select(list => list.Name).ToHashSet(StringComparer.Ordinal);
        Rules.AddRange(existing.Rules.Where(rule => !rules.Contains(rule.NameInAccount ?? rule.Name)));
        Lists.AddRange(existing.Lists.Where(list => !lists.Contains(list.Name)));
        Problems.AddRange(existing.Problems);
        Effects.AddRange(existing.Effects);
        IsIncomplete |= existing.IsIncomplete;
        MatchesEmailVariants |= existing.MatchesEmailVariants;
    }
}
