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
}
