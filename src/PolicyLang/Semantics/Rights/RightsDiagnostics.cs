using PolicyLang.Diagnostics;

namespace PolicyLang.Semantics.Rights;

/// <summary>The diagnostics of the phrase <c>can VERBS RESOURCES</c>.</summary>
public static class RightsDiagnostics
{
    /// <summary>A verb that neither Kubernetes nor the language knows.</summary>
    public static readonly DiagnosticDescriptor UnknownVerb = new("unknown-verb", DiagnosticSeverity.Error, "a right names a verb that neither Kubernetes nor the language knows")
    {
        Explanation =
            "A verb is one of Kubernetes (`get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection` and those of single resources), `*`, or "
            + "a class: `read`, `write`, `delete`, `exec`, `port-forward`. RBAC would take any other word and match nothing by it.",
        Example = """
            role reader { can view pods }
            """,
    };

    /// <summary>A verb on a resource that does not take it.</summary>
    public static readonly DiagnosticDescriptor VerbMeansNothing = new("verb-means-nothing", DiagnosticSeverity.Error, "a right pairs a verb with a resource that does not take it")
    {
        Explanation =
            "No request on this resource has this verb, so the right would have no effect, although it reads as if it had. A class such as `read` leaves out by "
            + "itself what a resource does not take; a verb that you write yourself is never left out. Leave it away, or name the resource that it is meant for.",
        Example = """
            role reader { can list pods/log }
            """,
    };

    /// <summary>A verb that the resource does not take in a cluster's version.</summary>
    public static readonly DiagnosticDescriptor VerbNotInVersion = new("verb-not-in-version", DiagnosticSeverity.Error, "a right pairs a verb with a resource that does not take it in the cluster's Kubernetes version")
    {
        Explanation =
            "The resource takes the verb, but not in the Kubernetes version of a cluster on which a rule gives the role. There the right would have no effect. "
            + "Limit the rule to clusters of other versions, leave the verb away, or correct the version of the cluster.",
        Example = """
            cluster prod {
              tailscale  { tag = "tag:k8s-prod" }
              kubernetes { version = "1.22" }
            }
            group sre    { members = [alice@acme.com] }
            role cleaner { can deletecollection services }
            allow sre as cleaner on prod in payments
            """,
    };

    /// <summary><c>exec</c> or <c>port-forward</c> on something other than pods.</summary>
    public static readonly DiagnosticDescriptor ClassNeedsPods = new("class-needs-pods", DiagnosticSeverity.Error, "`exec` and `port-forward` go with `pods` alone")
    {
        Explanation =
            "`exec` and `port-forward` stand for all that kubectl needs to open a shell in a pod or a connection to it, subresources included, which depends on the "
            + "version of the cluster. So they go with `pods` and nothing else. Write `exec pods` in a phrase of its own.",
        Example = """
            role support { can exec [pods, deployments.apps] }
            """,
    };

    /// <summary>A resource that neither the API server nor the project declares.</summary>
    public static readonly DiagnosticDescriptor UnknownResource = new("unknown-resource", DiagnosticSeverity.Error, "a right names a resource that neither the API server nor policyc.yaml declares")
    {
        Explanation =
            "Neither the API server's own resources of Kubernetes 1.20 to 1.36 nor `kubernetes.custom_resources` in `policyc.yaml` have this one. RBAC would take "
            + "the name and match nothing. Correct it, or declare the custom resource.",
        Example = """
            role reader { can read jobs.apps }
            """,
    };

    /// <summary>A subresource that the resource does not have.</summary>
    public static readonly DiagnosticDescriptor UnknownSubresource = new("unknown-subresource", DiagnosticSeverity.Error, "a right names a subresource that its resource does not have")
    {
        Explanation =
            "The resource has no such subresource. A subresource is a right of its own, such as `pods/log`; a single object is not written behind a slash, as "
            + "kubectl does, but as `pods named \"db-0\"`.",
        Example = """
            role reader { can get pods/db-0 }
            """,
    };

    /// <summary>An API group that neither the API server nor the project declares.</summary>
    public static readonly DiagnosticDescriptor UnknownApiGroup = new("unknown-api-group", DiagnosticSeverity.Error, "a right names an API group that neither the API server nor policyc.yaml declares")
    {
        Explanation =
            "No API server from 1.20 to 1.36 has this API group, and no custom resource of `policyc.yaml` is in it. RBAC would take it and match nothing. Correct "
            + "it, or declare the custom resource under `kubernetes.custom_resources`; resources of the core group are written without a group.",
        Example = """
            role reader { can read certificates.cert-manager.io }
            """,
    };

    /// <summary>A bare name of a resource outside the core group.</summary>
    public static readonly DiagnosticDescriptor MissingApiGroup = new("missing-api-group", DiagnosticSeverity.Error, "a bare resource name stands for the core group, and this resource is in another one")
    {
        Explanation =
            "A bare name stands for a resource of the core group, and this resource is in another one. RBAC would take the bare name and match nothing. Write the "
            + "group behind it, as in `deployments.apps`.",
        Example = """
            role deployer { can write deployments }
            """,
    };

    /// <summary>A singular, a short name or capital letters.</summary>
    public static readonly DiagnosticDescriptor NotThePlural = new("not-the-plural", DiagnosticSeverity.Error, "a resource is written as its lower-case plural")
    {
        Explanation =
            "RBAC knows resources only by their lower-case plural, such as `pods`. The singular, a short name of kubectl or capital letters would be taken by the "
            + "API server and match nothing. Write the plural with its group.",
        Example = """
            role reader { can read [pod, deploy] }
            """,
    };

    /// <summary>A pattern that RBAC does not have.</summary>
    public static readonly DiagnosticDescriptor NoSuchPattern = new("no-such-pattern", DiagnosticSeverity.Error, "a right uses `*` where RBAC would take it literally")
    {
        Explanation =
            "In RBAC `*` stands for a whole resource, a whole API group or one subresource of everything, never for a part of a name; `pods/*` and `pod*` would be "
            + "read literally and match nothing. Name the resources, or write `*`, `*.apps` or `*/scale` if that is meant.",
        Example = """
            role reader { can read pods/* }
            """,
    };

    /// <summary>A resource that the cluster's version does not have.</summary>
    public static readonly DiagnosticDescriptor ResourceNotInVersion = new("resource-not-in-version", DiagnosticSeverity.Error, "a right names a resource that the cluster's Kubernetes version does not have")
    {
        Explanation =
            "The Kubernetes version of a cluster on which the role is given does not have the resource, such as `ingresses.extensions` from 1.22 on. There the "
            + "right would have no effect. Name the resource that the version has, or limit the rule to clusters that have it.",
        Example = """
            cluster prod {
              tailscale  { tag = "tag:k8s-prod" }
              kubernetes { version = "1.33" }
            }
            group sre   { members = [alice@acme.com] }
            role reader { can read ingresses.extensions }
            allow sre as reader on prod cluster-wide
            """,
    };

    /// <summary>A URL that is none, or that no request without a resource can have.</summary>
    public static readonly DiagnosticDescriptor BadUrl = new("bad-url", DiagnosticSeverity.Error, "a quoted resource is a URL path that starts with `/`, with `*` only at its end")
    {
        Explanation =
            "A quoted resource is the path of a request that is not about a resource, such as `\"/metrics\"`. It begins with `/` and may have `*` only at its end. "
            + "The path of a resource, such as `\"/api/v1/pods\"`, is refused because a right on a URL never reaches it: name the resource instead.",
        Example = """
            role scraper { can get "metrics" }
            """,
    };

    /// <summary>A verb that is no HTTP method, on a URL.</summary>
    public static readonly DiagnosticDescriptor NoHttpMethod = new("no-http-method", DiagnosticSeverity.Error, "a right on a URL uses a verb that is no HTTP method")
    {
        Explanation =
            "A right on a URL takes HTTP methods: `get`, `post`, `put`, `patch`, `delete`, `head`, `options`, or `read` for `get`. Other verbs belong to resources "
            + "and mean nothing on a URL. Write the URL in a phrase of its own.",
        Example = """
            role scraper { can [get, list] "/metrics" }
            """,
    };

    /// <summary>Names beside a URL.</summary>
    public static readonly DiagnosticDescriptor NamesWithUrl = new("names-with-url", DiagnosticSeverity.Error, "`named` limits resources, and a URL has no objects")
    {
        Explanation = "`named` limits a right to single objects of a resource, and a URL has no objects. Write the URL in a phrase of its own, without `named`.",
        Example = """
            role scraper { can get ["/metrics", configmaps] named "scrape-config" }
            """,
    };

    /// <summary>An empty name or a pattern.</summary>
    public static readonly DiagnosticDescriptor BadObjectName = new("bad-object-name", DiagnosticSeverity.Error, "an object name is empty or a pattern, which RBAC would read otherwise")
    {
        Explanation =
            "RBAC reads the names of objects literally: a pattern such as `db-*` would match only an object of that very name, and an empty name every request that "
            + "names no object. Write out the names, or leave `named` away for all objects. Names of signers such as `example.com/*` are the one exception.",
        Example = """
            role reader { can get secrets named "db-*" }
            """,
    };

    /// <summary>A verb that RBAC cannot limit by name.</summary>
    public static readonly DiagnosticDescriptor VerbWithoutName = new("verb-without-name", DiagnosticSeverity.Error, "`create` and `deletecollection` cannot be limited by name: the request does not say one")
    {
        Explanation =
            "A request to create an object or to delete a whole collection does not say a name that the API server could compare, so RBAC cannot limit it to one. A "
            + "right that says so would never apply. Write the verb in a phrase of its own without `named`, if all objects are meant.",
        Example = """
            role deployer { can create configmaps named "settings" }
            """,
    };

    /// <summary>A class whose <c>create</c> is left out because of names.</summary>
    public static readonly DiagnosticDescriptor CreateLeftOut = new("create-left-out", DiagnosticSeverity.Warning, "`write` with `named` gives update and patch, but no create")
    {
        Explanation =
            "`write` is create, update and patch, but a request to create says no name that RBAC could compare. So `write … named` gives update and patch only. "
            + "Write `[update, patch]` to say that it is meant, and `create` in a phrase of its own where it is wanted.",
        Example = """
            cluster prod  { tailscale { tag = "tag:k8s-prod" } }
            group sre     { members = [alice@acme.com] }
            role deployer { can write configmaps named "settings" }
            allow sre as deployer on prod in payments
            """,
    };
}
