using System.Collections.Immutable;
using PolicyLang.Access;

namespace PolicyLang.Testing;

/// <summary>Rights by which somebody comes to others.</summary>
internal static class ImpliedRights
{
    private const string Rbac = "rbac.authorization.k8s.io";

    /// <summary>Every right on every resource and URL.</summary>
    public static readonly ImmutableArray<RbacRule> Everything = [new RbacRule(["*"], ["*"], ["*"], [], []), new RbacRule(["*"], [], [], [], ["*"])];

    /// <summary>Whoever holds one of these can give himself any right in its scope: acting as somebody else, and writing who may do what.</summary>
    public static readonly ImmutableArray<RbacRule> CountAsEverything =
    [
        new RbacRule(
            ["impersonate", "impersonate:arbitrary-node", "impersonate:associated-node", "impersonate:serviceaccount", "impersonate:user-info"],
            ["", "authentication.k8s.io"],
            ["groups", "nodes", "serviceaccounts", "users"],
            [],
            []),
        new RbacRule(["bind", "escalate"], [Rbac], ["clusterroles", "roles"], [], []),
        new RbacRule(["create", "patch", "update"], [Rbac], ["clusterrolebindings", "clusterroles", "rolebindings", "roles"], [], []),
        new RbacRule(["create"], [""], ["serviceaccounts/token"], [], []),
        new RbacRule(["approve", "sign"], ["certificates.k8s.io"], ["signers"], [], []),
    ];

    /// <summary>Whoever holds one of these can run code in a pod, and so do what the pod's service account may do. Which account that is, no policy says.</summary>
    public static readonly ImmutableArray<RbacRule> RunCode =
    [
        new RbacRule(["create", "get"], [""], ["pods/exec", "pods/attach"], [], []),
        new RbacRule(["patch", "update"], [""], ["pods/ephemeralcontainers"], [], []),
        new RbacRule(["create", "patch", "update"], ["apps"], ["daemonsets", "deployments", "replicasets", "statefulsets"], [], []),
        new RbacRule(["create", "patch", "update"], ["batch"], ["cronjobs", "jobs"], [], []),
        new RbacRule(["create"], [""], ["pods"], [], []),
        new RbacRule(["create", "patch", "update"], [""], ["replicationcontrollers"], [], []),
        new RbacRule(["create", "get"], [""], ["nodes/proxy"], [], []),
        new RbacRule(["create", "patch", "update"], ["admissionregistration.k8s.io"], ["mutatingwebhookconfigurations"], [], []),
    ];
}
