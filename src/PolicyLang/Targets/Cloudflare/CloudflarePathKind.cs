using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Cloudflare;

/// <summary>Cloudflare Zero Trust: Gateway network rules decide who gets a connection to the API server, which authenticates by itself.</summary>
public sealed class CloudflarePathKind : PathKind
{
    private const long GreatestSlot = 999_999;

    /// <inheritdoc/>
    public override string Name => "cloudflare";

    /// <inheritdoc/>
    public override PathCarries Carries => PathCarries.Reach;

    /// <inheritdoc/>
    public override ImmutableArray<PrincipalKind> Accepts { get; } = [PrincipalKind.Person, PrincipalKind.Group];

    /// <inheritdoc/>
    public override string? DefaultPeople => null;

    /// <inheritdoc/>
    public override SettingSchema PathSettings { get; } = new(
    [
        new("account", SettingKind.Text, "The account for Terraform: its identifier or a reference such as ${var.account_id}.") { Default = CloudflarePathSettings.DefaultAccount },
        new("provider", SettingKind.Text, "The major version of the Cloudflare Terraform provider.") { Choices = ["5", "4"], Default = "5" },
        new("forms", SettingKind.TextList, "Which files to write: bodies for the API, Terraform JSON, or both.") { Choices = ["api", "terraform"], Default = "api, terraform" },
        new("output", SettingKind.Text, "The folder of the files below the output root.") { Default = "the name of the path" },
        new("groups_by", SettingKind.Text, "Whether the identity provider's groups are given by name or by identifier.") { Choices = ["name", "id"], Default = "name" },
        new("precedence", SettingKind.Block, "The range of precedences that policyc may use in the account.")
        {
            Children = new(
            [
                new("from", SettingKind.Integer, "The least precedence.") { IsRequired = true, Range = (PrecedenceLayout.Least, PrecedenceLayout.Greatest) },
                new("to", SettingKind.Integer, "The greatest precedence.") { IsRequired = true, Range = (PrecedenceLayout.Least, PrecedenceLayout.Greatest) },
            ]),
            Default = "from 1000000 to 9999999",
        },
        new("check_session", SettingKind.Text, "How recently people must have logged in for an allow rule to hold, such as 12h."),
        new("notify", SettingKind.Text, "The message that people see whose connection a block rule refused."),
    ]);

    /// <inheritdoc/>
    public override SettingSchema ClusterSettings { get; } = new(
    [
        new("addresses", SettingKind.TextList, "The IPv4 and IPv6 addresses of the API server, all of them, one host each.") { IsRequired = true, IsUniqueAcrossClusters = true },
        new("port", SettingKind.Integer, "The port of the API server.") { Range = (1, 65535), Default = "6443" },
        new("vnet", SettingKind.Text, "The identifier of the virtual network that the addresses belong to."),
        new("tunnel", SettingKind.Text, "The identifier of the tunnel, or a Terraform reference to it, that routes to the addresses shall be written for."),
        new("list", SettingKind.Flag, "Whether allow rules name a Zero Trust list instead of the addresses.") { Default = "false" },
        new("list_id", SettingKind.Text, "The identifier of that list, where API bodies are written."),
        new("slot", SettingKind.Integer, "Any number: it moves the rules of this cluster to other precedences where two rules would share one.") { Range = (0, GreatestSlot), Default = "0" },
    ]);

    /// <inheritdoc/>
    public override void CheckPath(AccessPath path, DiagnosticBag diagnostics) => CloudflarePathSettings.Read(path, diagnostics);

    /// <inheritdoc/>
    public override void CheckCluster(AccessPath path, Cluster cluster, SettingBlock block, DiagnosticBag diagnostics)
        => ClusterGate.Read(CloudflarePathSettings.Read(path, new DiagnosticBag()), cluster, block, diagnostics);

    /// <inheritdoc/>
    public override void CheckIdentity(AccessPath path, Subject subject, SettingText identity, DiagnosticBag diagnostics)
    {
        switch (subject.Kind)
        {
            case SubjectKind.Group:
                GatewayIdentity.CheckGroup(subject, identity.Text, identity.Location, diagnostics);
                break;
            case SubjectKind.User:
                GatewayIdentity.CheckEmail(subject, identity.Text, identity.Location, diagnostics);
                break;
        }
    }

    /// <inheritdoc/>
    public override void CheckPosture(AccessPath path, Posture posture, ImmutableArray<SettingText> assertions, DiagnosticBag diagnostics)
        => GatewayPosture.Read(path, posture, assertions, diagnostics);
}
