using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Semantics;
using PolicyLang.Targets.Tailscale.Splicing;

namespace PolicyLang.Targets.Tailscale;

/// <summary>Turns the links of one path into a policy file.</summary>
internal sealed class TailnetPolicyBuilder
{
    private readonly AccessPath _path;
    private readonly AccessModel _access;
    private readonly TailnetBase? _base;
    private readonly ImmutableArray<BaseExcuse> _excused;
    private readonly DiagnosticBag _diagnostics;
    private readonly TailscalePathKind _kind;
    private readonly Dictionary<string, TailnetSubject?> _subjects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _postureNames = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ImmutableArray<string>> _postures = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourceLocation> _origins = new(StringComparer.Ordinal);
    private readonly HashSet<string> _checkedGroups = new(StringComparer.Ordinal);

    internal TailnetPolicyBuilder(AccessPath path, TailscalePathKind kind, AccessModel access, TailnetBase? @base, ImmutableArray<BaseExcuse> excused, DiagnosticBag diagnostics)
    {
        _base = @base;
        _excused = excused;
        _path = path;
        _kind = kind;
        _access = access;
        _diagnostics = diagnostics;
    }

    /// <summary>The clusters of the path with their proxies, by name; after <see cref="Build"/>.</summary>
    internal ImmutableArray<(Cluster Cluster, ImmutableArray<TailscaleEndpoint> Endpoints)> Clusters { get; private set; } = [];

    /// <summary>Where the policy gives each name that the file defines; after <see cref="Build"/>.</summary>
    internal IReadOnlyDictionary<string, SourceLocation> Origins => _origins;

    /// <summary>The subjects that some grant names, by name; after <see cref="Build"/>.</summary>
    internal IEnumerable<TailnetSubject> Subjects => _subjects.Values.OfType<TailnetSubject>().OrderBy(subject => subject.Subject.Name, StringComparer.Ordinal);

    /// <summary>Makes the policy file. What is returned is of no use when an error was reported.</summary>
    internal TailnetPolicy Build(CancellationToken cancellation)
    {
        // A retired cluster keeps its tag: a proxy that still runs must not fall out of the file, and tests can say that nobody reaches it.
        Clusters =
        [
            .. _access.Clusters
                .Where(cluster => cluster.Cluster.Paths.ContainsKey(_path.Name))
                .OrderBy(cluster => cluster.Cluster.Name, StringComparer.Ordinal)
                .Select(cluster => (cluster.Cluster, TailscaleEndpoint.ReadAll(_path, cluster.Cluster, cluster.Cluster.Paths[_path.Name], _diagnostics))),
        ];
        var tags = new TagOwnership(_path, _diagnostics);
        foreach (var (cluster, endpoints) in Clusters)
        {
            foreach (var endpoint in endpoints)
            {
                tags.AddProxy(endpoint, cluster);
            }
        }

        foreach (var recorder in Clusters.SelectMany(cluster => cluster.Endpoints).Select(endpoint => endpoint.Recorder).OfType<SettingText>())
        {
            tags.AddRecorder(recorder);
        }

        var grants = ImmutableArray.CreateBuilder<TailnetGrant>();
        var tests = new ReachabilityTests(_access.Overlaps, Clusters, cluster => _excused.Any(exception => exception.Covers(_path.Name, cluster.Name)));
        var links = _access.Clusters.ToDictionary(cluster => cluster.Cluster.Name, cluster => cluster.Identities, StringComparer.Ordinal);
        for (var i = 0; i < Clusters.Length; i++)
        {
            var (cluster, endpoints) = Clusters[i];
            var targets = GrantTargets(endpoints);
            foreach (var link in links[cluster.Name].Where(link => link.Path == _path).OrderBy(link => link.Subject.Name, StringComparer.Ordinal).ThenBy(link => link.Condition.Key, StringComparer.Ordinal))
            {
                cancellation.ThrowIfCancellationRequested();

                // Nothing stands for a group that has lost its members: the control plane would keep a capability without sources, waiting for
                // whoever is put into the group by hand, and a test on a group without members fails.
                if (link.IsEmptied)
                {
                    continue;
                }

                var subject = SubjectOf(link, tags);
                var posture = PostureOf(link);
                if (!CheckKubernetesGroups(link) || subject is null || (posture is null && !link.Condition.IsAlways) || endpoints.IsEmpty)
                {
                    continue;
                }

                tests.Add(subject, i, link.Condition);
                foreach (var (tagsOfGrant, endpoint) in targets)
                {
                    grants.Add(new TailnetGrant(subject.Sources, tagsOfGrant, endpoint, link.KubernetesGroups, posture));
                }
            }
        }

        var groups = Subjects.Where(subject => subject.Group is not null).ToImmutableSortedDictionary(subject => subject.Group ?? "", subject => subject.People, StringComparer.Ordinal);
        var owners = tags.Close(groups.Keys.Concat(NamesOf("groups")).ToHashSet(StringComparer.Ordinal), NamesOf("tagOwners"));
        AddOrigins(tags);
        return new TailnetPolicy(
            groups,
            owners,
            [.. Clusters.SelectMany(cluster => cluster.Endpoints).Where(endpoint => endpoint.IsProxyGroup).Select(endpoint => endpoint.Tag).Order(StringComparer.Ordinal)],
            _postures.ToImmutableSortedDictionary(StringComparer.Ordinal),
            grants.ToImmutable(),
            _path.Settings.GetFlag("tests", true) && !_diagnostics.HasErrors ? tests.Build(cancellation) : []);
    }

    private HashSet<string> NamesOf(string section) => (_base?.MembersOf(section).Select(member => member.Key) ?? []).ToHashSet(StringComparer.Ordinal);

    private void AddOrigins(TagOwnership tags)
    {
        foreach (var (tag, location) in tags.Origins)
        {
            _origins[tag] = location;
        }

        foreach (var subject in Subjects.Where(subject => subject.Group is not null))
        {
            _origins[subject.Group ?? ""] = subject.Subject.Location;
        }
    }

    // A grant is the cross product of its lists, so proxies share one only where ports and recording are the same for all.
    private static ImmutableArray<(ImmutableArray<string> Tags, TailscaleEndpoint Endpoint)> GrantTargets(ImmutableArray<TailscaleEndpoint> endpoints)
        => endpoints.IsEmpty ? []
            : endpoints.All(endpoints[0].TakesGrantOf) ? [([.. endpoints.Select(endpoint => endpoint.Tag)], endpoints[0])]
            : [.. endpoints.Select(endpoint => (ImmutableArray.Create(endpoint.Tag), endpoint))];

    private TailnetSubject? SubjectOf(IdentityLink link, TagOwnership tags)
    {
        if (_subjects.TryGetValue(link.Subject.Name, out var known))
        {
            if (known is not null && !known.IsNamedBy(link))
            {
                _diagnostics.Report(
                    TailscaleDiagnostics.UnequalMembers,
                    link.Subject.Location,
                    $"`{link.Subject.Name}` does not stand for the same people and machines in cluster `{link.Cluster.Name}` as elsewhere on path `{_path.Name}`");
                _subjects[link.Subject.Name] = known = null;
            }

            return known;
        }

        var subject = TailnetSubject.Read(link, _diagnostics);
        _subjects.Add(link.Subject.Name, subject);
        if (subject is null)
        {
            return null;
        }

        foreach (var machine in link.Principals.Where(principal => principal.Kind == PrincipalKind.Machine))
        {
            tags.AddMachine(machine.Value, machine);
        }

        return subject;
    }

    // `srcPosture` asks for any one of its postures, so that a condition becomes one posture with everything that must hold.
    private string? PostureOf(IdentityLink link)
    {
        if (link.Condition.IsAlways)
        {
            return null;
        }

        if (_postureNames.TryGetValue(link.Condition.Key, out var known))
        {
            return known;
        }

        var expressions = ImmutableArray.CreateBuilder<string>();
        var findings = new DiagnosticBag();
        foreach (var posture in link.Condition.Postures)
        {
            var assertions = posture.Assertions.TryGetValue(_path.Name, out var given) ? given : [];
            _kind.CheckPosture(_path, posture, assertions, findings);
            if (!TailscaleNames.IsName(posture.Name) || posture.Name.Contains("--", StringComparison.Ordinal))
            {
                findings.Report(TailscaleDiagnostics.InvalidPosture, posture.Location, $"posture `{posture.Name}` cannot be named in the policy file of path `{_path.Name}`", "a name begins with a small letter and holds small letters, digits and single dashes");
            }

            expressions.AddRange(assertions.Select(assertion => PostureExpression.Canonical(assertion.Text, out _)).OfType<string>());
        }

        // Names never hold `--`, so the parts can be told apart.
        var name = "posture:" + string.Join("--", link.Condition.Postures.Select(posture => posture.Name));
        _diagnostics.AddRange(findings.ToSortedArray());
        var result = findings.HasErrors ? null : name;
        _postureNames.Add(link.Condition.Key, result);
        if (result is not null)
        {
            _postures.Add(name, [.. expressions.Distinct(StringComparer.Ordinal)]);
            _origins[name] = link.Condition.Postures[0].Location;
        }

        return result;
    }

    // The group goes into an HTTP header. `system:` groups bypass what the bindings say, and the proxy itself turns the tags of devices into groups.
    private bool CheckKubernetesGroups(IdentityLink link)
    {
        var isSound = !link.KubernetesGroups.IsEmpty;
        if (!isSound)
        {
            Report($"a grant for `{link.Subject.Name}` in cluster `{link.Cluster.Name}` would assert no Kubernetes group, and the proxy would assert the tags of a tagged device instead");
        }

        foreach (var group in link.KubernetesGroups)
        {
            if (_checkedGroups.Contains(group))
            {
                continue;
            }

            if (group.Length == 0 || group.StartsWith("system:", StringComparison.Ordinal) || group.StartsWith("tag:", StringComparison.Ordinal) || !IsHeaderValue(group))
            {
                Report($"Kubernetes group `{group}` cannot be asserted by the proxy of path `{_path.Name}` in cluster `{link.Cluster.Name}`");
                isSound = false;
            }
            else
            {
                _checkedGroups.Add(group);
            }
        }

        return isSound;

        void Report(string message)
            => _diagnostics.Report(
                TailscaleDiagnostics.InvalidKubernetesGroup,
                link.Subject.KubernetesGroup?.Location ?? link.Subject.Location,
                message,
                "a group holds printable ASCII characters, no space at either end, and does not begin with `system:` or `tag:`");
    }

    private static bool IsHeaderValue(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && text[0] != ' ' && text[^1] != ' ';
}
