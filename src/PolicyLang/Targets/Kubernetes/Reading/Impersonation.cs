using System.Collections.Immutable;

namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>Whom a request asks to be.</summary>
/// <param name="User">The user; absent when no header names one.</param>
/// <param name="Groups">The groups, one a header; a comma separates nothing.</param>
/// <param name="Uid">The uid; absent without one.</param>
/// <param name="Extras">Further attributes, keys in lower case.</param>
internal sealed record ImpersonationHeaders(string? User, ImmutableArray<string> Groups, string? Uid, ImmutableArray<KeyValuePair<string, string>> Extras);

/// <summary>What becomes of a request to be somebody else.</summary>
/// <param name="User">The user that the request goes on as.</param>
/// <param name="Groups">The groups that it goes on with.</param>
/// <param name="Refused">The check that failed; absent when all passed.</param>
/// <param name="IsMalformed">Whether the headers make no sense: a group without a user.</param>
internal sealed record ImpersonationOutcome(string User, ImmutableArray<string> Groups, RbacRequest? Refused, bool IsMalformed);

/// <summary>Impersonation as the API server checks it (Kubernetes, apiserver/pkg/endpoints/filters/impersonation).</summary>
internal static class Impersonation
{
    private const string AuthenticationGroup = "authentication.k8s.io";
    private const string NodePrefix = "system:node:";

    /// <summary>Decides on the headers of a request.</summary>
    /// <param name="isAllowed">Answers for the caller as he is.</param>
    /// <param name="headers">Whom he asks to be.</param>
    /// <param name="request">What he wants then.</param>
    /// <param name="isConstrained">Whether the server knows constrained impersonation (KEP-5284: on since 1.36).</param>
    public static ImpersonationOutcome Decide(Func<RbacRequest, bool> isAllowed, ImpersonationHeaders headers, RbacRequest request, bool isConstrained)
    {
        if (headers.User is not { Length: > 0 } user)
        {
            return new ImpersonationOutcome("", [], null, IsMalformed: true);
        }

        var groups = GroupsOf(user, headers.Groups);
        if (isConstrained && PassesConstrained(isAllowed, headers, user, request))
        {
            return new ImpersonationOutcome(user, groups, null, IsMalformed: false);
        }

        var refused = Checks(headers, user).FirstOrDefault(check => !isAllowed(check));
        return new ImpersonationOutcome(user, groups, refused, IsMalformed: false);
    }

    /// <summary>The right to be a user: a service account needs one on service accounts.</summary>
    public static RbacRequest ToBeUser(string user)
        => ServiceAccountOf(user) is var (ns, name)
            ? new RbacRequest("impersonate", "", "serviceaccounts", "", name, ns, null)
            : new RbacRequest("impersonate", "", "users", "", user, "", null);

    /// <summary>The right to be in a group.</summary>
    public static RbacRequest ToBeInGroup(string group) => new("impersonate", "", "groups", "", group, "", null);

    /// <summary>The rights that constrained impersonation asks for in one group or as one user, besides one for the request itself; none where it never helps.</summary>
    public static IEnumerable<RbacRequest> ConstrainedToBe(bool isGroup, string name)
    {
        if (isGroup)
        {
            return name == "system:masters" ? [] : [Constrained("user-info", "groups", name)];
        }

        if (ServiceAccountOf(name) is var (ns, account))
        {
            return [Constrained("serviceaccount", "serviceaccounts", account, ns)];
        }

        return name.StartsWith(NodePrefix, StringComparison.Ordinal)
            ? [Constrained("arbitrary-node", "nodes", name[NodePrefix.Length..]), Constrained("associated-node", "nodes", "*")]
            : [Constrained("user-info", "users", name)];
    }

    private static RbacRequest Constrained(string mode, string resource, string name, string ns = "")
        => new("impersonate:" + mode, AuthenticationGroup, resource, "", name, ns, null);

    private static IEnumerable<RbacRequest> Checks(ImpersonationHeaders headers, string user)
    {
        yield return ToBeUser(user);
        foreach (var group in headers.Groups)
        {
            yield return ToBeInGroup(group);
        }

        foreach (var (key, value) in headers.Extras)
        {
            yield return new RbacRequest("impersonate", AuthenticationGroup, "userextras", key, value, "", null);
        }

        if (headers.Uid is { } uid)
        {
            yield return new RbacRequest("impersonate", AuthenticationGroup, "uids", "", uid, "", null);
        }
    }

    private static bool PassesConstrained(Func<RbacRequest, bool> isAllowed, ImpersonationHeaders headers, string user, RbacRequest request)
    {
        if (headers.Groups.Contains("system:masters", StringComparer.Ordinal))
        {
            return false;
        }

        var isServiceAccount = ServiceAccountOf(user) is not null;
        var isNode = user.StartsWith(NodePrefix, StringComparison.Ordinal);
        var mode = isServiceAccount ? "serviceaccount" : isNode ? "arbitrary-node" : "user-info";
        if ((isServiceAccount || isNode) && (!headers.Groups.IsEmpty || headers.Uid is not null || !headers.Extras.IsEmpty))
        {
            return false;
        }

        return isAllowed(request with { Verb = $"impersonate-on:{mode}:{request.Verb}" })
            && isAllowed(ConstrainedToBe(isGroup: false, user).First())
            && headers.Groups.All(g => isAllowed(Constrained(mode, "groups", g)))
            && headers.Extras.All(e => isAllowed(Constrained(mode, "userextras", e.Value) with { Subresource = e.Key }))
            && (headers.Uid is not { } uid || isAllowed(Constrained(mode, "uids", uid)));
    }

    private static ImmutableArray<string> GroupsOf(string user, ImmutableArray<string> groups)
    {
        const string Authenticated = "system:authenticated";
        const string Unauthenticated = "system:unauthenticated";
        if (groups.IsEmpty && ServiceAccountOf(user) is var (ns, _))
        {
            groups = ["system:serviceaccounts", "system:serviceaccounts:" + ns];
        }

        if (user == "system:anonymous")
        {
            return groups.Contains(Unauthenticated, StringComparer.Ordinal) ? groups : groups.Add(Unauthenticated);
        }

        return groups.Any(g => g is Authenticated or Unauthenticated) ? groups : groups.Add(Authenticated);
    }

    private static (string Namespace, string Name)? ServiceAccountOf(string user)
        => user.StartsWith(RbacWords.ServiceAccountUserPrefix, StringComparison.Ordinal)
            && user[RbacWords.ServiceAccountUserPrefix.Length..].Split(':') is [{ Length: > 0 } ns, { Length: > 0 } name]
                && NameRules.DnsLabel(ns).Count == 0 && NameRules.DnsSubdomain(name).Count == 0
            ? (ns, name)
            : null;
}
