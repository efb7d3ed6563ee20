using System.Collections.Immutable;

namespace PolicyLang.Semantics.Rights;

/// <summary>The verb classes of the language.</summary>
internal static class VerbClass
{
    public const string Read = "read";
    public const string Write = "write";
    public const string Delete = "delete";
    public const string Exec = "exec";
    public const string PortForward = "port-forward";

    /// <summary>kubectl and the API server speak WebSocket for exec since this minor version (KEP-4006): the request is a GET and asks for the verb <c>get</c>.</summary>
    public const int ExecByWebSocketSince = 30;

    /// <summary>As <see cref="ExecByWebSocketSince"/>, for port-forward.</summary>
    public const int PortForwardByWebSocketSince = 31;

    /// <summary>All classes, sorted.</summary>
    public static readonly ImmutableArray<string> All = [Delete, Exec, PortForward, Read, Write];

    private static readonly ImmutableArray<string> ReadVerbs = ["get", "list", "watch"];
    private static readonly ImmutableArray<string> WriteVerbs = ["create", "patch", "update"];
    private static readonly ImmutableArray<string> DeleteVerbs = ["delete", "deletecollection"];

    /// <summary>The Kubernetes verbs of a class that is a list of verbs; empty for anything else.</summary>
    public static ImmutableArray<string> VerbsOf(string name) => name switch
    {
        Read => ReadVerbs,
        Write => WriteVerbs,
        Delete => DeleteVerbs,
        _ => [],
    };

    /// <summary>Whether a class speaks of what one does with pods rather than of verbs.</summary>
    public static bool NeedsPods(string name) => name is Exec or PortForward;

    /// <summary>The rights behind <c>exec</c> or <c>port-forward</c> on pods: verbs and resource of the core group.</summary>
    /// <param name="name">The class.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="minorVersion">The minor version of Kubernetes.</param>
    public static IEnumerable<(string Verb, string Resource)> RightsOnPods(string name, RightsPurpose purpose, int minorVersion)
    {
        if (purpose == RightsPurpose.Guard)
        {
            // Until 1.34 `get` alone lets a WebSocket client in, and from 1.35 a feature gate can still say so; `create` always does.
            ImmutableArray<string> resources = name == Exec ? ["pods/attach", "pods/exec"] : ["pods/portforward"];
            foreach (var resource in resources)
            {
                yield return ("create", resource);
                yield return ("get", resource);
            }

            if (name == Exec)
            {
                yield return ("patch", "pods/ephemeralcontainers");
                yield return ("update", "pods/ephemeralcontainers");
            }

            yield break;
        }

        // kubectl reads the pod first, and it sends POST where it does not speak WebSocket.
        yield return ("get", "pods");
        var target = name == Exec ? "pods/exec" : "pods/portforward";
        yield return ("create", target);
        if (minorVersion >= (name == Exec ? ExecByWebSocketSince : PortForwardByWebSocketSince))
        {
            yield return ("get", target);
        }
    }
}
