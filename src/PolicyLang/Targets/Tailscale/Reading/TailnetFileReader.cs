using PolicyLang.Reading;

namespace PolicyLang.Targets.Tailscale.Reading;

/// <summary>Reads a policy file (https://tailscale.com/docs/reference/syntax/policy-file); consumes every key.</summary>
internal static class TailnetFileReader
{
    private static readonly string[] Sections =
    [
        "groups", "tagOwners", "hosts", "ipsets", "postures", "defaultSrcPosture", "grants", "acls", "ssh", "nodeAttrs", "autoApprovers", "tests", "sshTests",
        "attrConfig", "derpMap", "disableIPv4", "OneCGNATRoute", "randomizeClientPort",
    ];

    private static readonly int FirstSetting = Array.IndexOf(Sections, "attrConfig");

    /// <summary>Reads a file. A text that is no HuJSON gives a file that is unclear as a whole.</summary>
    public static TailnetFile Read(Artefact artefact)
    {
        var file = new TailnetFile(new PolicyText(artefact));
        try
        {
            Read(file, PolicyTextParser.Parse(artefact.Content.Span));
        }
        catch (PolicyTextException exception)
        {
            file.Refuse(exception.Message, exception.Offset);
            file.IsUnclear = true;
        }

        return file;
    }

    /// <summary>Reads a file whose text was parsed before.</summary>
    /// <param name="artefact">The text, for the places of problems.</param>
    /// <param name="root">What it holds.</param>
    public static TailnetFile Read(Artefact artefact, PolicyNode root)
    {
        var file = new TailnetFile(new PolicyText(artefact));
        Read(file, root);
        return file;
    }

    private static void Read(TailnetFile file, PolicyNode root)
    {
        var fields = PolicyFields.Read(file, root, "the policy file", Sections);
        var isUnclear = fields.IsUnclear;
        ReadLists(file, fields[0], "groups", file.Groups, ref isUnclear);
        ReadLists(file, fields[1], "tagOwners", file.TagOwners, ref isUnclear);
        ReadHosts(file, fields[2], ref isUnclear);
        ReadLists(file, fields[3], "ipsets", file.IpSets, ref isUnclear);
        ReadLists(file, fields[4], "postures", file.Postures, ref isUnclear);
        file.DefaultPostures = fields.Texts(5, "`defaultSrcPosture`", ref isUnclear);
        foreach (var (section, name) in new[] { (6, "grants"), (7, "acls") })
        {
            if (fields[section] is not { } rules)
            {
                continue;
            }

            if (rules.IsNull)
            {
                file.NotModelled($"`{name}` is null, which may count as absent and then allow everything", rules.Offset);
                isUnclear = true;
            }

            file.HasRules = true;
            foreach (var item in ItemsOf(file, rules, name, ref isUnclear))
            {
                file.Rules.Add(section == 6 ? AccessRuleReader.ReadGrant(file, item) : AccessRuleReader.ReadAcl(file, item));
            }
        }

        foreach (var item in ItemsOf(file, fields[8], "ssh", ref isUnclear))
        {
            file.Ssh.Add(ReadSsh(file, item));
        }

        foreach (var item in ItemsOf(file, fields[9], "nodeAttrs", ref isUnclear))
        {
            var attributes = PolicyFields.Read(file, item, "an entry of `nodeAttrs`", ["target", "attr", "ipPool", "app"]);
            var ignored = false;
            var names = attributes.Texts(1, "`attr`", ref ignored);
            names = attributes[3] is { Kind: PolicyNodeKind.Object } app ? names.AddRange(app.Members.Select(m => new TextAt(m.Key, m.Offset))) : names;
            file.NodeAttributes.Add(new NodeAttribute(item.Offset, attributes.Texts(0, "`target`", ref ignored), names, attributes.Texts(2, "`ipPool`", ref ignored)));
        }

        ReadApprovals(file, fields[10]);
        foreach (var item in ItemsOf(file, fields[11], "tests", ref isUnclear))
        {
            var test = PolicyFields.Read(file, item, "a test", ["src|user", "srcPostureAttrs", "proto", "accept|allow", "deny"]);
            var ignored = false;
            file.Tests.Add(new ReachTest(item.Offset, test.Text(0, "`src`", ref ignored), test.Text(2, "`proto`", ref ignored), test.Texts(3, "`accept`", ref ignored), test.Texts(4, "`deny`", ref ignored)));
        }

        foreach (var item in ItemsOf(file, fields[12], "sshTests", ref isUnclear))
        {
            var test = PolicyFields.Read(file, item, "an entry of `sshTests`", ["src", "srcPostureAttrs", "dst", "accept", "check", "deny"]);
            var ignored = false;
            file.SshTests.Add(new SshTest(
                item.Offset,
                test.Text(0, "`src`", ref ignored),
                test.Texts(2, "`dst`", ref ignored),
                test.Texts(3, "`accept`", ref ignored),
                test.Texts(4, "`check`", ref ignored),
                test.Texts(5, "`deny`", ref ignored)));
        }

        for (var i = FirstSetting; i < Sections.Length; i++)
        {
            if (fields[i] is { IsNull: false } setting)
            {
                file.Settings.Add(new TextAt(Sections[i], setting.Offset));
            }
        }

        file.IsUnclear |= isUnclear;
    }

    private static PolicyNode[] ItemsOf(TailnetFile file, PolicyNode? node, string section, ref bool isUnclear)
    {
        if (node is not null && node.Kind is not (PolicyNodeKind.List or PolicyNodeKind.Null))
        {
            file.NotModelled($"`{section}` is no list", node.Offset);
            isUnclear = true;
        }

        return node?.Items ?? [];
    }

    private static PolicyMember[] MembersOf(TailnetFile file, PolicyNode? node, string section, ref bool isUnclear)
    {
        if (node is not null && node.Kind is not (PolicyNodeKind.Object or PolicyNodeKind.Null))
        {
            file.NotModelled($"`{section}` is no object", node.Offset);
            isUnclear = true;
        }

        return node?.Members ?? [];
    }

    // A name that stands twice is unclear, whatever else it says.
    private static void ReadLists(TailnetFile file, PolicyNode? node, string section, Dictionary<string, NamedList> lists, ref bool isUnclear)
    {
        foreach (var member in MembersOf(file, node, section, ref isUnclear))
        {
            var isEntryUnclear = false;
            var items = PolicyFields.Texts(file, member.Value, $"`{member.Key}`", ref isEntryUnclear);
            if (lists.TryGetValue(member.Key, out var earlier))
            {
                file.Refuse($"key `{member.Key}` stands twice in `{section}`", member.Offset);
                items = earlier.Items;
                isEntryUnclear = true;
            }

            lists[member.Key] = new NamedList(member.Key, member.Offset, items, isEntryUnclear);
        }
    }

    private static void ReadHosts(TailnetFile file, PolicyNode? node, ref bool isUnclear)
    {
        foreach (var member in MembersOf(file, node, "hosts", ref isUnclear))
        {
            if (file.Hosts.ContainsKey(member.Key))
            {
                file.Refuse($"key `{member.Key}` stands twice in `hosts`", member.Offset);
                file.Hosts[member.Key] = new TextAt("", member.Offset);
            }
            else if (member.Value.Kind != PolicyNodeKind.Text)
            {
                file.NotModelled($"host `{member.Key}` is no address", member.Value.Offset);
                file.Hosts[member.Key] = new TextAt("", member.Offset);
            }
            else
            {
                file.Hosts[member.Key] = new TextAt(member.Value.Text, member.Value.Offset);
            }
        }
    }

    private static SshRule ReadSsh(TailnetFile file, PolicyNode node)
    {
        var fields = PolicyFields.Read(file, node, "a rule of `ssh`", ["action", "src", "dst", "users", "checkPeriod", "acceptEnv", "srcPosture", "recorder", "enforceRecorder"]);
        var ignored = false;
        fields.Texts(6, "`srcPosture`", ref ignored);
        fields.Texts(7, "`recorder`", ref ignored);
        return new SshRule(
            node.Offset,
            fields.Text(0, "`action`", ref ignored) ?? new TextAt("", node.Offset),
            fields.Texts(1, "`src`", ref ignored),
            fields.Texts(2, "`dst`", ref ignored),
            fields.Texts(3, "`users`", ref ignored),
            fields.Text(4, "`checkPeriod`", ref ignored),
            fields.Texts(5, "`acceptEnv`", ref ignored));
    }

    private static void ReadApprovals(TailnetFile file, PolicyNode? node)
    {
        if (node is not { IsNull: false })
        {
            return;
        }

        var fields = PolicyFields.Read(file, node, "`autoApprovers`", ["routes", "exitNode", "services"]);
        var ignored = false;
        foreach (var (key, section) in new[] { (0, "routes"), (2, "services") })
        {
            foreach (var member in MembersOf(file, fields[key], section, ref ignored))
            {
                file.Approvals.Add(new NamedList($"{(key == 0 ? "route" : "service")} {member.Key}", member.Offset, PolicyFields.Texts(file, member.Value, $"`{member.Key}`", ref ignored), false));
            }
        }

        if (fields[1] is { } exitNode)
        {
            file.Approvals.Add(new NamedList("exit nodes", exitNode.Offset, PolicyFields.Texts(file, exitNode, "`exitNode`", ref ignored), false));
        }
    }
}
