using PolicyLang.Diagnostics;

namespace PolicyLang.Access;

/// <summary>The diagnostics of the access model.</summary>
public static class AccessDiagnostics
{
    /// <summary>Reach-only paths whose gates and roles do not form a product.</summary>
    public static readonly DiagnosticDescriptor ReachCannotSeparate = new("reach-cannot-separate", DiagnosticSeverity.Error, "behind paths that carry only reach, the API server cannot tell by which path or under which condition somebody came, so roles meant for one apply on all")
    {
        Explanation =
            "Behind a path that carries only reach, such as Cloudflare, the API server knows who is calling, but not by which path or on which device. Whoever gets "
            + "through any gate has every role that the API server knows for that person. So two rules that give different roles under different conditions, to "
            + "subjects that may share a member, cannot be kept apart. Give the same rights by every such path and condition, or say by `assume disjoint` that nobody "
            + "is in both.",
        Example = """
            cluster prod {
              cloudflare     { addresses = ["198.51.100.1"] }
              authentication { oidc { people = okta  groups_prefix = "oidc:" } }
            }
            group payments { okta = "Payments"  cloudflare = "Payments" }
            group sre      { okta = "SRE"  cloudflare = "SRE" }
            posture laptop { cloudflare = "1308749e-fcfb-4ebc-b051-fe022b632644" }
            role view  = clusterrole "view"
            role admin = clusterrole "cluster-admin"
            allow payments as view  on prod cluster-wide
            allow sre      as admin on prod cluster-wide when laptop
            """,
    };

    /// <summary>A binding to a person that a proxy would let somebody use too.</summary>
    public static readonly DiagnosticDescriptor UserBindingCrossesPaths = new("user-binding-crosses-paths", DiagnosticSeverity.Error, "a role would be bound to a person by a name that a proxy of the cluster asserts too, so it would also hold on the proxy's path")
    {
        Explanation =
            "The API server would know a person by a bare name, from a client certificate, and a role would be bound to that name. A proxy of the same cluster, "
            + "such as Tailscale's, takes user names from its callers, so whoever comes by it under that login would have the role too, on a path where no rule gives "
            + "it. Use a group of the identity provider, or an authenticator with `users_prefix`.",
        Example = """
            cluster prod {
              tailscale      { tag = "tag:k8s-prod" }
              cloudflare     { addresses = ["198.51.100.1"] }
              authentication { certificate { people = email } }
            }
            role view = clusterrole "view"
            allow alice@acme.com as view on prod cluster-wide via cloudflare
            """,
    };

    /// <summary>Two sources of one Kubernetes name.</summary>
    public static readonly DiagnosticDescriptor KubernetesNameCollision = new("kubernetes-name-collision", DiagnosticSeverity.Error, "two different sources give the same Kubernetes group in one cluster, so rights of one would be rights of the other")
    {
        Explanation =
            "In one cluster, two different sources give the same Kubernetes group: a `kubernetes` setting and a name that the API server's own authenticator can "
            + "give, or a setting and another one with the suffix of a path or condition. RBAC knows groups by their names alone, so rights of one would be rights of "
            + "the other. Give one of them another name.",
        Example = """
            cluster prod {
              tailscale      { tag = "tag:k8s-prod" }
              authentication { oidc { people = okta  groups_prefix = "oidc:" } }
            }
            group sre { members = [alice@acme.com]  kubernetes = "oidc:sre" }
            role admin = clusterrole "cluster-admin"
            allow sre as admin on prod cluster-wide
            """,
    };

    /// <summary>Subjects assumed disjoint that list one member.</summary>
    public static readonly DiagnosticDescriptor ContradictedAssumption = new("contradicted-assumption", DiagnosticSeverity.Error, "`assume disjoint` names subjects that the policy itself gives a common member")
    {
        Explanation =
            "`assume disjoint` says that nobody is in two of the subjects, and the policy itself lists somebody in both. Everything that rests on the assumption "
            + "would be wrong. Take the person out of one of them, or the assumption back.",
        Example = """
            group sre   { members = [alice@acme.com, bob@acme.com] }
            group leads { members = [alice@acme.com] }
            assume disjoint leads, sre because "HR-8"
            """,
    };
}
