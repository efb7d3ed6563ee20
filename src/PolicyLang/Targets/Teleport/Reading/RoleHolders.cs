using System.Collections.Immutable;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>Finds out who holds which role, and fills in what roles take from their holders' traits.</summary>
internal sealed class RoleHolders
{
    private const string GroupsTrait = "kubernetes_groups";
    private const string UsersTrait = "kubernetes_users";
    private const string LoginsTrait = "logins";

    private readonly TeleportResources _resources;
    private readonly Dictionary<string, Holders> _holders = new(StringComparer.Ordinal);
    private readonly List<Formula> _clouds = [];
    private readonly List<TeamMapping> _mappings;
    private readonly List<RoleGrant> _grants = [];
    private readonly bool _hasOneConnector;
    private ArtefactPlace? _cloudPlace;

    private RoleHolders(TeleportResources resources)
    {
        _resources = resources;
        _mappings = [.. resources.Connectors.SelectMany(c => c.Mappings)];
        _hasOneConnector = resources.Connectors.Count <= 1;
    }

    /// <summary>The roles in somebody's hands, and for whom nothing is certain because something about their roles is not known.</summary>
    public static (List<RoleGrant> Grants, Formula Cloud, ArtefactPlace? CloudPlace) Find(TeleportResources resources)
    {
        var holders = new RoleHolders(resources);
        if (resources.Rules.HasRoles)
        {
            holders.AddMapped();
            holders.AddRequestable();
            holders.AddGrants();
        }
        else
        {
            holders.AddBuiltIn();
        }

        return (holders._grants, Formula.Any(holders._clouds), holders._cloudPlace);
    }

    private void AddCloud(Formula who, ArtefactPlace place)
    {
        _clouds.Add(who);
        _cloudPlace ??= place;
    }

    private void AddMapped()
    {
        foreach (var mapping in _mappings)
        {
            foreach (var reference in mapping.Roles)
            {
                if (HoldersOf(reference, mapping.Members, $"the team `{mapping.Organization}/{mapping.Team}`") is { } holders)
                {
                    (holders.People ??= []).Add(mapping.Members);
                    holders.Places.Add(reference.Place);
                }
            }
        }

        foreach (var bot in _resources.Bots)
        {
            foreach (var reference in bot.Roles)
            {
                if (HoldersOf(reference, bot.Is, $"the bot `{bot.Name}`") is { } holders)
                {
                    (holders.Bots ??= []).Add(bot);
                    holders.Places.Add(reference.Place);
                }
            }
        }
    }

    private Holders? HoldersOf(RoleReference reference, Formula who, string whose)
    {
        if (_resources.Find(reference) is not { } role)
        {
            _resources.Notes.Add(new ReadingProblem(ReadingProblemKind.NotModelled, $"{whose} gets the role `{reference.Name}`, which is not among the files: where it does not exist, none of them can log in", reference.Place));
            AddCloud(who, reference.Place);
            return null;
        }

        if (role.IsUndecided || role.Allow.Impersonates)
        {
            AddCloud(who, role.Place);
        }

        return HoldersOf(role);
    }

    private Holders HoldersOf(RoleModel role)
    {
        if (!_holders.TryGetValue(role.Name, out var holders))
        {
            _holders.Add(role.Name, holders = new Holders());
        }

        return holders;
    }

    // Who may ask for a role may come to have it, which nobody can tell from the files.
    private void AddRequestable()
    {
        var forAll = new List<Formula>();
        foreach (var role in _resources.Roles)
        {
            if (role.Allow.RequestableRoles.IsEmpty || !_holders.TryGetValue(role.Name, out var holders))
            {
                continue;
            }

            var who = Formula.Any([.. holders.People ?? [], .. (holders.Bots ?? []).Select(b => b.Is)]).And(Formula.Undecided);
            foreach (var pattern in role.Allow.RequestableRoles)
            {
                if (!LabelPattern.IsLiteral(pattern))
                {
                    forAll.Add(who);
                }
                else if (_resources.Find(new RoleReference(pattern, false, role.Place)) is { } asked)
                {
                    (HoldersOf(asked).Askers ??= []).Add(who);
                    if (asked.IsUndecided)
                    {
                        AddCloud(who, asked.Place);
                    }
                }
                else
                {
                    _resources.Notes.Add(new ReadingProblem(ReadingProblemKind.NotModelled, $"role `{role.Name}` lets its holders ask for the role `{pattern}`, which is not among the files", role.Place));
                    AddCloud(who, role.Place);
                }
            }
        }

        if (forAll.Count > 0)
        {
            var who = Formula.Any(forAll);
            foreach (var role in _resources.Roles)
            {
                (HoldersOf(role).Askers ??= []).Add(who);
            }

            AddCloud(who, _resources.Roles.First().Place);
        }
    }

    private void AddGrants()
    {
        foreach (var role in _resources.Roles)
        {
            if (!_holders.TryGetValue(role.Name, out var holders))
            {
                continue;
            }

            ImmutableArray<ArtefactPlace> places = [.. holders.Places];
            if (!role.Allow.HasTemplates && !role.Deny.HasTemplates)
            {
                _grants.Add(Grant(role, holders.People, holders.Bots, holders.Askers, places) with { Groups = role.Allow.Groups, Users = role.Allow.Users });
                continue;
            }

            if (holders.People is not null || holders.Askers is not null)
            {
                _grants.Add(ForPeople(Grant(role, holders.People, null, holders.Askers, places)));
            }

            foreach (var bot in holders.Bots ?? [])
            {
                _grants.Add(ForBot(Grant(role, null, [bot], null, places), bot.Traits));
            }
        }
    }

    private RoleGrant Grant(RoleModel role, List<Formula>? people, List<BotModel>? bots, List<Formula>? askers, ImmutableArray<ArtefactPlace> places)
    {
        var peopleHold = Formula.Any(people ?? []);
        var botsHold = Formula.Any((bots ?? []).Select(b => b.Is));
        var askersHold = Formula.Any(askers ?? []);
        var peopleLimited = _hasOneConnector ? peopleHold : peopleHold.And(Formula.Undecided);
        return new RoleGrant(role)
        {
            // No bot can confirm a session with a second factor.
            Who = Formula.Any([peopleHold, role.DemandsSessionMfa ? botsHold.And(Formula.Undecided) : botsHold, askersHold]),
            Limits = Formula.Any([peopleLimited, botsHold.And(Formula.Undecided), askersHold]),
            LimitedPeople = peopleLimited.Or(askersHold),
            DeniedGroups = role.Deny.Groups,
            DeniedUsers = role.Deny.Users,
            Places = places,
        };
    }

    // GitHub gives a person's traits: the login, and what the older kind of mapping says of Kubernetes.
    private RoleGrant ForPeople(RoleGrant grant)
    {
        var role = grant.Role;
        var (groups, traitGroups) = (ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<TraitNames>());
        var (users, traitUsers) = (ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<TraitNames>());
        var (ownName, isUnknown) = (false, false);
        foreach (var text in role.Allow.Groups)
        {
            isUnknown |= !AddNames(text, groups, traitGroups);
        }

        foreach (var text in role.Allow.Users)
        {
            if (Template.TraitOf(text) == LoginsTrait && _resources.Rules.LoginTraitIsOwnName)
            {
                ownName = true;
            }
            else
            {
                isUnknown |= !AddNames(text, users, traitUsers);
            }
        }

        return Checked(grant with
        {
            Groups = groups.ToImmutable(),
            TraitGroups = traitGroups.ToImmutable(),
            Users = users.ToImmutable(),
            TraitUsers = traitUsers.ToImmutable(),
            GivesOwnName = ownName,
            GivesUnknownNames = isUnknown,
        });
    }

    private bool AddNames(string text, ImmutableArray<string>.Builder names, ImmutableArray<TraitNames>.Builder traitNames)
    {
        if (!Template.IsTemplate(text))
        {
            names.Add(text);
            return true;
        }

        var trait = Template.TraitOf(text);
        if (trait is not (GroupsTrait or UsersTrait))
        {
            return false;
        }

        foreach (var mapping in _mappings)
        {
            var given = trait == GroupsTrait ? mapping.Groups : mapping.Users;
            if (!given.IsEmpty)
            {
                traitNames.Add(new TraitNames(mapping.Members, [.. given.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]));
            }
        }

        return true;
    }

    private RoleGrant ForBot(RoleGrant grant, ImmutableSortedDictionary<string, ImmutableArray<string>> traits)
    {
        var isUnknown = false;
        return Checked(grant with
        {
            Labels = Fill(grant.Labels),
            DenyLabels = Fill(grant.DenyLabels),
            Groups = FillAll(grant.Role.Allow.Groups),
            Users = FillAll(grant.Role.Allow.Users),
            GivesUnknownNames = isUnknown,
        });

        // A trait that is missing gives no name.
        ImmutableArray<string> FillAll(ImmutableArray<string> texts)
        {
            var names = new SortedSet<string>(StringComparer.Ordinal);
            foreach (var text in texts)
            {
                if (!Template.IsTemplate(text))
                {
                    names.Add(text);
                }
                else if (Template.TraitOf(text) is { } trait && (trait != LoginsTrait || traits.ContainsKey(trait)))
                {
                    names.UnionWith(traits.GetValueOrDefault(trait, []));
                }
                else
                {
                    isUnknown = true;
                }
            }

            return [.. names];
        }

        // What is filled in is then taken for a pattern; a trait that is missing leaves an empty text.
        LabelSelector Fill(LabelSelector selector) => !selector.HasTemplates ? selector : new LabelSelector(
        [
            .. selector.Entries.Select(entry => entry with
            {
                Values = [.. entry.Values.SelectMany(v => Template.TraitOf(v) is { } trait && trait != LoginsTrait ? traits.GetValueOrDefault(trait, [""]) : [v])],
            }),
        ]);
    }

    private RoleGrant Checked(RoleGrant grant)
    {
        var role = grant.Role;
        if (grant.GivesUnknownNames || grant.Labels.HasTemplates || grant.DenyLabels.HasTemplates)
        {
            _resources.Notes.Add(new ReadingProblem(ReadingProblemKind.NotModelled, $"role `{role.Name}` is filled in from traits that are not known", role.Place));
        }

        // What is denied by a template may be anything.
        if (role.Deny.Groups.Any(Template.IsTemplate) || role.Deny.Users.Any(Template.IsTemplate))
        {
            _resources.Notes.Add(new ReadingProblem(ReadingProblemKind.NotModelled, $"role `{role.Name}` denies names that are filled in from traits", role.Place));
            AddCloud(grant.Who, role.Place);
        }

        return grant;
    }

    // Before there were roles, everybody held `admin`: all clusters, and the groups of the connector.
    private void AddBuiltIn()
    {
        foreach (var mapping in _mappings)
        {
            var role = new RoleModel("admin", 3, mapping.Place) { Allow = RoleConditions.Empty with { Labels = LabelSelector.Everything } };
            _grants.Add(Grant(role, [mapping.Members], null, null, [mapping.Place]) with
            {
                Groups = [.. mapping.Groups.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                Users = [.. mapping.Users.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            });
        }
    }

    private sealed class Holders
    {
        public List<Formula>? People;
        public List<BotModel>? Bots;
        public List<Formula>? Askers;
        public List<ArtefactPlace> Places = [];
    }
}
