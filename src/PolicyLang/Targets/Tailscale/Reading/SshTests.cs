namespace PolicyLang.Targets.Tailscale.Reading;

/// <summary>The tests of Tailscale SSH that a policy file brings along (tests/Oracle/tailscale/sshtests.json).</summary>
internal static class SshTests
{
    /// <summary>Whether all tests pass; without devices, whether none fails by its shape alone.</summary>
    public static bool Pass(TailnetFile file, Selectors selectors, TailnetTopology? topology, out int failed)
    {
        foreach (var test in file.SshTests)
        {
            failed = test.Offset;
            foreach (var dst in test.Destinations)
            {
                var selector = selectors[dst.Text];
                if (selector.Range is { IsSingle: false } || selector.Kind == SelectorKind.Internet || selector.Kind == SelectorKind.Unknown)
                {
                    file.Refuse($"SSH tests dst contains disallowed element \"{dst.Text}\"", dst.Offset);
                    return true;
                }
            }

            if (test.Source is not { } source || test.Accept.Concat(test.Check).Concat(test.Deny).Any(user => user.Text.Length == 0) || (topology is not null && !Passes(test, selectors[source.Text])))
            {
                return false;
            }
        }

        failed = 0;
        return true;

        bool Passes(SshTest test, Selector source)
        {
            var from = NodesOf(source);
            var to = test.Destinations.SelectMany(dst => NodesOf(selectors[dst.Text])).ToArray();
            return from.Length > 0 && to.Length > 0 && from.All(f => to.All(t =>
                test.Accept.All(user => Allows(f, t, user.Text, "accept"))
                && test.Check.All(user => Allows(f, t, user.Text, "check"))
                && test.Deny.All(user => !Allows(f, t, user.Text, "accept") && !Allows(f, t, user.Text, "check"))));
        }

        // A destination that is an address of IP version 6 fails, as recorded.
        TailnetNode[] NodesOf(Selector selector) => selector.Range is { } range
            ? range.IsV6 ? [] : [.. topology!.Nodes.Where(n => n.Addresses.Any(range.Contains))]
            : [.. topology!.Nodes.Where(n => n.IsSelectedBy(selector, file))];

        bool Allows(TailnetNode from, TailnetNode to, string user, string action) => file.Ssh.Any(rule =>
            string.Equals(rule.Action.Text.Trim(), action, StringComparison.Ordinal)
            && rule.Sources.Any(src => from.IsSelectedBy(selectors[src.Text.Trim()], file))
            && rule.Destinations.Any(dst => selectors[dst.Text.Trim()] is var selector && (selector.Kind == SelectorKind.Self
                ? to.User is not null && string.Equals(to.User, from.User, StringComparison.Ordinal)
                : to.IsSelectedBy(selector, file) || (selector.Range is { } range && to.Addresses.Any(range.Contains))))
            && rule.Users.Any(allowed => IsUser(allowed.Text, user, from)));
    }

    private static bool IsUser(string allowed, string user, TailnetNode from)
    {
        if (allowed.StartsWith("localpart:*@", StringComparison.Ordinal))
        {
            return from.User is not null && string.Equals(from.User, $"{user}@{allowed["localpart:*@".Length..]}", StringComparison.Ordinal);
        }

        return string.Equals(allowed, "autogroup:nonroot", StringComparison.Ordinal)
            ? !string.Equals(user, "root", StringComparison.Ordinal)
            : string.Equals(allowed, user, StringComparison.Ordinal);
    }
}
