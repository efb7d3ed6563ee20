using PolicyLang.Diagnostics;

namespace PolicyLang.Targets.Tailscale;

/// <summary>The diagnostics of the Tailscale target.</summary>
public static class TailscaleDiagnostics
{
    /// <summary>A cluster that names neither a tag nor an endpoint.</summary>
    public static readonly DiagnosticDescriptor MissingTag = new("tailscale-missing-tag", DiagnosticSeverity.Error, "a cluster must say which tag its API server proxy carries");

    /// <summary>A tag that Tailscale does not accept.</summary>
    public static readonly DiagnosticDescriptor InvalidTag = new("tailscale-invalid-tag", DiagnosticSeverity.Error, "a tag is `tag:` and a letter, followed by letters, digits and dashes");

    /// <summary>One tag for things that must be told apart.</summary>
    public static readonly DiagnosticDescriptor SharedTag = new("tailscale-shared-tag", DiagnosticSeverity.Error, "one tag stands for two things that must be told apart, so a right on one would be a right on the other");

    /// <summary>A tag that the operator gives to every proxy.</summary>
    public static readonly DiagnosticDescriptor DefaultTag = new("tailscale-default-tag", DiagnosticSeverity.Warning, "a tag that the Kubernetes operator gives to devices by default selects more than one API server proxy");

    /// <summary>A port that is not a single TCP port.</summary>
    public static readonly DiagnosticDescriptor InvalidPort = new("tailscale-invalid-port", DiagnosticSeverity.Error, "a port of an API server proxy is written `tcp:443`");

    /// <summary>An endpoint with a name that cannot be used.</summary>
    public static readonly DiagnosticDescriptor InvalidEndpoint = new("tailscale-invalid-endpoint", DiagnosticSeverity.Error, "an endpoint needs a name of its own, of small letters, digits and dashes");

    /// <summary>A service account that is not written as namespace and name.</summary>
    public static readonly DiagnosticDescriptor InvalidServiceAccount = new("tailscale-invalid-service-account", DiagnosticSeverity.Error, "a service account is written `namespace/name`");

    /// <summary>Recording settings without a recorder.</summary>
    public static readonly DiagnosticDescriptor RecordingWithoutRecorder = new("tailscale-recording-without-recorder", DiagnosticSeverity.Error, "recording is asked for and no recorder is named");

    /// <summary>An owner of a tag that is too wide or unknown.</summary>
    public static readonly DiagnosticDescriptor InvalidTagOwner = new("tailscale-invalid-tag-owner", DiagnosticSeverity.Error, "the owner of a tag is not understood or would be everyone");

    /// <summary>Owners of one tag in two places.</summary>
    public static readonly DiagnosticDescriptor RepeatedTagOwners = new("tailscale-repeated-tag-owners", DiagnosticSeverity.Error, "the owners of one tag are given in two places");

    /// <summary>An identity that Tailscale does not know or that would be too wide.</summary>
    public static readonly DiagnosticDescriptor InvalidIdentity = new("tailscale-invalid-identity", DiagnosticSeverity.Error, "what a subject gives for Tailscale is no name that Tailscale has for it");

    /// <summary>A login that cannot stand in a policy file.</summary>
    public static readonly DiagnosticDescriptor InvalidLogin = new("tailscale-invalid-login", DiagnosticSeverity.Error, "a person's login is not of a form that Tailscale has");

    /// <summary>A subject whose name cannot become a group of the policy file.</summary>
    public static readonly DiagnosticDescriptor InvalidGroupName = new("tailscale-invalid-group-name", DiagnosticSeverity.Error, "a subject's name cannot stand in a Tailscale group");

    /// <summary>A subject with different members in different clusters.</summary>
    public static readonly DiagnosticDescriptor UnequalMembers = new("tailscale-unequal-members", DiagnosticSeverity.Error, "a subject does not have the same members everywhere, and one Tailscale group cannot say so");

    /// <summary>A posture expression that is not understood.</summary>
    public static readonly DiagnosticDescriptor InvalidPosture = new("tailscale-invalid-posture", DiagnosticSeverity.Error, "a posture expression is not one that Tailscale documents");

    /// <summary>A posture that says nothing about Tailscale.</summary>
    public static readonly DiagnosticDescriptor MissingPosture = new("tailscale-missing-posture", DiagnosticSeverity.Error, "a condition names a posture that says nothing about Tailscale and so would always hold");

    /// <summary>A Kubernetes group that must not be asserted.</summary>
    public static readonly DiagnosticDescriptor InvalidKubernetesGroup = new("tailscale-invalid-kubernetes-group", DiagnosticSeverity.Error, "a Kubernetes group cannot be asserted through the proxy");

    /// <summary>An output path that is not inside the output root.</summary>
    public static readonly DiagnosticDescriptor InvalidOutput = new("tailscale-invalid-output", DiagnosticSeverity.Error, "the output of a path is a relative path with forward slashes");

    /// <summary>Two paths with one output.</summary>
    public static readonly DiagnosticDescriptor RepeatedOutput = new("tailscale-repeated-output", DiagnosticSeverity.Error, "two paths would write one file");

    /// <summary>More or less than one base.</summary>
    public static readonly DiagnosticDescriptor BaseCount = new("tailscale-base-count", DiagnosticSeverity.Error, "a tailnet has one policy file, so the `base` of its path must be one file");

    /// <summary>A base that is no HuJSON.</summary>
    public static readonly DiagnosticDescriptor BaseSyntax = new("tailscale-base-syntax", DiagnosticSeverity.Error, "the base of a path is no policy file");

    /// <summary>A section of the base that nothing can be put into.</summary>
    public static readonly DiagnosticDescriptor BaseSection = new("tailscale-base-section", DiagnosticSeverity.Error, "a section of the base stands twice, or is of another kind than Tailscale has there");

    /// <summary>Marks in the base that do not go together.</summary>
    public static readonly DiagnosticDescriptor BaseMarkers = new("tailscale-base-markers", DiagnosticSeverity.Error, "the marks around what an earlier build put into the base are damaged");

    /// <summary>A name in the base that the policy defines too.</summary>
    public static readonly DiagnosticDescriptor BaseCollision = new("tailscale-base-collision", DiagnosticSeverity.Error, "the base and the policy define one name");

    /// <summary>A base without rules, which lets everybody reach everything.</summary>
    public static readonly DiagnosticDescriptor BaseAllowsAll = new("tailscale-base-allows-all", DiagnosticSeverity.Error, "the base has neither `grants` nor `acls` and so allows everything, which the grants of the policy would end");

    /// <summary>A default posture in the base that narrows rules of the policy.</summary>
    public static readonly DiagnosticDescriptor BaseDefaultPosture = new("tailscale-base-default-posture", DiagnosticSeverity.Error, "the base has a default posture, which would hold for rules of the policy that have no condition");
}
