using PolicyLang.Diagnostics;

namespace PolicyLang.Access;

/// <summary>The closed list of things that no generated file can enforce.</summary>
public enum AssumptionKind
{
    /// <summary>The agent of a cluster carries the label that roles select.</summary>
    AgentLabel,

    /// <summary>The proxy of a cluster carries its own tag and nobody else's device does.</summary>
    OperatorTag,

    /// <summary>The vendor's unrestricted impersonation role is removed.</summary>
    VendorImpersonationRoleRemoved,

    /// <summary>No other authenticator asserts names with this prefix.</summary>
    NoOtherAuthenticator,

    /// <summary>The API server is reachable only over the declared paths.</summary>
    OnlyDeclaredNetworks,

    /// <summary>People present their own credential behind a gate.</summary>
    OwnCredentials,

    /// <summary>Only one identity provider asserts group names in the account.</summary>
    OneIdp,

    /// <summary>A provider's group has no members beyond those listed.</summary>
    Membership,

    /// <summary>Two subjects share no member.</summary>
    Disjoint,

    /// <summary>One posture means the same on two paths.</summary>
    PostureMeansTheSame,

    /// <summary>An existing ClusterRole holds what its readers believe.</summary>
    ClusterRoleContent,

    /// <summary>Nobody aggregates rules into a built-in ClusterRole.</summary>
    NoForeignAggregation,

    /// <summary>A namespace that is not declared exists.</summary>
    NamespaceExists,

    /// <summary>No other binding names people directly.</summary>
    NoForeignUserBindings,

    /// <summary>No rule outside the generated ones reaches the clusters.</summary>
    NoForeignRules,

    /// <summary>Traffic to the cluster enters the gateway.</summary>
    TrafficEntersGateway,

    /// <summary>The outputs are rebuilt and applied every day.</summary>
    RebuiltDaily,

    /// <summary>A revocation takes effect with a delay.</summary>
    RevocationLag,

    /// <summary>The administrators of the other systems do not work around them.</summary>
    AdminPlanes,

    /// <summary>A Kubernetes group name is used in several clusters.</summary>
    SharedGroup,

    /// <summary>Access that a file of <c>base</c> gives beyond the policy, by an exception of the project.</summary>
    BaseException,
}

/// <summary>Something that the exactness of the outputs rests on.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Topic">What it is about, such as a cluster, a path or a group, in a stable spelling; the same kind and topic is one assumption.</param>
/// <param name="Statement">The assumption as a sentence in the user's terms.</param>
/// <param name="Location">Where the policy brings it in, if anywhere.</param>
public sealed record Assumption(AssumptionKind Kind, string Topic, string Statement, SourceLocation? Location)
{
    /// <summary>The target whose files rest on it; absent where the policy itself does, whatever it is compiled to.</summary>
    public string? Target { get; init; }
}
