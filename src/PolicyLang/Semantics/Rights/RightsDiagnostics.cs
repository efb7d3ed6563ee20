using PolicyLang.Diagnostics;

namespace PolicyLang.Semantics.Rights;

/// <summary>The diagnostics of the phrase <c>can VERBS RESOURCES</c>.</summary>
public static class RightsDiagnostics
{
    /// <summary>A verb that neither Kubernetes nor the language knows.</summary>
    public static readonly DiagnosticDescriptor UnknownVerb = Error("unknown-verb", "a right names a verb that neither Kubernetes nor the language knows");

    /// <summary>A verb on a resource that does not take it.</summary>
    public static readonly DiagnosticDescriptor VerbMeansNothing = Error("verb-means-nothing", "a right pairs a verb with a resource that does not take it");

    /// <summary>A verb that the resource does not take in a cluster's version.</summary>
    public static readonly DiagnosticDescriptor VerbNotInVersion = Error("verb-not-in-version", "a right pairs a verb with a resource that does not take it in the cluster's Kubernetes version");

    /// <summary><c>exec</c> or <c>port-forward</c> on something other than pods.</summary>
    public static readonly DiagnosticDescriptor ClassNeedsPods = Error("class-needs-pods", "`exec` and `port-forward` go with `pods` alone");

    /// <summary>A resource that neither the API server nor the project declares.</summary>
    public static readonly DiagnosticDescriptor UnknownResource = Error("unknown-resource", "a right names a resource that neither the API server nor policyc.yaml declares");

    /// <summary>A subresource that the resource does not have.</summary>
    public static readonly DiagnosticDescriptor UnknownSubresource = Error("unknown-subresource", "a right names a subresource that its resource does not have");

    /// <summary>An API group that neither the API server nor the project declares.</summary>
    public static readonly DiagnosticDescriptor UnknownApiGroup = Error("unknown-api-group", "a right names an API group that neither the API server nor policyc.yaml declares");

    /// <summary>A bare name of a resource outside the core group.</summary>
    public static readonly DiagnosticDescriptor MissingApiGroup = Error("missing-api-group", "a bare resource name stands for the core group, and this resource is in another one");

    /// <summary>A singular, a short name or capital letters.</summary>
    public static readonly DiagnosticDescriptor NotThePlural = Error("not-the-plural", "a resource is written as its lower-case plural");

    /// <summary>A pattern that RBAC does not have.</summary>
    public static readonly DiagnosticDescriptor NoSuchPattern = Error("no-such-pattern", "a right uses `*` where RBAC would take it literally");

    /// <summary>A resource that the cluster's version does not have.</summary>
    public static readonly DiagnosticDescriptor ResourceNotInVersion = Error("resource-not-in-version", "a right names a resource that the cluster's Kubernetes version does not have");

    /// <summary>A URL that is none, or that no request without a resource can have.</summary>
    public static readonly DiagnosticDescriptor BadUrl = Error("bad-url", "a quoted resource is a URL path that starts with `/`, with `*` only at its end");

    /// <summary>A verb that is no HTTP method, on a URL.</summary>
    public static readonly DiagnosticDescriptor NoHttpMethod = Error("no-http-method", "a right on a URL uses a verb that is no HTTP method");

    /// <summary>Names beside a URL.</summary>
    public static readonly DiagnosticDescriptor NamesWithUrl = Error("names-with-url", "`named` limits resources, and a URL has no objects");

    /// <summary>An empty name or a pattern.</summary>
    public static readonly DiagnosticDescriptor BadObjectName = Error("bad-object-name", "an object name is empty or a pattern, which RBAC would read otherwise");

    /// <summary>A verb that RBAC cannot limit by name.</summary>
    public static readonly DiagnosticDescriptor VerbWithoutName = Error("verb-without-name", "`create` and `deletecollection` cannot be limited by name: the request does not say one");

    /// <summary>A class whose <c>create</c> is left out because of names.</summary>
    public static readonly DiagnosticDescriptor CreateLeftOut = new("create-left-out", DiagnosticSeverity.Warning, "`write` with `named` gives update and patch, but no create");

    private static DiagnosticDescriptor Error(string code, string title) => new(code, DiagnosticSeverity.Error, title);
}
