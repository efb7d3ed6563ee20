using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Teleport;

/// <summary>
/// A Teleport: people log in with GitHub, their teams give them roles, and the agent of a cluster impersonates the Kubernetes groups of
/// the roles. It knows teams and bots; a single person cannot be mapped.
/// </summary>
public sealed class TeleportPathKind : PathKind
{
    /// <inheritdoc/>
    public override string Name => "teleport";

    /// <inheritdoc/>
    public override PathCarries Carries => PathCarries.Identity;

    /// <inheritdoc/>
    public override SettingSchema PathSettings => TeleportSettings.Path;

    /// <inheritdoc/>
    public override SettingSchema ClusterSettings => TeleportSettings.Cluster;

    /// <inheritdoc/>
    public override ImmutableArray<PrincipalKind> Accepts { get; } = [PrincipalKind.Group, PrincipalKind.Machine];

    /// <inheritdoc/>
    public override string? DefaultPeople => "github";

    /// <inheritdoc/>
    public override ImmutableArray<string> PeopleKinds { get; } = ["github"];

    /// <inheritdoc/>
    public override void CheckPath(AccessPath path, DiagnosticBag diagnostics) => TeleportInstance.Read(path, diagnostics);

    /// <inheritdoc/>
    public override void CheckCluster(AccessPath path, Cluster cluster, SettingBlock block, DiagnosticBag diagnostics)
    {
        // What is wrong with the path itself was said by CheckPath.
        if (TeleportInstance.Read(path, new DiagnosticBag()) is { } instance)
        {
            TeleportCluster.Check(instance, cluster, block, diagnostics);
        }
    }

    /// <inheritdoc/>
    public override void CheckIdentity(AccessPath path, Subject subject, SettingText identity, DiagnosticBag diagnostics)
    {
        if (subject.Kind != SubjectKind.Machine)
        {
            diagnostics.Report(
                TeleportDiagnostics.Principal,
                identity.Location,
                $"`{subject.Name}` is no machine, so `{path.Name}` cannot name it directly",
                $"give the group's GitHub team as `{path.People ?? DefaultPeople} = \"organization/team\"`");
        }
        else if (TeleportNames.BotName(identity.Text) is null)
        {
            diagnostics.Report(
                TeleportDiagnostics.Bot,
                identity.Location,
                $"`{identity.Text}` is no bot's user name",
                "a bot `deployer` has the Teleport user `bot-deployer`; give the user's name");
        }
    }

    /// <inheritdoc/>
    public override void CheckPosture(AccessPath path, Posture posture, ImmutableArray<SettingText> assertions, DiagnosticBag diagnostics)
    {
        if (TeleportInstance.Read(path, new DiagnosticBag()) is { } instance)
        {
            TeleportPosture.Check(instance, posture, assertions, diagnostics);
        }
    }

    /// <inheritdoc/>
    public override bool AssertsGroupsOfOtherClusters(AccessPath path)
        => TeleportInstance.Read(path, new DiagnosticBag()) is { Capabilities: { HasOneClusterEach: false, HeedsLabelsForGroups: false } };

    /// <inheritdoc/>
    public override ImmutableArray<ImpersonatingProxy> ProxiesOf(AccessPath path, Cluster cluster)
    {
        if (!cluster.Paths.TryGetValue(path.Name, out var block) || TeleportInstance.Read(path, new DiagnosticBag()) is not { } instance)
        {
            return [];
        }

        var (space, account) = TeleportCluster.ServiceAccount(instance, block);
        return [new ImpersonatingProxy(path.Name, space, account, instance.Capabilities.HasKubernetesUsers ? [TeleportNames.KubernetesUser(path)] : null)];
    }
}
