using System.Collections.Immutable;
using PolicyLang.Targets.Kubernetes.Reading;
using PolicyLang.Tests.Oracle;
using static PolicyLang.Conformance.Kubernetes.OracleObjects;

namespace PolicyLang.Conformance.Kubernetes;

/// <summary>Requests on behalf of others, as an API server 1.20 answered them.</summary>
internal static class ImpersonationRecordings
{
    private const string Caller = "system:serviceaccount:tailscale:operator";

    public static ConformanceRow Row()
    {
        var run = new ConformanceRun("kubernetes/impersonation_live.json", "status and message");
        var (policy, roles) = Cluster();
        foreach (var test in OracleData.Cases(KubernetesConformance.System, "impersonation_live.json"))
        {
            var expected = $"{test["status"]!.GetValue<int>()} {Text(test, "message")}";
            var request = Text(test, "request").Split(' ');
            var actual = Answer(policy, roles, Texts(test, "headers"), RequestUrls.Parse(request[0], request[1])!);
            run.Expect(Text(test, "case"), expected.StartsWith("500", StringComparison.Ordinal) ? "500" : expected, actual);
        }

        return run.ToRow();
    }

    private static string Answer(RbacPolicy policy, RbacRoles roles, ImmutableArray<string> headers, RbacRequest request)
    {
        string[] callerGroups = ["system:serviceaccounts", "system:serviceaccounts:tailscale", "system:authenticated"];
        var (user, groups) = (Caller, callerGroups.ToImmutableArray());
        if (!headers.IsEmpty)
        {
            var outcome = Impersonation.Decide(r => policy.Decide(roles, Caller, callerGroups, r).Grant is not null, Headers(headers), request, isConstrained: false);
            if (outcome.IsMalformed)
            {
                return "500";
            }

            if (outcome.Refused is { } refused)
            {
                return Forbidden(Caller, refused);
            }

            (user, groups) = (outcome.User, outcome.Groups);
        }

        return policy.Decide(roles, user, groups, request).Grant is not null ? "200 " : Forbidden(user, request);
    }

    private static string Forbidden(string user, RbacRequest request)
    {
        var resource = request.ApiGroup.Length == 0 ? request.Resource : $"{request.Resource}.{request.ApiGroup}";
        var full = request.Subresource.Length == 0 ? request.Resource : $"{request.Resource}/{request.Subresource}";
        var name = request.Name.Length == 0 ? "" : $" \"{request.Name}\"";
        var scope = request.Namespace.Length == 0 ? "at the cluster scope" : $"in the namespace \"{request.Namespace}\"";
        return $"403 {resource}{name} is forbidden: User \"{user}\" cannot {request.Verb} resource \"{full}\" in API group \"{request.ApiGroup}\" {scope}";
    }

    private static ImpersonationHeaders Headers(ImmutableArray<string> lines)
    {
        string? user = null;
        var groups = ImmutableArray.CreateBuilder<string>();
        var extras = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        foreach (var line in lines)
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            var (name, value) = (line[..colon], line[(colon + 2)..]);
            switch (name)
            {
                case "Impersonate-User":
                    user = value;
                    break;
                case "Impersonate-Group":
                    groups.Add(value);
                    break;
                default:
                    extras.Add(KeyValuePair.Create(name["Impersonate-Extra-".Length..].ToLowerInvariant(), value));
                    break;
            }
        }

        return new ImpersonationHeaders(user, groups.ToImmutable(), null, extras.ToImmutable());
    }

    // The cluster of the recording: what every API server makes, the operator's rights, and a bound group.
    private static (RbacPolicy, RbacRoles) Cluster()
    {
        var operatorRole = new RbacRoleObject(
            false,
            new RbacMetadata("operator", "", []),
            [
                new(["impersonate"], [""], ["users"], [], []),
                new(["impersonate"], [""], ["groups"], ["policyc:prod:viewers", "policyc:prod:admins"], []),
                new(["impersonate"], ["authentication.k8s.io"], ["userextras/team"], ["platform"], []),
            ],
            null,
            default);
        RbacBindingObject[] bindings =
        [
            .. BuiltInRoles.Default.Bindings,
            Bind("operator", "operator", new RbacSubjectObject("", "ServiceAccount", "operator", "tailscale")),
            Bind("viewers", "view", new RbacSubjectObject(RbacWords.Group, "Group", "policyc:prod:viewers", "")),
        ];
        return (new RbacPolicy(bindings), new RbacRoles(RoleAggregation.Resolve([.. BuiltInRoles.Default.Roles, operatorRole])));
    }

    private static RbacBindingObject Bind(string name, string role, RbacSubjectObject subject)
        => new(false, new RbacMetadata(name, "", []), new RbacRoleReference(RbacWords.Group, "ClusterRole", role), [subject], default);
}
