using System.Collections.Immutable;

namespace PolicyLang.Targets.Tailscale.Reading;

/// <summary>Who calls the API server proxy.</summary>
/// <param name="Name">The login of a person; the full name of a tagged device.</param>
/// <param name="Tags">The tags of the device; empty for a person.</param>
internal sealed record ProxyCaller(string Name, ImmutableArray<string> Tags);

/// <summary>What the proxy asks the API server for.</summary>
/// <param name="IsError">Whether the caller's capabilities cannot be decoded: nothing is asked.</param>
/// <param name="IsForbidden">Whether every request is refused because it would have to be recorded and nothing records.</param>
/// <param name="User">The user that is impersonated.</param>
/// <param name="Groups">The groups that are impersonated, in order.</param>
/// <param name="FailsOpen">Whether requests go on without a recorder.</param>
/// <param name="Recorders">The addresses of recorders.</param>
internal sealed record ProxyAnswer(bool IsError, bool IsForbidden, string User, ImmutableArray<string> Groups, bool FailsOpen, ImmutableArray<string> Recorders);

/// <summary>The API server proxy of the Kubernetes operator (tailscale/tailscale <c>k8s-operator/api-proxy/proxy.go</c>).</summary>
internal static class ApiServerProxy
{
    /// <summary>Answers a caller that holds these values of <c>tailscale.com/cap/kubernetes</c>, of every rule that reaches the proxy.</summary>
    public static ProxyAnswer Answer(ProxyCaller caller, IEnumerable<PolicyNode> values)
    {
        var capabilities = values.Select(KubernetesCapability.Read).ToArray();
        if (capabilities.Any(c => c.IsMalformed))
        {
            return new ProxyAnswer(true, false, "", [], false, []);
        }

        ImmutableArray<string> groups = [.. capabilities.SelectMany(c => c.Groups).Distinct(StringComparer.Ordinal)];
        ImmutableArray<string> recorders = [.. capabilities.SelectMany(c => c.RecorderAddresses)];
        var failsOpen = !capabilities.Any(c => c.EnforcesRecorder);
        return new ProxyAnswer(false, !failsOpen && recorders.IsEmpty, caller.Name, groups.IsEmpty ? caller.Tags : groups, failsOpen, recorders);
    }
}
