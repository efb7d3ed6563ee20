using System.Collections.Frozen;
using System.Collections.Immutable;

namespace PolicyLang.Targets.Tailscale.Reading;

/// <summary>The devices that a policy file is compiled for.</summary>
/// <param name="Nodes">The devices.</param>
/// <param name="Domains">The domains whose users <c>user:*@domain</c> may name.</param>
internal sealed record TailnetTopology(ImmutableArray<TailnetNode> Nodes, FrozenSet<string> Domains);

/// <summary>A device.</summary>
/// <param name="Name">The name.</param>
/// <param name="User">The login of its user; absent for a tagged device.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Addresses">Its own addresses.</param>
/// <param name="Routes">The subnets that it routes and that are approved, without those of exit nodes.</param>
internal sealed record TailnetNode(string Name, string? User, ImmutableArray<string> Tags, ImmutableArray<AddressRange> Addresses, ImmutableArray<AddressRange> Routes)
{
    /// <summary>Whether an address belongs to the device or to a subnet behind it.</summary>
    public bool IsReachedBy(AddressRange range) => Addresses.Any(range.Contains) || Routes.Any(range.Overlaps);

    /// <summary>Whether a selector of devices selects this one; false for addresses, which select no device.</summary>
    public bool IsSelectedBy(Selector selector, TailnetFile file) => selector.Kind switch
    {
        SelectorKind.Any or SelectorKind.DangerAll => true,
        SelectorKind.User => User is not null && string.Equals(User, selector.Text, StringComparison.Ordinal),
        SelectorKind.UserDomain => User is not null && User.EndsWith(selector.Text[(Selector.DomainPrefix.Length - 1)..], StringComparison.Ordinal),
        SelectorKind.Group => User is not null && file.Groups.TryGetValue(selector.Text, out var group) && group.Items.Any(m => string.Equals(m.Text, User, StringComparison.Ordinal)),
        SelectorKind.Tag => Tags.Contains(selector.Text, StringComparer.Ordinal),
        SelectorKind.Member => User is not null,
        SelectorKind.Tagged => User is null,
        _ => false,
    };
}
