using System.Collections.Frozen;
using System.Collections.Immutable;
using PolicyLang.Reading;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;

namespace PolicyLang.Targets.Cloudflare.Reading;

/// <summary>A list of an account.</summary>
/// <param name="Key">What rules name it by: its identifier without dashes, or the mark of a reference.</param>
/// <param name="Name">Its name.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Addresses">Its addresses; absent for a list of another type, or whose items are not known.</param>
/// <param name="Texts">Its texts; absent for a list of another type, or whose items are not known.</param>
internal sealed record AccountList(string Key, string Name, ArtefactPlace Place, AddressSet? Addresses, FrozenSet<string>? Texts);

/// <summary>The lists of an account. What a list that is not among them holds is unknown.</summary>
internal sealed class AccountLists(ImmutableArray<AccountList> lists) : IListSource
{
    private readonly FrozenDictionary<string, AccountList> _lists = lists.ToFrozenDictionary(list => list.Key, StringComparer.Ordinal);

    public AddressSet? AddressesOf(string key) => _lists.GetValueOrDefault(key)?.Addresses;

    public FrozenSet<string>? TextsOf(string key) => _lists.GetValueOrDefault(key)?.Texts;

    public bool Holds(string key) => _lists.ContainsKey(key);

    /// <summary>The lists in the order of the artefacts.</summary>
    public ImmutableArray<AccountList> All { get; } = lists;

    public Truth Contains(string list, FilterValue value) => value switch
    {
        IpValue address when AddressesOf(list) is { } addresses => addresses.Contains(address.Value).ToTruth(),
        BytesValue bytes when TextsOf(list) is { } texts => texts.Contains(bytes.Bytes).ToTruth(),
        _ => Truth.Unknown,
    };
}
