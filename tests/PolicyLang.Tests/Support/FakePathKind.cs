using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Semantics;
using PolicyLang.Targets;

namespace PolicyLang.Tests.Support;

/// <summary>Path kinds with the least that the front end needs, so that its tests do not depend on any target.</summary>
internal sealed class FakePathKind(string name, PathCarries carries, string? people, string clusterSetting, params PrincipalKind[] accepts) : PathKind
{
    public static FakePathKind Tailscale { get; } = new("tailscale", PathCarries.Identity, "email", "tag", PrincipalKind.Person, PrincipalKind.Group, PrincipalKind.Machine);

    public static FakePathKind Teleport { get; } = new("teleport", PathCarries.Identity, "github", "label", PrincipalKind.Group, PrincipalKind.Machine);

    public static FakePathKind Cloudflare { get; } = new("cloudflare", PathCarries.Reach, null, "addresses", PrincipalKind.Person, PrincipalKind.Group);

    public override string Name => name;

    public override PathCarries Carries => carries;

    public override SettingSchema PathSettings => SettingSchema.Empty;

    public override SettingSchema ClusterSettings { get; } = new([
        new SettingDefinition(clusterSetting, SettingKind.TextList, "what must be its own") { IsUniqueAcrossClusters = true },
        new SettingDefinition("port", SettingKind.Integer, "a port"),
    ]);

    public override ImmutableArray<PrincipalKind> Accepts => [.. accepts];

    public override string? DefaultPeople => people;

    // As the real ones: Tailscale's proxy takes the user name from the caller, Teleport's has one of its own.
    public override ImmutableArray<ImpersonatingProxy> ProxiesOf(AccessPath path, Cluster cluster)
        => carries == PathCarries.Reach ? [] : [new ImpersonatingProxy(path.Name, "proxies", path.Name, name == "tailscale" ? null : ["policyc:" + path.Name])];
}

/// <summary>A target that writes nothing.</summary>
internal sealed class FakeTarget(PathKind kind) : ITarget
{
    public string Name => kind.Name;

    public PathKind? PathKind => kind;

    public SettingSchema ProjectSettings => SettingSchema.Empty;

    public TargetOutput Write(TargetContext context, CancellationToken cancellation) => TargetOutput.Empty;
}
