using System.Collections.Immutable;

namespace PolicyLang.Access;

/// <summary>What a kind of assumption means, and what people do so that it holds.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Word">Its name, as commands print it.</param>
/// <param name="Meaning">What is taken for granted.</param>
/// <param name="Check">How to make sure of it.</param>
public sealed record AssumptionGuide(AssumptionKind Kind, string Word, string Meaning, string Check)
{
    /// <summary>Every kind, in the order of the enumeration.</summary>
    public static ImmutableArray<AssumptionGuide> All { get; } =
    [
        new(AssumptionKind.AgentLabel, "agent-label", "the Teleport agent of a cluster carries the label that roles select, and no other agent does", "look at `tctl get kube_server`, and keep who may join agents and set labels to the platform's administrators"),
        new(AssumptionKind.OperatorTag, "operator-tag", "the proxy of a cluster carries its own tag, and no other device of the tailnet does", "look for the tag among the machines of the tailnet, and keep `tagOwners` and auth keys of the tag to the proxy"),
        new(AssumptionKind.VendorImpersonationRoleRemoved, "vendor-impersonation-role-removed", "the ClusterRole by which a vendor's chart lets its proxy be anybody is not bound", "turn it off in the chart, and run `policyc verify --export CLUSTER=FILE` over the cluster's bindings"),
        new(AssumptionKind.NoOtherAuthenticator, "no-other-authenticator", "no other authenticator of a cluster gives people names of the policy", "look at the API server's authentication configuration and at who may sign client certificates"),
        new(AssumptionKind.OnlyDeclaredNetworks, "only-declared-networks", "an API server is reached over the declared paths alone", "look at its public endpoint, peerings, bastions and VPNs"),
        new(AssumptionKind.OwnCredentials, "own-credentials", "behind a gate everybody presents their own credential", "hand out no shared kubeconfig and no long-lived token"),
        new(AssumptionKind.OneIdp, "one-idp", "one identity provider alone says who is in which group of an account", "look at the login methods of the account"),
        new(AssumptionKind.Membership, "membership", "a group that another system fills has the members that the policy lists, or that it means", "run `policyc verify --export PROVIDER=FILE` over an export of the group's members"),
        new(AssumptionKind.Disjoint, "disjoint", "nobody is in two of some subjects", "compare their members whenever one of them changes"),
        new(AssumptionKind.PostureMeansTheSame, "posture-means-the-same", "what several systems check for one posture means the same", "read the checks side by side whenever one of them changes"),
        new(AssumptionKind.ClusterRoleContent, "clusterrole-content", "an existing ClusterRole holds what the policy's readers believe", "look at it with `kubectl get clusterrole NAME -o yaml`"),
        new(AssumptionKind.NoForeignAggregation, "no-foreign-aggregation", "nobody adds rules to a built-in ClusterRole by labels", "look for `rbac.authorization.k8s.io/aggregate-to-…` with `kubectl get clusterroles --show-labels`"),
        new(AssumptionKind.NamespaceExists, "namespace-exists", "a namespace that no inventory lists exists and is the one that is meant", "list the namespaces in an inventory, so that a wrong name is an error"),
        new(AssumptionKind.NoForeignUserBindings, "no-foreign-user-bindings", "no other binding names people, or groups of the policy", "run `policyc verify --export CLUSTER=FILE` over the cluster's bindings"),
        new(AssumptionKind.NoForeignRules, "no-foreign-rules", "no other rule, role or grant of a system reaches the clusters", "run `policyc verify --export PATH=FILE` over the system's own answer"),
        new(AssumptionKind.TrafficEntersGateway, "traffic-enters-gateway", "every connection to a cluster's address enters the gateway", "look at split tunnels, and at the firewall in front of the address"),
        new(AssumptionKind.RebuiltDaily, "rebuilt-daily", "the outputs are built and applied every day, so that rules end when they say", "build and apply on a schedule; `policyc build --check` fails when a rule has ended"),
        new(AssumptionKind.RevocationLag, "revocation-lag", "a change is in force only after some time", "end sessions by hand where that is too long"),
        new(AssumptionKind.AdminPlanes, "admin-planes", "administrators of the other systems do not work around the policy", "keep them few, and read their audit logs"),
        new(AssumptionKind.SharedGroup, "shared-group", "a Kubernetes group that several clusters share means the same in all of them", "let policyc name the groups, or run `policyc verify` over each cluster"),
        new(AssumptionKind.BaseException, "base-exception", "what is there already gives somebody more than the policy, and an exception of the project says that it is meant", "read `exceptions` in `policyc.yaml`, and end those that are not needed any more"),
    ];

    /// <summary>The guide to a kind.</summary>
    public static AssumptionGuide Of(AssumptionKind kind) => All.First(guide => guide.Kind == kind);
}
