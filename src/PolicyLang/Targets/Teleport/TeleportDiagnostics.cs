using PolicyLang.Diagnostics;

namespace PolicyLang.Targets.Teleport;

/// <summary>The diagnostics of the Teleport target.</summary>
public static class TeleportDiagnostics
{
    /// <summary>A version that is no version or that policyc does not know.</summary>
    public static readonly DiagnosticDescriptor Version = new("teleport-version", DiagnosticSeverity.Error, "a Teleport version is malformed or unknown");

    /// <summary>The oldest agent is newer than the server.</summary>
    public static readonly DiagnosticDescriptor AgentVersion = new("teleport-agent-version", DiagnosticSeverity.Error, "the oldest agent is newer than the server");

    /// <summary>The edition or version cannot do what is asked.</summary>
    public static readonly DiagnosticDescriptor Unsupported = new("teleport-unsupported", DiagnosticSeverity.Error, "this Teleport version or edition cannot do what is asked");

    /// <summary>The operator of this version cannot write what is needed.</summary>
    public static readonly DiagnosticDescriptor Form = new("teleport-operator-unsupported", DiagnosticSeverity.Error, "the Teleport operator of this version cannot write what is needed");

    /// <summary>A setting has the wrong form.</summary>
    public static readonly DiagnosticDescriptor Setting = new("teleport-setting", DiagnosticSeverity.Error, "a setting of a Teleport path has the wrong form");

    /// <summary>A credential stands in the project.</summary>
    public static readonly DiagnosticDescriptor LiteralSecret = new("teleport-literal-secret", DiagnosticSeverity.Error, "a Teleport credential is written out instead of referred to");

    /// <summary>A setting that this version needs is missing.</summary>
    public static readonly DiagnosticDescriptor MissingSetting = new("teleport-missing-setting", DiagnosticSeverity.Error, "a Teleport path or cluster lacks a setting that its version needs");

    /// <summary>A cluster label that is not literal.</summary>
    public static readonly DiagnosticDescriptor Label = new("teleport-label", DiagnosticSeverity.Error, "a cluster's Teleport label is no literal `key=value`");

    /// <summary>Clusters of one path use different label keys.</summary>
    public static readonly DiagnosticDescriptor LabelKey = new("teleport-label-key", DiagnosticSeverity.Error, "the clusters of one Teleport path use different label keys");

    /// <summary>A group's name is no GitHub team.</summary>
    public static readonly DiagnosticDescriptor Team = new("teleport-github-team", DiagnosticSeverity.Error, "a group's name is no GitHub team that a connector can match");

    /// <summary>An organization is spelled in two ways.</summary>
    public static readonly DiagnosticDescriptor OrganizationSpelling = new("teleport-organization-spelling", DiagnosticSeverity.Error, "a GitHub organization is spelled in two ways");

    /// <summary>Somebody whom a connector cannot map.</summary>
    public static readonly DiagnosticDescriptor Principal = new("teleport-principal", DiagnosticSeverity.Error, "a Teleport path cannot map this subject");

    /// <summary>A machine's name is no bot's user name.</summary>
    public static readonly DiagnosticDescriptor Bot = new("teleport-bot", DiagnosticSeverity.Error, "a machine's Teleport name is no bot's user name");

    /// <summary>A posture asks for something that Teleport roles cannot demand.</summary>
    public static readonly DiagnosticDescriptor Posture = new("teleport-posture", DiagnosticSeverity.Error, "a posture asks for something that a Teleport role cannot demand");

    /// <summary>The strictest role wins in a cluster, so two rules cannot be told apart.</summary>
    public static readonly DiagnosticDescriptor ConditionCannotSeparate = new("condition-cannot-separate", DiagnosticSeverity.Error, "on one cluster the strictest role wins, so a condition of one rule also binds another");

    /// <summary>A server that ignores labels gives a group name on every cluster.</summary>
    public static readonly DiagnosticDescriptor SharedGroup = new("teleport-shared-group", DiagnosticSeverity.Error, "a server that ignores cluster labels would give a Kubernetes group on further clusters");

    /// <summary>Two paths write into one folder.</summary>
    public static readonly DiagnosticDescriptor SharedOutput = new("teleport-shared-output", DiagnosticSeverity.Error, "two Teleport paths write into one folder");

    /// <summary>A connector lets nobody log in.</summary>
    public static readonly DiagnosticDescriptor NobodyMapped = new("teleport-nobody-mapped", DiagnosticSeverity.Warning, "a Teleport connector lets nobody log in");

    /// <summary>A connector in the base that rows cannot be added to.</summary>
    public static readonly DiagnosticDescriptor BaseConnector = new("teleport-base-connector", DiagnosticSeverity.Error, "the connector in `base` is not of a form in which rows can be added and the rest kept");

    /// <summary>A connector in the base that differs from the settings.</summary>
    public static readonly DiagnosticDescriptor BaseDiffers = new("teleport-base-differs", DiagnosticSeverity.Error, "the connector in `base` and the settings of the path say different things");

    /// <summary>Marks in the base that do not go together.</summary>
    public static readonly DiagnosticDescriptor BaseMarkers = new("teleport-base-markers", DiagnosticSeverity.Error, "the marks around what an earlier build put into the connector are damaged");
}
