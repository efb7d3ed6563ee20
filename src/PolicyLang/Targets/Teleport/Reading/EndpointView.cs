using System.Collections.Immutable;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>
/// What the roles say of one endpoint: deny comes first, then any role that selects the cluster opens it, any such role that asks for a trusted device gets its way, and
/// the groups of all such roles add up (Teleport, <c>lib/services/role.go</c> and <c>lib/kube/proxy/forwarder.go</c>).
/// </summary>
internal sealed class EndpointView
{
    private static readonly Formula s_device = Formula.Of(new Atom(AtomKind.Posture, "teleport", "device-trust"));

    private readonly TeleportRules _rules;
    private readonly List<RoleMatch> _matches;
    private readonly List<RoleMatch> _sources;
    private readonly List<(RoleGrant Grant, Truth Cluster, Truth Names)> _denials = [];

    public EndpointView(TeleportRules rules, RoleIndex index, List<RoleGrant> all, List<RoleGrant> denying, TeleportEndpoint endpoint)
    {
        _rules = rules;
        _matches = index.Find(endpoint);
        foreach (var grant in denying)
        {
            var (cluster, names) = RoleIndex.MatchDenial(grant, endpoint);
            if (names != Truth.False)
            {
                _denials.Add((grant, cluster, names));
            }
        }

        _sources = _matches;
        if (rules.GroupsHeedLabels != Truth.True)
        {
            // Older servers take the groups of all roles, whatever the labels.
            var matched = new Dictionary<object, Truth>(ReferenceEqualityComparer.Instance);
            foreach (var (grant, truth) in _matches)
            {
                matched[grant] = truth;
            }

            _sources = [.. all.Select(g => new RoleMatch(g, rules.GroupsHeedLabels.Not().Or(matched.GetValueOrDefault(g))))];
        }
    }

    public ReadGate Gate()
    {
        var opens = _rules.GroupsHeedLabels == Truth.True
            ? Formula.Any(_matches.Select(m => HoldersOf(m).And(HasName(m))))
            : Formula.Any(_matches.Select(HoldersOf)).And(Formula.Any(_sources.Select(m => HoldersOf(m).And(HasName(m)))));
        if (opens is ConstantFormula { Truth: Truth.False })
        {
            return ReadGate.Closed;
        }

        var denied = Formula.Any(_denials.Select(d => Formula.Of(d.Cluster).And(d.Grant.Limits)));
        var mustAsk = Formula.Any(_matches.Where(m => m.Grant.Role.DemandsRequest).Select(m => m.Grant.Limits));
        var formula = Formula.All([opens, denied.Not(), DeviceHolds(), mustAsk.Not().Or(Formula.Undecided), OneUser()]);
        var places = new List<ArtefactPlace>();
        foreach (var (grant, _) in _matches)
        {
            places.Add(grant.Role.Place);
            places.AddRange(grant.Places);
        }

        places.AddRange(_denials.Select(d => d.Grant.Role.Place));
        places.Sort(ArtefactPlace.Compare);
        return new ReadGate(formula, [.. places.Distinct()])
        {
            Openings = _matches.SelectMany(match => match.Grant.Places.Prepend(match.Grant.Role.Place).Select(place => (HoldersOf(match), place))),
        };
    }

    /// <summary>Whether a request passes for somebody who got through, and which groups go with it: those of the roles that select the cluster and let the request pass.</summary>
    public (Truth Allowed, ImmutableSortedSet<string> Groups) Request(KubernetesRequest request, Func<Atom, Truth> world)
    {
        var allowed = Truth.False;
        var groups = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var match in _matches)
        {
            if (match.Grant.Role.Filter.Allows(request))
            {
                var holds = HoldersOf(match).Evaluate(world);
                allowed = allowed.Or(holds);
                if (holds != Truth.False)
                {
                    groups.UnionWith(match.Grant.Groups);
                }
            }
        }

        return (allowed, groups.ToImmutable());
    }

    public ImmutableArray<ReadIdentity> Identities()
    {
        var identities = ImmutableArray.CreateBuilder<ReadIdentity>(_sources.Count);
        var shared = SharedUser();
        foreach (var match in _sources)
        {
            AddGroups(match, shared, identities);
        }

        if (shared is null)
        {
            AddUsers(identities);
        }

        return identities.DrainToImmutable();
    }

    // A role's own demand holds for those whom it is all they show, too.
    private static Formula HoldersOf(RoleMatch match)
    {
        var who = match.Truth == Truth.True ? match.Grant.Who : Formula.Of(match.Truth).And(match.Grant.Who);
        return match.Grant.Role.Device == DeviceDemand.Everybody ? who.And(s_device) : who;
    }

    // Whom the names of a role reach, for those who get through.
    private Formula ReceiversOf(RoleMatch match)
    {
        var who = HoldersOf(match);
        if (!match.Grant.Role.PassesEverything || match.Grant.Role.IsUndecided)
        {
            who = who.And(Formula.Undecided);
        }

        foreach (var (grant, _, names) in _denials)
        {
            if (!grant.Role.Deny.Resources.IsEmpty)
            {
                who = who.And(Formula.Of(names).And(grant.Limits).Not().Or(Formula.Undecided));
            }
        }

        return who;
    }

    private Formula DeviceHolds()
    {
        var everybody = new List<Formula>();
        var perhaps = new List<Formula>();
        foreach (var (grant, truth) in _matches)
        {
            switch (grant.Role.Device)
            {
                case DeviceDemand.Everybody:
                    everybody.Add(Formula.Of(truth).And(grant.Limits));
                    break;
                case DeviceDemand.Humans:
                    everybody.Add(Formula.Of(truth).And(grant.LimitedPeople));
                    break;
                case DeviceDemand.PerhapsEverybody:
                    perhaps.Add(Formula.Of(truth).And(grant.Limits));
                    break;
                default:
                    break;
            }
        }

        return Formula.Any(everybody).Not().Or(s_device).And(Formula.Any([Formula.Any(perhaps).Not(), s_device, Formula.Undecided]));
    }

    // Whether a role gives a group or a user at all: who has neither is refused.
    private Formula HasName(RoleMatch match)
    {
        var grant = match.Grant;
        if (grant.GivesOwnName)
        {
            return Formula.Always;
        }

        var parts = new List<Formula>();
        AddNames(grant.Groups, isUser: false, Formula.Always);
        AddNames(grant.Users, isUser: true, Formula.Always);
        foreach (var (who, names) in grant.TraitGroups)
        {
            AddNames(names, isUser: false, who);
        }

        foreach (var (who, names) in grant.TraitUsers)
        {
            AddNames(names, isUser: true, who);
        }

        if (grant.GivesUnknownNames)
        {
            parts.Add(Formula.Undecided);
        }

        return Formula.Any(parts);

        void AddNames(ImmutableArray<string> names, bool isUser, Formula who)
        {
            foreach (var name in names)
            {
                parts.Add(who.And(Denied(name, isUser).Not()));
                if (_denials.Count == 0)
                {
                    return;
                }
            }
        }
    }

    private Formula Denied(string name, bool isUser)
    {
        if (_denials.Count == 0)
        {
            return Formula.Never;
        }

        // Names are compared as they stand: `*` is a name like any other.
        return Formula.Any(_denials.Where(d => (isUser ? d.Grant.DeniedUsers : d.Grant.DeniedGroups).Contains(name)).Select(d => Formula.Of(d.Names).And(d.Grant.Limits)));
    }

    // The user that every role gives, or each caller's own name where none gives any; nothing where they differ.
    private ReadUser? SharedUser()
    {
        if (_sources.Count == 0)
        {
            return null;
        }

        var first = _sources[0].Grant;
        if (!first.GivesUsers)
        {
            return _sources.TrueForAll(s => !s.Grant.GivesUsers && !s.Grant.GivesUnknownNames && s.Grant.DeniedUsers.IsEmpty) ? new ReadUser(null) : null;
        }

        return first is { Users: [var user], GivesUnknownNames: false } && user != "*" && !_denials.Exists(d => !d.Grant.DeniedUsers.IsEmpty)
            && _sources.TrueForAll(s => s.Grant is { Users: [var other], TraitUsers.IsEmpty: true, GivesOwnName: false, GivesUnknownNames: false } && other == user)
            ? new ReadUser(user)
            : null;
    }

    private void AddGroups(RoleMatch match, ReadUser? shared, ImmutableArray<ReadIdentity>.Builder identities)
    {
        var grant = match.Grant;
        var who = ReceiversOf(match);
        if (who is ConstantFormula { Truth: Truth.False })
        {
            return;
        }

        Add(who, grant.Groups);
        foreach (var (receivers, names) in grant.TraitGroups)
        {
            Add(who.And(receivers), names);
        }

        if (grant.GivesUnknownNames)
        {
            identities.Add(new ReadIdentity(who.And(Formula.Undecided), null, [], grant.Role.Place));
        }

        void Add(Formula receivers, ImmutableArray<string> names)
        {
            var free = names;
            foreach (var name in _denials.Count == 0 ? [] : names)
            {
                var denied = Denied(name, isUser: false);
                if (denied is not ConstantFormula { Truth: Truth.False })
                {
                    free = free.Remove(name, StringComparer.Ordinal);
                    AddIdentity(receivers.And(denied.Not()), [name]);
                }
            }

            if (!free.IsEmpty || (names.IsEmpty && shared?.Name is not null))
            {
                AddIdentity(receivers, free);
            }
        }

        void AddIdentity(Formula receivers, ImmutableArray<string> names) => identities.Add(new ReadIdentity(receivers, shared, names, grant.Role.Place));
    }

    // Who gets which users from which roles; the key stands for the caller's own name where it is empty.
    private SortedDictionary<string, List<(Formula Who, ArtefactPlace Place)>> UsersByName()
    {
        var users = new SortedDictionary<string, List<(Formula Who, ArtefactPlace Place)>>(StringComparer.Ordinal);
        foreach (var match in _sources)
        {
            var grant = match.Grant;
            if (!grant.GivesUsers)
            {
                continue;
            }

            var who = ReceiversOf(match);
            foreach (var name in grant.Users)
            {
                Add(name, who, grant);
            }

            foreach (var (receivers, names) in grant.TraitUsers)
            {
                foreach (var name in names)
                {
                    Add(name, who.And(receivers), grant);
                }
            }

            if (grant.GivesOwnName)
            {
                Add("", who, grant);
            }
        }

        return users;

        void Add(string name, Formula who, RoleGrant grant)
        {
            // A wildcard among users is a name to some servers and everybody to others.
            var receives = All(who, Denied(name, isUser: true).Not(), name == "*" ? Formula.Undecided : Formula.Always);
            if (!users.TryGetValue(name, out var list))
            {
                users.Add(name, list = []);
            }

            list.Add((receives, grant.Role.Place));
        }

        static Formula All(params ReadOnlySpan<Formula> parts) => Formula.All([.. parts]);
    }

    // With several users the proxy refuses a request that does not choose one, and people can choose (`kubectl --as`).
    private Formula OneUser()
    {
        if (SharedUser() is not null)
        {
            return Formula.Always;
        }

        var users = UsersByName();
        if (users.Count < 2)
        {
            return Formula.Always;
        }

        var seen = Formula.Never;
        var several = new List<Formula>();
        foreach (var receivers in users.Values)
        {
            var who = Formula.Any(receivers.Select(r => r.Who));
            several.Add(who.And(seen));
            seen = seen.Or(who);
        }

        return Formula.Any(several).Not().Or(Formula.Undecided);
    }

    private void AddUsers(ImmutableArray<ReadIdentity>.Builder identities)
    {
        const int ManyUsers = 16;
        var users = UsersByName();
        var all = users.ToDictionary(u => u.Key, u => Formula.Any(u.Value.Select(v => v.Who)), StringComparer.Ordinal);
        foreach (var (name, receivers) in users)
        {
            var others = users.Count > ManyUsers ? Formula.Undecided : Formula.Any(all.Where(a => a.Key != name).Select(a => a.Value));
            identities.Add(new ReadIdentity(all[name].And(others.Not().Or(Formula.Undecided)), new ReadUser(name.Length == 0 ? null : name), [], receivers[0].Place));
        }

        // Who is given no user comes by the own name.
        var without = Formula.Any(_sources.Select(ReceiversOf)).And(Formula.Any(all.Values).Not());
        if (without is not ConstantFormula { Truth: Truth.False })
        {
            identities.Add(new ReadIdentity(without, new ReadUser(null), [], _sources[0].Grant.Role.Place));
        }
    }
}
