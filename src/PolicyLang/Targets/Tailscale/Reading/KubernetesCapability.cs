using System.Collections.Immutable;

namespace PolicyLang.Targets.Tailscale.Reading;

/// <summary>
/// A value of <c>tailscale.com/cap/kubernetes</c> as the API server proxy decodes it (tailscale/tailscale <c>kube/kubetypes/grants.go</c>, with Go's
/// <c>encoding/json</c>: keys in any case, unknown keys ignored, a value of another type an error).
/// </summary>
/// <param name="IsMalformed">Whether the proxy cannot decode it, and then nothing of what the caller holds.</param>
/// <param name="Groups">The groups to impersonate, in order.</param>
/// <param name="HasRecorder">Whether it names a recorder, by tag or by address.</param>
/// <param name="RecorderAddresses">The addresses of recorders.</param>
/// <param name="EnforcesRecorder">Whether requests fail where no recorder takes them.</param>
/// <param name="UnknownKeys">Keys that the proxy ignores.</param>
internal sealed record KubernetesCapability(
    bool IsMalformed,
    ImmutableArray<string> Groups,
    bool HasRecorder,
    ImmutableArray<string> RecorderAddresses,
    bool EnforcesRecorder,
    ImmutableArray<TextAt> UnknownKeys)
{
    public const string Name = "tailscale.com/cap/kubernetes";

    public static KubernetesCapability Read(PolicyNode value) => new Decoder().Decode(value);

    private sealed class Decoder
    {
        private readonly List<string> _groups = [];
        private List<string>? _addresses;
        private List<TextAt>? _unknown;
        private bool _isMalformed;
        private bool _hasRecorder;
        private bool _enforces;

        public KubernetesCapability Decode(PolicyNode value)
        {
            foreach (var member in Members(value))
            {
                if (Is(member, "impersonate"))
                {
                    DecodeImpersonation(member.Value);
                }
                else if (Is(member, "recorder"))
                {
                    _hasRecorder |= Texts(member.Value).Length > 0;
                }
                else if (Is(member, "recorderAddrs"))
                {
                    var addresses = Texts(member.Value);
                    _isMalformed |= addresses.Any(a => !System.Net.IPEndPoint.TryParse(a, out _) || !a.Contains(':', StringComparison.Ordinal));
                    _hasRecorder |= addresses.Length > 0;
                    (_addresses ??= []).AddRange(addresses);
                }
                else if (Is(member, "enforceRecorder"))
                {
                    _enforces = Flag(member.Value, _enforces);
                }
                else if (Is(member, "enableEvents"))
                {
                    Flag(member.Value, false);
                }
                else
                {
                    (_unknown ??= []).Add(new TextAt(member.Key, member.Offset));
                }
            }

            return new KubernetesCapability(_isMalformed, [.. _groups], _hasRecorder, [.. _addresses ?? []], _enforces, [.. _unknown ?? []]);
        }

        private static bool Is(PolicyMember member, string key) => string.Equals(member.Key, key, StringComparison.OrdinalIgnoreCase);

        private void DecodeImpersonation(PolicyNode value)
        {
            foreach (var member in Members(value))
            {
                if (Is(member, "groups"))
                {
                    _groups.AddRange(Texts(member.Value));
                }
                else
                {
                    (_unknown ??= []).Add(new TextAt($"impersonate.{member.Key}", member.Offset));
                }
            }
        }

        private PolicyMember[] Members(PolicyNode value)
        {
            _isMalformed |= value.Kind is not (PolicyNodeKind.Object or PolicyNodeKind.Null);
            return value.Members;
        }

        private string[] Texts(PolicyNode value)
        {
            _isMalformed |= value.Kind is not (PolicyNodeKind.List or PolicyNodeKind.Null);
            var texts = new string[value.Items.Length];
            for (var i = 0; i < texts.Length; i++)
            {
                _isMalformed |= value.Items[i].Kind is not (PolicyNodeKind.Text or PolicyNodeKind.Null);
                texts[i] = value.Items[i].Text;
            }

            return texts;
        }

        private bool Flag(PolicyNode value, bool otherwise)
        {
            _isMalformed |= value.Kind is not (PolicyNodeKind.True or PolicyNodeKind.False or PolicyNodeKind.Null);
            return value.Kind == PolicyNodeKind.Null ? otherwise : value.Kind == PolicyNodeKind.True;
        }
    }
}
