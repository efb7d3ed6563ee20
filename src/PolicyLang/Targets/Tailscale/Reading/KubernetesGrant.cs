using System.Collections.Immutable;

namespace PolicyLang.Targets.Tailscale.Reading;

/// <summary>What a grant lets its sources be at API server proxies: all its values together.</summary>
/// <param name="Groups">The groups, sorted without repetitions.</param>
/// <param name="IsMalformed">Whether a value cannot be decoded, so that holders get nothing from any grant.</param>
/// <param name="EnforcesRecorder">Whether holders need a recorder.</param>
/// <param name="HasRecorder">Whether a recorder is named.</param>
internal sealed record KubernetesGrant(ImmutableArray<string> Groups, bool IsMalformed, bool EnforcesRecorder, bool HasRecorder)
{
    /// <summary>Reads the capability of a grant; reports keys that the proxy ignores.</summary>
    public static KubernetesGrant? Read(TailnetFile file, AccessRule rule)
    {
        KubernetesGrant? grant = null;
        foreach (var capability in rule.Capabilities)
        {
            if (!string.Equals(capability.Name, KubernetesCapability.Name, StringComparison.Ordinal))
            {
                continue;
            }

            if (capability.Values.Length == 1 && grant is null && KubernetesCapability.Read(capability.Values[0]) is { IsMalformed: false, Groups.Length: <= 1, UnknownKeys.IsEmpty: true } single)
            {
                grant = new KubernetesGrant(single.Groups, false, single.EnforcesRecorder, single.HasRecorder);
                continue;
            }

            var values = new KubernetesCapability[capability.Values.Length];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = KubernetesCapability.Read(capability.Values[i]);
                foreach (var key in values[i].UnknownKeys)
                {
                    file.NotModelled($"the API server proxy does not read key `{key.Text}`", key.Offset);
                }

                if (values[i].IsMalformed)
                {
                    file.NotModelled("the API server proxy cannot decode this value, and serves nobody who holds it", capability.Values[i].Offset);
                }
            }

            grant = new KubernetesGrant(
                GroupsOf(values, grant),
                (grant?.IsMalformed ?? false) || values.Any(v => v.IsMalformed),
                (grant?.EnforcesRecorder ?? false) || values.Any(v => v.EnforcesRecorder),
                (grant?.HasRecorder ?? false) || values.Any(v => v.HasRecorder));
        }

        return grant;
    }

    private static ImmutableArray<string> GroupsOf(KubernetesCapability[] values, KubernetesGrant? earlier)
    {
        var groups = new SortedSet<string>(values.SelectMany(v => v.Groups).Concat(earlier?.Groups ?? []), StringComparer.Ordinal);
        return [.. groups];
    }
}
