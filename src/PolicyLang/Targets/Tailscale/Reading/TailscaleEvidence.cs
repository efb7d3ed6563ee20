using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PolicyLang.Data;
using PolicyLang.Proof;
using PolicyLang.Reading;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Tailscale.Reading;

/// <summary>What the policy file of a Tailscale path says, asked in the policy's words.</summary>
internal sealed class TailscaleEvidence : PathEvidence
{
    private readonly AccessPath _path;
    private readonly TailnetReading? _reading;

    private TailscaleEvidence(AccessPath path, TailnetReading? reading)
    {
        _path = path;
        _reading = reading;
    }

    /// <inheritdoc/>
    public override ImmutableArray<ReadingProblem> Problems => _reading?.Problems ?? [];

    /// <summary>Finds the policy file of a path among the files of all paths through Tailscale.</summary>
    public static IEnumerable<Artefact> FilesOf(AccessPath path, IReadOnlyList<Artefact> files)
    {
        var output = path.Settings.GetText("output", path.Name + "/policy.hujson");
        return files.Where(file => string.Equals(file.Path, output, StringComparison.Ordinal));
    }

    /// <summary>Reads the policy file of a path. A tailnet has exactly one, so that nothing can stand beside it.</summary>
    public static TailscaleEvidence Read(AccessPath path, ImmutableArray<Artefact> files) => new(path, files.IsEmpty ? null : TailnetReading.Read(files[0]));

    /// <inheritdoc/>
    public override ImmutableArray<OtherEffect> OtherEffects(ImmutableArray<Cluster> clusters)
    {
        if (_reading is null)
        {
            return [];
        }

        var owners = DeclaredOwners(clusters);
        var proxies = clusters.SelectMany(ProxiesOf).ToArray();

        // A replica of a ProxyGroup advertises the group's service and carries the group's tag.
        var asked = proxies.Where(proxy => proxy.IsGroup).Select(proxy => $"service {proxy.Tag} by {proxy.Tag}").ToHashSet(StringComparer.Ordinal);
        return
        [
            .. _reading.EffectsBeyond(proxies.SelectMany(proxy => proxy.Ports.Select(port => EndpointOf(proxy, port))), (tag, owner) => owners.Contains((tag, owner)))
                .Where(effect => effect.Topic is null || !asked.Contains(effect.Topic)),
        ];
    }

    /// <inheritdoc/>
    public override ImmutableArray<ReadEndpoint> EndpointsOf(Cluster cluster)
    {
        if (_reading is null)
        {
            return [];
        }

        var endpoints = ImmutableArray.CreateBuilder<ReadEndpoint>();
        foreach (var proxy in ProxiesOf(cluster))
        {
            var identities = _reading.IdentitiesAt(EndpointOf(proxy, proxy.Ports[0]));
            foreach (var port in proxy.Ports)
            {
                var shown = proxy.Ports.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $"{proxy.Name}:{port}") : proxy.Name;
                endpoints.Add(new ReadEndpoint(shown, _reading.GateTo(EndpointOf(proxy, port)), identities, proxy.Account));
            }
        }

        return endpoints.ToImmutable();
    }

    /// <inheritdoc/>
    public override ImmutableArray<ReadStatements> StatementsOf(Cluster cluster)
        => _reading is null ? [] : [.. ProxiesOf(cluster).SelectMany(proxy => proxy.Ports.Select(port => _reading.StatementsAt(EndpointOf(proxy, port))))];

    /// <inheritdoc/>
    public override Atom AtomOf(NativePrincipal principal) => principal.Kind switch
    {
        PrincipalKind.Group when principal.Value is "autogroup:member" or "autogroup:members" => new Atom(AtomKind.AnyPerson, "", ""),
        PrincipalKind.Group => new Atom(AtomKind.Group, principal.Value.StartsWith("autogroup:", StringComparison.Ordinal) ? "autogroup" : "group", principal.Value),
        PrincipalKind.Machine => new Atom(AtomKind.Machine, "tag", principal.Value),
        _ => new Atom(AtomKind.Person, "login", principal.Value.ToLowerInvariant()),
    };

    /// <inheritdoc/>
    public override ImmutableArray<Atom> ChecksOf(Posture posture)
        => posture.Assertions.TryGetValue(_path.Name, out var texts) ? [.. texts.Select(text => new Atom(AtomKind.Posture, "tailscale", WithUsualSpaces(text.Text)))] : [];

    private static TailnetEndpoint EndpointOf((string Name, string Tag, ImmutableArray<int> Ports, (string, string) Account, bool IsGroup) proxy, int port)
        => new([proxy.Tag], [], port) { MayHostServices = proxy.IsGroup };

    // As Tailscale's documentation writes expressions: one space around operators and words, none inside brackets, one behind a comma.
    private static string WithUsualSpaces(string expression)
    {
        var text = new StringBuilder(expression.Length);
        var needsSpace = false;
        for (var i = 0; i < expression.Length;)
        {
            var c = expression[i];
            var start = i++;
            if (c == ' ')
            {
                continue;
            }

            if (c is '\'' or '"')
            {
                var end = expression.IndexOf(c, i);
                i = end < 0 ? expression.Length : end + 1;
            }
            else if (c is '<' or '>' or '=' or '!')
            {
                i += i < expression.Length && expression[i] == '=' ? 1 : 0;
            }
            else if (c is not ('[' or ']' or ','))
            {
                while (i < expression.Length && expression[i] is not (' ' or '<' or '>' or '=' or '!' or '[' or ']' or ',' or '\'' or '"'))
                {
                    i++;
                }
            }

            if (needsSpace && c is not (']' or ','))
            {
                text.Append(' ');
            }

            text.Append(expression, start, i - start);
            needsSpace = c != '[';
        }

        return text.ToString();
    }

    private IEnumerable<(string Name, string Tag, ImmutableArray<int> Ports, (string, string) Account, bool IsGroup)> ProxiesOf(Cluster cluster)
    {
        if (!cluster.Paths.TryGetValue(_path.Name, out var block))
        {
            yield break;
        }

        if (block.FindText("tag") is { } tag)
        {
            yield return ("", tag.Text, PortsOf(block), AccountOf(block), IsGroup(block));
        }

        foreach (var (_, endpoint) in block.GetBlocks("endpoint"))
        {
            yield return (endpoint.GetText("name", ""), endpoint.GetText("tag", ""), PortsOf(endpoint), AccountOf(endpoint), IsGroup(endpoint));
        }
    }

    private static bool IsGroup(SettingBlock block) => block.GetText("proxy", "operator") == "group";

    private static ImmutableArray<int> PortsOf(SettingBlock block)
        => block.Has("ip") ? [.. block.GetList("ip").Select(text => int.TryParse(text.Text.AsSpan(text.Text.IndexOf(':', StringComparison.Ordinal) + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0)]
            : IsGroup(block) ? [80, 443]
            : [443];

    private static (string, string) AccountOf(SettingBlock block)
    {
        var account = block.GetText("service_account", IsGroup(block) ? "tailscale/kube-apiserver-auth-proxy" : "tailscale/operator").Split('/', 2);
        return (account[0], account.Length > 1 ? account[1] : "");
    }

    private HashSet<(string Tag, string Owner)> DeclaredOwners(ImmutableArray<Cluster> clusters)
    {
        var owners = new HashSet<(string, string)>();
        foreach (var block in clusters.SelectMany(cluster => cluster.Paths.TryGetValue(_path.Name, out var block) ? block.GetBlocks("endpoint").Select(e => e.Block).Append(block) : []))
        {
            owners.UnionWith(block.GetList("tag_owners").Select(owner => (block.GetText("tag", ""), owner.Text)));
        }

        foreach (var (tag, block) in _path.Settings.GetBlocks("tags"))
        {
            owners.UnionWith(block.GetList("owners").Select(owner => (tag.Text, owner.Text)));
        }

        return owners;
    }
}
