using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Teleport;

/// <summary>Turns the links of one path into what its Teleport is told, and reports what it cannot be told.</summary>
internal sealed class TeleportPlanner(TeleportInstance instance, SubjectOverlaps overlaps, DiagnosticBag diagnostics)
{
    private readonly TeleportCapabilities _capabilities = instance.Capabilities;
    private readonly GitHubTeams _teams = new(instance.Path, diagnostics);
    private readonly DeviceTrustSeparation _deviceTrust = new(instance.Path, overlaps, diagnostics);
    private readonly SharedGroups _sharedGroups = new(instance, diagnostics);
    private readonly List<PlanBuilder> _plans = [];
    private readonly HashSet<string> _unsupportedBots = new(StringComparer.Ordinal);
    private (AgentLabel Label, Cluster Cluster)? _firstLabel;

    /// <summary>Adds a cluster and its links.</summary>
    public void Add(ClusterAccess access)
    {
        var cluster = access.Cluster;
        var block = cluster.Paths[instance.Path.Name];
        TeleportCluster.Check(instance, cluster, block, diagnostics);
        AgentLabel? label = null;
        if (!_capabilities.HasOneClusterEach)
        {
            label = TeleportCluster.ReadLabel(instance, cluster, block, new DiagnosticBag()); // said by Check
            CheckKey(label, cluster);
        }

        if (_plans.Count == 0 || _capabilities.HasOneClusterEach)
        {
            _plans.Add(_capabilities.HasOneClusterEach
                ? new PlanBuilder(instance.Folder + cluster.Name + "/", instance.ConnectorOf(cluster))
                : new PlanBuilder(instance.Folder, instance.Connector));
        }

        if (!cluster.IsRetired)
        {
            _sharedGroups.AddCluster();
        }

        foreach (var link in access.Identities)
        {
            if (link.Path.Equals(instance.Path) && !link.IsEmptied)
            {
                Add(link, label, _plans[^1]);
            }
        }

        _deviceTrust.CheckCluster(cluster);
    }

    /// <summary>Ends the work.</summary>
    public ImmutableArray<TeleportPlan> Finish()
    {
        _sharedGroups.Check();
        return [.. _plans.Select(plan => plan.Build(_capabilities.HasRoles ? [] : instance.Logins))];
    }

    // One key means one value on each agent, so an agent can carry the label of at most one cluster.
    private void CheckKey(AgentLabel? label, Cluster cluster)
    {
        if (label is null)
        {
            return;
        }

        _firstLabel ??= (label, cluster);
        var (first, firstCluster) = _firstLabel.Value;
        if (!string.Equals(first.Key, label.Key, StringComparison.Ordinal))
        {
            diagnostics.Report(
                TeleportDiagnostics.LabelKey,
                cluster.Paths[instance.Path.Name].LocationOf(TeleportSettings.Label) ?? cluster.Location,
                $"cluster `{cluster.Name}` is labelled by `{label.Key}` and cluster `{firstCluster.Name}` by `{first.Key}`, so that one agent could carry both labels",
                "take one key for all clusters of the path, such as `policyc-cluster`");
        }
    }

    private void Add(IdentityLink link, AgentLabel? label, PlanBuilder plan)
    {
        var location = link.Rules.IsEmpty ? link.Subject.Location : link.Rules[0].Location;
        if (TeleportPosture.DemandsTrustedDevice(instance, link.Condition, location, diagnostics) is not { } demandsDevice)
        {
            return;
        }

        if (demandsDevice && link.Principals.Any(principal => principal.Kind == PrincipalKind.Machine))
        {
            diagnostics.Report(
                TeleportDiagnostics.Posture,
                location,
                $"`{link.Subject.Name}` is a bot on path `{instance.Path.Name}`, and no bot runs on a trusted device: the rule would give it nothing",
                "take the machine out of the rule, or leave the condition out of the machine's own rule");
            return;
        }

        _deviceTrust.Add(link, demandsDevice);
        _sharedGroups.Add(link);
        if (!_capabilities.HasRoles)
        {
            foreach (var principal in link.Principals)
            {
                if (TeamOf(principal, link, location) is { } team)
                {
                    plan.AddGroups(team, link.KubernetesGroups);
                }
            }

            return;
        }

        // No bot can confirm a session, and its roles are its own.
        var isMachine = link.Subject.Kind == SubjectKind.Machine;
        var role = new TeleportRole(TeleportNames.Role(link.Cluster, link.Subject, link.Condition), label, link.KubernetesGroups, demandsDevice, instance.RequiresSessionMfa && !isMachine);
        plan.AddRole(role);
        foreach (var principal in link.Principals)
        {
            if (principal.Kind == PrincipalKind.Machine)
            {
                if (BotOf(principal) is { } bot)
                {
                    plan.AddBotRole(bot, role.Name);
                }
            }
            else if (TeamOf(principal, link, location) is { } team)
            {
                plan.AddTeamRole(team, role.Name);
            }
        }
    }

    private GitHubTeam? TeamOf(NativePrincipal principal, IdentityLink link, SourceLocation location)
    {
        switch (principal.Kind)
        {
            case PrincipalKind.Group:
                return _teams.Read(principal);
            case PrincipalKind.Machine:
                BotOf(principal);
                return null;
            default:
                diagnostics.Report(
                    TeleportDiagnostics.Principal,
                    location,
                    $"path `{instance.Path.Name}` cannot map the single person `{principal.Value}` of `{link.Subject.Name}`: a GitHub connector knows only teams",
                    "give a group with a GitHub team, or leave the path out of the rule");
                return null;
        }
    }

    private string? BotOf(NativePrincipal principal)
    {
        if (!_capabilities.HasBots)
        {
            if (_unsupportedBots.Add(principal.Value))
            {
                diagnostics.Report(
                    TeleportDiagnostics.Unsupported,
                    principal.Location,
                    $"{_capabilities} takes no bot as a resource, so path `{instance.Path.Name}` cannot give `{principal.Origin.Name}` its roles",
                    _capabilities.Form == TeleportForm.Operator ? "the operator manages bots since 17.4.3" : "bots are resources since Teleport 15");
            }

            return null;
        }

        var name = TeleportNames.BotName(principal.Value);
        if (name is null || (_capabilities.Form == TeleportForm.Operator && !TeleportNames.IsDnsSubdomain(name)))
        {
            diagnostics.Report(
                TeleportDiagnostics.Bot,
                principal.Location,
                name is null ? $"`{principal.Value}` is no bot's user name" : $"the bot `{name}` cannot be a custom resource, whose names are in lower case without `_`",
                name is null ? "a bot `deployer` has the Teleport user `bot-deployer`; give the user's name" : "rename the bot, or use `form: tctl`");
            return null;
        }

        return name;
    }

    private sealed class PlanBuilder(string folder, ConnectorSettings connector)
    {
        private readonly List<TeleportRole> _roles = [];
        private readonly Dictionary<string, List<string>> _bots = new(StringComparer.Ordinal);
        private readonly Dictionary<GitHubTeam, List<string>> _teams = [];
        private readonly Dictionary<GitHubTeam, SortedSet<string>> _groups = [];

        public void AddRole(TeleportRole role) => _roles.Add(role);

        public void AddBotRole(string bot, string role) => Append(_bots, bot, role);

        public void AddTeamRole(GitHubTeam team, string role) => Append(_teams, team, role);

        public void AddGroups(GitHubTeam team, ImmutableArray<string> groups)
        {
            if (!_groups.TryGetValue(team, out var known))
            {
                _groups.Add(team, known = new SortedSet<string>(StringComparer.Ordinal));
            }

            known.UnionWith(groups);
        }

        public TeleportPlan Build(ImmutableArray<string> logins) => new(
            folder,
            connector,
            [.. _roles.OrderBy(r => r.Name, StringComparer.Ordinal)],
            [.. _bots.OrderBy(b => b.Key, StringComparer.Ordinal).Select(b => new TeleportBot(b.Key, Sorted(b.Value)))],
            [
                .. _teams.Select(t => new TeleportTeam(t.Key, Sorted(t.Value), []))
                    .Concat(_groups.Select(g => new TeleportTeam(g.Key, logins, [.. g.Value])))
                    .OrderBy(t => t.Team.Organization, StringComparer.Ordinal)
                    .ThenBy(t => t.Team.Team, StringComparer.Ordinal),
            ]);

        private static ImmutableArray<string> Sorted(List<string> names) => [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

        private static void Append<TKey>(Dictionary<TKey, List<string>> lists, TKey key, string value)
            where TKey : notnull
        {
            if (!lists.TryGetValue(key, out var list))
            {
                lists.Add(key, list = []);
            }

            list.Add(value);
        }
    }
}
