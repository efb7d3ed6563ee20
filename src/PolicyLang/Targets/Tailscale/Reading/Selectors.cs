namespace PolicyLang.Targets.Tailscale.Reading;

internal enum SelectorKind
{
    Unknown,
    Any,
    User,
    UserDomain,
    Group,
    Tag,
    Service,
    IpSet,
    Address,

    // Autogroups.
    Member,
    Tagged,
    Self,
    Internet,
    Shared,
    DangerAll,
    Role,
}

/// <summary>What a word on one side of a rule selects (https://tailscale.com/docs/reference/targets-and-selectors).</summary>
/// <param name="Text">The word.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="IsDefined">Whether the file defines the name; true for what needs no definition.</param>
/// <param name="Range">The addresses of an address, a prefix or a host alias.</param>
internal sealed record Selector(string Text, SelectorKind Kind, bool IsDefined = true, AddressRange? Range = null)
{
    public const string AutogroupPrefix = "autogroup:";
    public const string GroupPrefix = "group:";
    public const string TagPrefix = "tag:";
    public const string DomainPrefix = "user:*@";

    /// <summary>Whether it is a set of addresses none of which a device of the tailnet has.</summary>
    public bool IsOutsideTailnet { get; init; }
}

/// <summary>The selectors of a file, each looked at once.</summary>
internal sealed class Selectors(TailnetFile file)
{
    private readonly Dictionary<string, Selector> _selectors = new(StringComparer.Ordinal);

    /// <summary>The tags that were met.</summary>
    public IEnumerable<string> Tags => _selectors.Values.Where(s => s.Kind == SelectorKind.Tag).Select(s => s.Text);

    public Selector this[string text]
    {
        get
        {
            if (!_selectors.TryGetValue(text, out var selector))
            {
                _selectors.Add(text, selector = Read(text));
            }

            return selector;
        }
    }

    private Selector Read(string text)
    {
        if (string.Equals(text, "*", StringComparison.Ordinal))
        {
            return new Selector(text, SelectorKind.Any);
        }

        if (file.Hosts.TryGetValue(text, out var host))
        {
            return AddressRange.TryParse(host.Text) is { } hostRange ? new Selector(text, SelectorKind.Address, true, hostRange) : new Selector(text, SelectorKind.Unknown);
        }

        if (text.StartsWith(Selector.GroupPrefix, StringComparison.Ordinal))
        {
            return new Selector(text, SelectorKind.Group, file.Groups.ContainsKey(text) || text.Contains('@', StringComparison.Ordinal));
        }

        if (text.StartsWith(Selector.TagPrefix, StringComparison.Ordinal))
        {
            return new Selector(text, SelectorKind.Tag, file.TagOwners.ContainsKey(text));
        }

        if (text.StartsWith(Selector.AutogroupPrefix, StringComparison.Ordinal))
        {
            return new Selector(text, KindOfAutogroup(text[Selector.AutogroupPrefix.Length..]));
        }

        if (text.StartsWith(Selector.DomainPrefix, StringComparison.Ordinal))
        {
            return new Selector(text, SelectorKind.UserDomain);
        }

        if (text.StartsWith("svc:", StringComparison.Ordinal))
        {
            return new Selector(text, SelectorKind.Service);
        }

        if (text.StartsWith("ipset:", StringComparison.Ordinal))
        {
            return new Selector(text, SelectorKind.IpSet, file.IpSets.TryGetValue(text, out var set)) { IsOutsideTailnet = set is { IsUnclear: false } && set.Items.All(item => IsOutsideTailnet(item.Text)) };
        }

        if (AddressRange.TryParse(text) is { } range)
        {
            return new Selector(text, SelectorKind.Address, true, range);
        }

        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at < text.Length - 1 && !text.Contains(':', StringComparison.Ordinal) && !text.AsSpan().ContainsAny(" \t\r\n")
            ? new Selector(text, SelectorKind.User)
            : new Selector(text, SelectorKind.Unknown, false);
    }

    // What a set loses again does not matter to what it cannot hold.
    private static bool IsOutsideTailnet(string item)
    {
        var target = item.StartsWith("add ", StringComparison.Ordinal) ? item[4..] : item.StartsWith("remove ", StringComparison.Ordinal) ? item[7..] : item;
        return AddressRange.TryParse(target.Trim()) is { } range && !range.MayBeDevice();
    }

    // The plural is an older spelling.
    private static SelectorKind KindOfAutogroup(string name) => name switch
    {
        "member" or "members" => SelectorKind.Member,
        "tagged" => SelectorKind.Tagged,
        "self" => SelectorKind.Self,
        "internet" => SelectorKind.Internet,
        "shared" => SelectorKind.Shared,
        "danger-all" => SelectorKind.DangerAll,
        "owner" or "admin" or "it-admin" or "network-admin" or "billing-admin" or "auditor" => SelectorKind.Role,
        _ => SelectorKind.Unknown,
    };
}
