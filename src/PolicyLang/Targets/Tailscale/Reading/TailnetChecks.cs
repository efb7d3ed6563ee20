using System.Buffers;
using System.Collections.Frozen;

namespace PolicyLang.Targets.Tailscale.Reading;

/// <summary>Why the control plane refuses a policy file, in its own words where they were recorded (tests/Oracle/tailscale/rejected_policies.json).</summary>
internal sealed class TailnetChecks
{
    private static readonly FrozenSet<string> TailscaleCapabilities = new[]
    {
        "drive", "relay", "webui", "kubernetes", "tsidp", "secrets", "golink", "tailsql", "pam",
    }.ToFrozenSet(StringComparer.Ordinal);

    // https://tailscale.com/docs/reference/reserved-ip-addresses
    private static readonly AddressRange[] Reserved =
    [
        AddressRange.TryParse("100.100.0.0/24")!.Value,
        AddressRange.TryParse("100.100.100.0/24")!.Value,
        AddressRange.TryParse("100.115.92.0/23")!.Value,
    ];

    private static readonly SearchValues<char> TagCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    private readonly TailnetFile _file;
    private readonly Selectors _selectors;
    private readonly TailnetTopology? _topology;

    private TailnetChecks(TailnetFile file, Selectors selectors, TailnetTopology? topology)
    {
        _file = file;
        _selectors = selectors;
        _topology = topology;
    }

    /// <summary>Adds the reasons to the file's problems.</summary>
    /// <param name="file">The file.</param>
    /// <param name="selectors">Its selectors.</param>
    /// <param name="topology">The devices that the file's own tests run against; without them only the shape of the tests is looked at.</param>
    public static void Check(TailnetFile file, Selectors selectors, TailnetTopology? topology)
    {
        var checks = new TailnetChecks(file, selectors, topology);
        checks.CheckGroups();
        checks.CheckNames();
        foreach (var rule in file.Rules)
        {
            checks.CheckSources(rule);
            checks.CheckDestinations(rule);
            checks.CheckCapabilities(rule);
            checks.CheckConditions(rule);
        }

        checks.CheckNodeAttributes();
        SshChecks.Check(file, selectors, topology);
        if (!ReachTests.Pass(file, selectors, topology, out var failed) || !SshTests.Pass(file, selectors, topology, out failed))
        {
            file.Refuse("test(s) failed", failed);
        }
    }

    private void CheckGroups()
    {
        foreach (var group in _file.Groups.Values)
        {
            if (!group.Name.StartsWith(Selector.GroupPrefix, StringComparison.Ordinal))
            {
                _file.NotModelled($"group `{group.Name}` does not begin with `group:`", group.Offset);
            }

            foreach (var member in group.Items)
            {
                if (!member.Text.StartsWith(Selector.GroupPrefix, StringComparison.Ordinal))
                {
                    if (_selectors[member.Text].Kind is not (SelectorKind.User or SelectorKind.UserDomain))
                    {
                        _file.NotModelled($"member `{member.Text}` of `{group.Name}` is no user", member.Offset);
                    }
                }
                else if (!_file.Groups.TryGetValue(member.Text, out var inner) || !inner.Items.Any(i => i.Text.StartsWith(Selector.GroupPrefix, StringComparison.Ordinal)))
                {
                    _file.Refuse($"groups[\"{group.Name}\"]: \"{member.Text}\": group members cannot be recursive", member.Offset);
                }
            }
        }
    }

    private void CheckNames()
    {
        foreach (var (tag, owners) in _file.TagOwners)
        {
            if (!tag.StartsWith(Selector.TagPrefix, StringComparison.Ordinal) || tag.Length == Selector.TagPrefix.Length || !char.IsAsciiLetter(tag[Selector.TagPrefix.Length]))
            {
                _file.Refuse("tag names must start with a letter, after 'tag:'", owners.Offset);
            }
            else if (tag.AsSpan(Selector.TagPrefix.Length).ContainsAnyExcept(TagCharacters))
            {
                _file.Refuse("tag names can only contain numbers, letters, or dashes", owners.Offset);
            }
        }

        foreach (var host in _file.Hosts)
        {
            if (AddressRange.TryParse(host.Value.Text) is null && host.Value.Text.Length > 0)
            {
                _file.NotModelled($"host `{host.Key}` is no address and no prefix", host.Value.Offset);
            }
        }
    }

    private void CheckSources(AccessRule rule)
    {
        foreach (var src in rule.Sources)
        {
            var selector = _selectors[src.Text];
            switch (selector.Kind)
            {
                case SelectorKind.Tag when !selector.IsDefined:
                    _file.Refuse($"src=tag not found: \"{src.Text}\"", src.Offset);
                    break;
                case SelectorKind.Self or SelectorKind.Internet or SelectorKind.Service:
                    _file.Refuse($"\"{src.Text}\" not valid on the src side of a rule", src.Offset);
                    break;
                default:
                    CheckSelector(src, selector, "src");
                    break;
            }
        }
    }

    private void CheckSelector(TextAt at, Selector selector, string side)
    {
        if (selector.Kind == SelectorKind.Group && !selector.IsDefined)
        {
            _file.Refuse($"{side}=group not found: \"{at.Text}\"", at.Offset);
        }
        else if (selector.Kind == SelectorKind.Unknown)
        {
            _file.NotModelled($"`{at.Text}` selects nothing that is known", at.Offset);
        }
        else if (selector.Kind == SelectorKind.IpSet && !selector.IsDefined)
        {
            _file.NotModelled($"`{at.Text}` is not defined", at.Offset);
        }
        else if (selector.Kind == SelectorKind.UserDomain && _topology is not null && !_topology.Domains.Contains(selector.Text[Selector.DomainPrefix.Length..]))
        {
            _file.Refuse(SshChecks.ForeignDomain(selector.Text[Selector.DomainPrefix.Length..]), at.Offset);
        }
    }

    private void CheckDestinations(AccessRule rule)
    {
        bool? mayReachSelf = null;
        foreach (var dst in rule.Destinations)
        {
            var selector = _selectors[dst.Selector];
            switch (selector.Kind)
            {
                case SelectorKind.Tag when !selector.IsDefined:
                    _file.Refuse(rule.IsGrant ? $"dst=tag not found: \"{dst.Selector}\"" : $"dst=\"{dst.Selector}\": tag not found: \"{dst.Selector}\"", dst.Offset);
                    break;
                case SelectorKind.DangerAll or SelectorKind.Shared:
                    _file.Refuse($"cannot use {dst.Selector} as a dst", dst.Offset);
                    break;
                case SelectorKind.Address when dst.Selector is "0.0.0.0/0" or "::/0":
                    _file.Refuse($"dst \"{dst.Selector}\": to allow all IP addresses, use \"*\" or \"autogroup:internet\"", dst.Offset);
                    break;
                case SelectorKind.Self when !(mayReachSelf ??= MayReachSelf(rule)):
                    _file.Refuse("autogroup:self can only be used with users, groups, or supported autogroups", dst.Offset);
                    break;
                case SelectorKind.Internet or SelectorKind.Role when !rule.Capabilities.IsEmpty:
                    _file.Refuse($"cannot use app grants with {dst.Selector}", dst.Offset);
                    break;
                default:
                    CheckSelector(new TextAt(dst.Selector, dst.Offset), selector, "dst");
                    break;
            }
        }
    }

    // What is refused on the source side has a reason of its own.
    private bool MayReachSelf(AccessRule rule)
        => rule.Sources.All(src => _selectors[src.Text].Kind is var source
            && (source is SelectorKind.User or SelectorKind.UserDomain or SelectorKind.Group or SelectorKind.Member or SelectorKind.Role or SelectorKind.Self || (source == SelectorKind.Any && !rule.IsGrant)));

    private void CheckCapabilities(AccessRule rule)
    {
        foreach (var capability in rule.Capabilities)
        {
            var slash = capability.Name.IndexOf('/', StringComparison.Ordinal);
            if (slash <= 0 || slash == capability.Name.Length - 1 || capability.Name.Contains("://", StringComparison.Ordinal))
            {
                _file.Refuse("capability name must have the form {domain}/{path}", capability.Offset);
            }
            else if (capability.Name.AsSpan(0, slash).Equals("tailscale.com", StringComparison.OrdinalIgnoreCase)
                && !(capability.Name.StartsWith("tailscale.com/cap/", StringComparison.Ordinal) && TailscaleCapabilities.Contains(capability.Name["tailscale.com/cap/".Length..])))
            {
                _file.Refuse("capability name must not be in the tailscale.com domain", capability.Offset);
            }
        }
    }

    private void CheckConditions(AccessRule rule)
    {
        foreach (var via in rule.Via)
        {
            var selector = _selectors[via.Text];
            if (selector.Kind != SelectorKind.Tag)
            {
                _file.Refuse("via can only be a tag", via.Offset);
            }
            else if (!selector.IsDefined)
            {
                _file.Refuse($"tag \"{via.Text}\" not found", via.Offset);
            }
        }

        foreach (var posture in rule.Postures ?? [])
        {
            if (!_file.Postures.ContainsKey(posture.Text))
            {
                _file.NotModelled($"posture `{posture.Text}` is not defined", posture.Offset);
            }
        }
    }

    private void CheckNodeAttributes()
    {
        foreach (var entry in _file.NodeAttributes)
        {
            foreach (var target in entry.Targets)
            {
                var selector = _selectors[target.Text];
                if (selector.Kind == SelectorKind.Tag && !selector.IsDefined)
                {
                    _file.Refuse($"tag not found: \"{target.Text}\"", target.Offset);
                }
                else if (selector.Kind is SelectorKind.Self)
                {
                    _file.Refuse($"\"{target.Text}\" not valid as a target", target.Offset);
                }
                else
                {
                    CheckSelector(target, selector, "target");
                }
            }

            foreach (var pool in entry.Pools)
            {
                if (AddressRange.TryParse(pool.Text) is { } range && Array.FindIndex(Reserved, reserved => reserved.Overlaps(range)) is >= 0 and var index)
                {
                    var what = Reserved[index].Contains(range) ? "network within reserved range" : $"overlaps the reserved range {Reserved[index].Text}";
                    _file.Refuse($"IPPool({pool.Text}): {what}", pool.Offset);
                }
            }
        }
    }
}
