using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Targets;

namespace PolicyLang.Tests.Projects;

/// <summary>Targets with the shapes of real ones, so that these tests hold whatever is registered.</summary>
internal static class FakeTargets
{
    public static readonly DiagnosticDescriptor Checked = new("fake-checked", DiagnosticSeverity.Error, "a fake finding");

    public static ImmutableArray<ITarget> All { get; } =
    [
        new Target("mesh", new Kind("mesh", "okta", new([new("output", SettingKind.Text, "the file"), new("tailnet", SettingKind.Text, "the network")])), SettingSchema.Empty),
        new Target("proxy", new Kind("proxy", null, new([
            new("version", SettingKind.Text, "the version") { IsRequired = true },
            new("edition", SettingKind.Text, "the edition") { Choices = ["oss", "enterprise"] },
            new("client_secret", SettingKind.Text, "the secret of the connector")])), SettingSchema.Empty),
        new Target("kubernetes", null, new([
            new("version", SettingKind.Integer, "replaced by the project's own"),
            new("output", SettingKind.Text, "the folder of a cluster") { Default = "{cluster}" },
            new("delivery", SettingKind.Text, "who applies") { Choices = ["argocd", "flux"] },
            new("bands", SettingKind.Integer, "a number") { Range = (1, 9) }])),
    ];

    private sealed class Target(string name, PathKind? kind, SettingSchema settings) : ITarget
    {
        public string Name => name;

        public PathKind? PathKind => kind;

        public SettingSchema ProjectSettings => settings;

        public TargetOutput Write(TargetContext context, CancellationToken cancellation) => TargetOutput.Empty;
    }

    private sealed class Kind(string name, string? people, SettingSchema settings) : PathKind
    {
        public override string Name => name;

        public override PathCarries Carries => PathCarries.Identity;

        public override SettingSchema PathSettings => settings;

        public override SettingSchema ClusterSettings => SettingSchema.Empty;

        public override ImmutableArray<PrincipalKind> Accepts => [PrincipalKind.Group];

        public override string? DefaultPeople => people;

        public override void CheckPath(AccessPath path, DiagnosticBag diagnostics)
        {
            if (path.Settings.GetText("tailnet", "") == "wrong")
            {
                diagnostics.Report(Checked, path.Settings.LocationOf("tailnet"), "checked");
            }
        }
    }
}
