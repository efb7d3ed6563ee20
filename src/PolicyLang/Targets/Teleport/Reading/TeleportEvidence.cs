using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Data;
using PolicyLang.Proof;
using PolicyLang.Reading;
using PolicyLang.Semantics;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>What the files of a Teleport path say, asked in the policy's words.</summary>
internal sealed class TeleportEvidence : PathEvidence
{
    private readonly AccessPath _path;
    private readonly string _folder;
    private readonly TeleportServer _server;
    private readonly IReadOnlyList<Artefact> _files;
    private readonly TeleportReading? _shared;
    private readonly Dictionary<string, TeleportReading> _ownByCluster = new(StringComparer.Ordinal);

    private TeleportEvidence(AccessPath path, TeleportServer server, ImmutableArray<Artefact> files, ImmutableArray<Artefact> existing)
    {
        _path = path;
        _folder = FolderOf(path);
        _server = server;
        _files = files;

        // Up to 4 a Teleport is one cluster's own, so that each cluster has files of its own.
        _shared = server.Major >= 5 ? TeleportReading.Read(files, existing, server) : null;
        if (_shared is null)
        {
            foreach (var cluster in files.GroupBy(ClusterOf, StringComparer.Ordinal))
            {
                _ownByCluster.Add(cluster.Key, TeleportReading.Read([.. cluster], existing, server));
            }
        }
    }

    /// <inheritdoc/>
    public override ImmutableArray<ReadingProblem> Problems
        => [.. Readings.SelectMany(reading => reading.Problems), .. _files.Where(_ => _shared is null).Where(file => ClusterOf(file).Length == 0).Select(OfNoCluster)];

    private IEnumerable<TeleportReading> Readings => _shared is not null ? [_shared] : _ownByCluster.Values;

    /// <summary>Finds the files of a path among those of all paths to Teleport.</summary>
    public static IEnumerable<Artefact> FilesOf(AccessPath path, IReadOnlyList<Artefact> files)
    {
        var folder = FolderOf(path);
        return files.Where(file => file.Path.StartsWith(folder, StringComparison.Ordinal));
    }

    /// <summary>Reads the files of a path, and the roles and connectors that Teleport holds beside them.</summary>
    public static TeleportEvidence Read(AccessPath path, ImmutableArray<Artefact> files, ImmutableArray<Artefact> existing)
    {
        var version = path.Settings.GetText("version", "18").Split('.');
        var server = new TeleportServer(Number(version, 0), Number(version, 1), path.Settings.GetText("edition", "enterprise") == "enterprise");
        return new TeleportEvidence(path, server, files, existing);
    }

    /// <inheritdoc/>
    public override ImmutableArray<OtherEffect> OtherEffects(ImmutableArray<Cluster> clusters)
    {
        // Teleport 4 community takes no connector without logins, so the project names them.
        // Roles of version 3 open every application unless they name a label; this one is reserved for nothing.
        var asked = _path.Settings.GetList("logins").Select(login => "node login " + login.Text).Append("applications policyc-nothing=none").ToHashSet(StringComparer.Ordinal);
        return [.. Readings.SelectMany(reading => reading.OtherEffects).Where(effect => effect.Topic is null || !asked.Contains(effect.Topic))];
    }

    /// <inheritdoc/>
    public override ImmutableArray<ReadEndpoint> EndpointsOf(Cluster cluster)
    {
        if (!cluster.Paths.TryGetValue(_path.Name, out var block) || (_shared ?? _ownByCluster.GetValueOrDefault(cluster.Name) ?? _ownByCluster.GetValueOrDefault("")) is not { } reading)
        {
            return [];
        }

        if (_shared is null && _ownByCluster.TryGetValue("", out var unplaced) && ReferenceEquals(reading, unplaced))
        {
            return [new ReadEndpoint("", new ReadGate(Formula.Undecided, [.. _files.Where(file => ClusterOf(file).Length == 0).Select(file => new ArtefactPlace(file.Path, 0, 0))]), [], AccountOf(block))];
        }

        var endpoint = EndpointOf(block.FindText("label")?.Text);
        return [new ReadEndpoint("", reading.GateTo(endpoint), reading.IdentitiesAt(endpoint), AccountOf(block))];
    }

    /// <inheritdoc/>
    public override Atom AtomOf(NativePrincipal principal) => principal.Kind switch
    {
        PrincipalKind.Group => new Atom(AtomKind.Group, "github-team", principal.Value),
        PrincipalKind.Machine => new Atom(AtomKind.Machine, "bot", principal.Value.StartsWith("bot-", StringComparison.Ordinal) ? principal.Value[4..] : principal.Value),
        _ => new Atom(AtomKind.Person, "github-login", principal.Value),
    };

    /// <inheritdoc/>
    public override ImmutableArray<Atom> ChecksOf(Posture posture)
        => posture.Assertions.TryGetValue(_path.Name, out var texts) ? [.. texts.Select(text => new Atom(AtomKind.Posture, "teleport", text.Text))] : [];

    // Agents carry other labels too, of which the policy says nothing.
    private static TeleportEndpoint EndpointOf(string? label)
    {
        var labels = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        var equals = label?.IndexOf('=', StringComparison.Ordinal) ?? -1;
        return new TeleportEndpoint(label is not null && equals > 0 ? labels.Add(label[..equals], label[(equals + 1)..]) : labels, OtherLabelsUnknown: true);
    }

    private static int Number(string[] parts, int index)
        => index < parts.Length && int.TryParse(parts[index], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string FolderOf(AccessPath path) => path.Settings.GetText("output", path.Name).TrimEnd('/') + "/";

    private (string, string) AccountOf(SettingBlock block)
    {
        var account = block.GetText("service_account", _shared is null ? "teleport/teleport" : "teleport-agent/teleport-agent").Split('/', 2);
        return (account[0], account.Length > 1 ? account[1] : "");
    }

    // Nothing for a file of which its path does not say it.
    private string ClusterOf(Artefact file) => file.Path.StartsWith(_folder, StringComparison.Ordinal) ? file.Path[_folder.Length..].Split('/')[0] : "";

    private ReadingProblem OfNoCluster(Artefact file)
        => new(ReadingProblemKind.NotModelled, $"up to version 4 a Teleport is one cluster's own, and the path does not say whose: `{_folder}CLUSTER/…` does", new ArtefactPlace(file.Path, 0, 0));
}
