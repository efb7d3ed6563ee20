using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Data;

namespace PolicyLang.Linting.Artefacts.Kubernetes;

/// <summary>Ways in which rights lead further than they seem, strongest first.</summary>
internal enum RiskKind
{
    /// <summary>Everything.</summary>
    Everything,

    /// <summary>To act as whomever one likes.</summary>
    Impersonation,

    /// <summary>To give oneself rights that one does not have.</summary>
    Escalation,

    /// <summary>To speak to kubelets past the API server.</summary>
    NodesProxy,

    /// <summary>To see and change every request's object.</summary>
    AdmissionWrite,

    /// <summary>To make tokens of any ServiceAccount.</summary>
    TokenMinting,

    /// <summary>To make certificates for any name.</summary>
    CertificateApproval,

    /// <summary>To write who an AWS role is to the cluster.</summary>
    AwsAuthWrite,

    /// <summary>To read everything.</summary>
    ReadEverything,

    /// <summary>To change who may do what, within what one has.</summary>
    RbacWrite,

    /// <summary>To read all secrets.</summary>
    SecretRead,

    /// <summary>To run commands in all pods.</summary>
    Exec,

    /// <summary>To run pods as any ServiceAccount.</summary>
    WorkloadWrite,

    /// <summary>To send others' traffic elsewhere.</summary>
    TrafficSteering,
}

/// <summary>A right that leads further than it seems.</summary>
/// <param name="Kind">How.</param>
/// <param name="Given">The right.</param>
internal sealed record RightRisk(RiskKind Kind, GivenRights Given)
{
    /// <summary>What it lets people do, such as <c>read every secret</c>.</summary>
    public string Phrase => Kind switch
    {
        RiskKind.Everything => "do everything",
        RiskKind.Impersonation => "act as anybody",
        RiskKind.Escalation => "give themselves any right",
        RiskKind.NodesProxy => "reach every pod through the kubelets",
        RiskKind.AdmissionWrite => "rewrite objects by admission",
        RiskKind.TokenMinting => "make tokens for any ServiceAccount",
        RiskKind.CertificateApproval => "approve certificates for any name",
        RiskKind.AwsAuthWrite => "say which AWS roles are administrators",
        RiskKind.ReadEverything => "read everything, secrets too",
        RiskKind.RbacWrite => "change roles and bindings",
        RiskKind.SecretRead => "read secrets",
        RiskKind.Exec => "run commands in pods",
        RiskKind.WorkloadWrite => "run pods as any ServiceAccount",
        _ => "send traffic elsewhere",
    };

    /// <summary>Where a file gives it: the resource, or what comes nearest; absent for built-in roles.</summary>
    public DataNode? Place => Given.Rule is not { } rule ? null
        : rule.Resources.FirstOrDefault(resource => RightRisks.Names(Kind, resource.Text)) ?? rule.Resources.FirstOrDefault(resource => resource.Text.StartsWith('*')) ?? rule.Resources.FirstOrDefault();
}

/// <summary>Finds rights that lead further than they seem (https://kubernetes.io/docs/concepts/security/rbac-good-practices/).</summary>
internal static class RightRisks
{
    private static readonly string[] Writes = ["create", "update", "patch"];

    /// <summary>The risks among rights that hold in the whole cluster, strongest first, each kind once. What holds for named objects alone is none.</summary>
    public static ImmutableArray<RightRisk> Of(ImmutableArray<GivenRights> rights, bool hasAwsAuth)
    {
        var found = new SortedDictionary<RiskKind, RightRisk>();
        foreach (var given in rights)
        {
            foreach (var kind in KindsOf(given.Rights, hasAwsAuth))
            {
                found.TryAdd(kind, new RightRisk(kind, given));
            }
        }

        // A certificate is made by approving a request and being trusted to approve for its signer.
        if (found.ContainsKey(RiskKind.CertificateApproval) && !rights.Any(given => Gives(given.Rights, "certificates.k8s.io", "signers", "approve")))
        {
            found.Remove(RiskKind.CertificateApproval);
        }

        return [.. found.Values];
    }

    /// <summary>The risks of one rule of a role.</summary>
    public static IEnumerable<RiskKind> KindsOf(RbacRule rule, bool hasAwsAuth)
    {
        if (Gives(rule, "*", "*", "*"))
        {
            return [RiskKind.Everything];
        }

        if (IsReadEverything(rule))
        {
            return [RiskKind.ReadEverything];
        }

        return Enum.GetValues<RiskKind>().Where(kind => IsGiven(kind, rule, hasAwsAuth));
    }

    /// <summary>Whether a rule gives one of some verbs for all objects of a resource. <c>*</c> asks for the wildcard itself.</summary>
    public static bool Gives(RbacRule rule, string group, string resource, params ReadOnlySpan<string> verbs)
    {
        if (!rule.ResourceNames.IsEmpty || !Has(rule.ApiGroups, group) || !HasResource(rule.Resources, resource))
        {
            return false;
        }

        foreach (var verb in verbs)
        {
            if (Has(rule.Verbs, verb))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a resource is what a risk is about.</summary>
    public static bool Names(RiskKind kind, string resource) => kind switch
    {
        RiskKind.Impersonation => resource is "users" or "groups" or "serviceaccounts",
        RiskKind.Escalation => resource is "roles" or "clusterroles",
        RiskKind.NodesProxy => resource is "nodes/proxy" or "*/proxy",
        RiskKind.AdmissionWrite => resource is "mutatingwebhookconfigurations" or "validatingwebhookconfigurations" or "mutatingadmissionpolicies",
        RiskKind.TokenMinting => resource is "serviceaccounts/token" or "*/token",
        RiskKind.CertificateApproval => resource is "certificatesigningrequests/approval" or "*/approval",
        RiskKind.AwsAuthWrite => resource == "configmaps",
        RiskKind.RbacWrite => resource is "clusterroles" or "clusterrolebindings" or "roles" or "rolebindings",
        RiskKind.SecretRead => resource == "secrets",
        RiskKind.Exec => resource is "pods/exec" or "pods/attach" or "pods/ephemeralcontainers" or "*/exec" or "*/attach" or "*/ephemeralcontainers",
        RiskKind.WorkloadWrite => resource is "pods" or "replicationcontrollers" or "deployments" or "daemonsets" or "statefulsets" or "replicasets" or "jobs" or "cronjobs",
        RiskKind.TrafficSteering => resource is "services/status" or "*/status" or "endpoints" or "endpointslices",
        _ => false,
    };

    private static bool IsGiven(RiskKind kind, RbacRule rule, bool hasAwsAuth) => kind switch
    {
        RiskKind.Impersonation => Gives(rule, "", "users", "impersonate") || Gives(rule, "", "groups", "impersonate") || Gives(rule, "", "serviceaccounts", "impersonate"),
        RiskKind.Escalation => Gives(rule, "rbac.authorization.k8s.io", "clusterroles", "bind", "escalate") || Gives(rule, "rbac.authorization.k8s.io", "roles", "bind", "escalate")
            || (rule.ResourceNames.Contains("cluster-admin", StringComparer.Ordinal) && Gives(rule with { ResourceNames = [] }, "rbac.authorization.k8s.io", "clusterroles", "bind")),
        RiskKind.NodesProxy => Gives(rule, "", "nodes/proxy", "get", "create"),
        RiskKind.AdmissionWrite => Gives(rule, "admissionregistration.k8s.io", "mutatingwebhookconfigurations", Writes)
            || Gives(rule, "admissionregistration.k8s.io", "validatingwebhookconfigurations", Writes)
            || Gives(rule, "admissionregistration.k8s.io", "mutatingadmissionpolicies", Writes),
        RiskKind.TokenMinting => Gives(rule, "", "serviceaccounts/token", "create"),
        RiskKind.CertificateApproval => Gives(rule, "certificates.k8s.io", "certificatesigningrequests/approval", "update", "patch"),
        RiskKind.AwsAuthWrite => (rule.ResourceNames.Contains("aws-auth", StringComparer.Ordinal) && Gives(rule with { ResourceNames = [] }, "", "configmaps", "update", "patch"))
            || (hasAwsAuth && Gives(rule, "", "configmaps", "update", "patch")),
        RiskKind.RbacWrite => RbacResources.Any(resource => Gives(rule, "rbac.authorization.k8s.io", resource, "create", "update", "patch", "delete", "deletecollection")),
        RiskKind.SecretRead => Gives(rule, "", "secrets", "get", "list", "watch"),
        RiskKind.Exec => Gives(rule, "", "pods/exec", "create", "get") || Gives(rule, "", "pods/attach", "create", "get") || Gives(rule, "", "pods/ephemeralcontainers", "update", "patch"),
        RiskKind.WorkloadWrite => Gives(rule, "", "pods", Writes) || Gives(rule, "", "replicationcontrollers", Writes)
            || Controllers.Any(controller => Gives(rule, controller.Group, controller.Resource, Writes)),
        RiskKind.TrafficSteering => Gives(rule, "", "services/status", "update", "patch") || Gives(rule, "", "endpoints", Writes) || Gives(rule, "discovery.k8s.io", "endpointslices", Writes),
        _ => false,
    };

    private static readonly string[] RbacResources = ["clusterroles", "clusterrolebindings", "roles", "rolebindings"];

    private static readonly (string Group, string Resource)[] Controllers =
        [("apps", "deployments"), ("apps", "daemonsets"), ("apps", "statefulsets"), ("apps", "replicasets"), ("batch", "jobs"), ("batch", "cronjobs")];

    private static bool IsReadEverything(RbacRule rule)
        => Gives(rule, "*", "*", "get", "list", "watch") && rule.Verbs.All(verb => verb is "get" or "list" or "watch");

    private static bool Has(ImmutableArray<string> list, string value)
    {
        foreach (var item in list)
        {
            if (item == "*" || item == value)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasResource(ImmutableArray<string> resources, string resource)
        => Has(resources, resource) || (resource.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && resources.Contains("*" + resource[slash..], StringComparer.Ordinal));
}
