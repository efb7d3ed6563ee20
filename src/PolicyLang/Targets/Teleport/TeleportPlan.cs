using System.Collections.Immutable;

namespace PolicyLang.Targets.Teleport;

/// <summary>What one set of files says: everything for one Teleport.</summary>
/// <param name="Folder">The folder, ending in a slash.</param>
/// <param name="Connector">The connector.</param>
/// <param name="Roles">The roles, by name.</param>
/// <param name="Bots">The bots, by name.</param>
/// <param name="Teams">The connector's rows, by organization and team.</param>
internal sealed record TeleportPlan(
    string Folder,
    ConnectorSettings Connector,
    ImmutableArray<TeleportRole> Roles,
    ImmutableArray<TeleportBot> Bots,
    ImmutableArray<TeleportTeam> Teams);

/// <summary>A role: the Kubernetes groups of one subject in one cluster under one condition.</summary>
/// <param name="Name">The name.</param>
/// <param name="Label">The label of the only cluster it holds for; absent where the Teleport has one cluster.</param>
/// <param name="KubernetesGroups">The groups, sorted.</param>
/// <param name="RequiresTrustedDevice">Whether a trusted device is demanded.</param>
/// <param name="RequiresSessionMfa">Whether a second factor is demanded for each session.</param>
internal sealed record TeleportRole(string Name, AgentLabel? Label, ImmutableArray<string> KubernetesGroups, bool RequiresTrustedDevice, bool RequiresSessionMfa);

/// <summary>A bot and the roles it may take.</summary>
/// <param name="Name">The bot's name, without the prefix of its user.</param>
/// <param name="Roles">The roles, sorted.</param>
internal sealed record TeleportBot(string Name, ImmutableArray<string> Roles);

/// <summary>A row of a connector.</summary>
/// <param name="Team">The team.</param>
/// <param name="Roles">The roles it gives, sorted; where there are no roles, the Unix logins.</param>
/// <param name="KubernetesGroups">The Kubernetes groups it gives, sorted, only where there are no roles.</param>
internal sealed record TeleportTeam(GitHubTeam Team, ImmutableArray<string> Roles, ImmutableArray<string> KubernetesGroups);
