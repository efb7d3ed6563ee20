using System.Collections.Immutable;
using System.Runtime.InteropServices;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;
using PolicyLang.Semantics.Rights;

namespace PolicyLang.Access;

/// <summary>Works out the access model of a bound policy, in time linear in what the rules give.</summary>
internal sealed class AccessBuilder
{
    private readonly PolicyModel _policy;
    private readonly BindingContext _context;
    private readonly IdentityResolver _identities;
    private readonly RoleResolver _roles;
    private readonly IdentityMistakes _mistakes;
    private readonly Dictionary<string, ClusterAccessBuilder> _clusters;
    private readonly Dictionary<string, ImmutableArray<AccessPath>> _defaultPaths = new(StringComparer.Ordinal);
    private readonly HashSet<(Subject, string)> _reportedIdentities = [];
    private readonly HashSet<(Subject, Subject)> _reportedClashes = [];
    private readonly HashSet<Subject> _reportedOverrides = [];
    private readonly HashSet<(Cluster, AccessPath)> _withoutAuthentication = [];
    private readonly HashSet<Subject> _reportedEmpty = [];
    private readonly Dictionary<(Subject, AccessPath), ImmutableArray<NativePrincipal>?> _principals = [];
    private readonly SortedDictionary<string, Subject> _reached = new(StringComparer.Ordinal);
    private readonly AssumptionCollector _assumptions = new();

    private AccessBuilder(PolicyModel policy, BindingContext context)
    {
        _policy = policy;
        _context = context;
        _identities = new IdentityResolver(context.Settings.IdentityProviders);
        _roles = new RoleResolver(context.Diagnostics);
        _mistakes = new IdentityMistakes(context);
        _clusters = policy.Clusters.Values.ToDictionary(c => c.Name, c => new ClusterAccessBuilder(c), StringComparer.Ordinal);
    }

    /// <summary>Works out the access model. It is complete only when no error was reported.</summary>
    public static AccessModel Build(PolicyModel policy, BindingContext context) => new AccessBuilder(policy, context).Build();

    private AccessModel Build()
    {
        foreach (var allow in _policy.Allows)
        {
            _context.Cancellation.ThrowIfCancellationRequested();
            Add(allow);
        }

        var pairs = _policy.Disjoint.SelectMany(d => d.Subjects.SelectMany((first, i) => d.Subjects.Skip(i + 1).Select(second => (first, second)))).ToArray();
        var overlaps = new SubjectOverlaps(_policy.Subjects.Values, pairs);
        foreach (var assumption in _policy.Disjoint)
        {
            DisjointCheck.Check(assumption, _context.Diagnostics);
        }

        _assumptions.AddDisjoint(_policy.Disjoint);
        foreach (var cluster in _policy.Clusters.Values)
        {
            ReachSeparation.Check(cluster, _clusters[cluster.Name].Grants, overlaps, _context.Diagnostics);
        }

        var declared = _policy.Clusters.Values.SelectMany(c => c.Paths.Keys).ToHashSet(StringComparer.Ordinal);
        return new AccessModel(
            BuildClusters(),
            [.. _policy.Paths.Values.Where(p => declared.Contains(p.Name))],
            [.. _reached.Values],
            overlaps,
            _assumptions.ToSortedArray(),
            _roles.Resolved);
    }

    // Clusters have nothing in common, so they are put in order side by side.
    private ImmutableArray<ClusterAccess> BuildClusters()
    {
        ClusterAccessBuilder[] builders = [.. _policy.Clusters.Values.Select(c => _clusters[c.Name])];
        var clusters = new ClusterAccess[builders.Length];
        Parallel.For(0, builders.Length, new ParallelOptions { CancellationToken = _context.Cancellation }, i => clusters[i] = builders[i].Build());
        return ImmutableCollectionsMarshal.AsImmutableArray(clusters);
    }

    private void Add(BoundAllow allow)
    {
        if (PathsOf(allow) is not { } pathsByCluster || !IsEnforceable(allow, pathsByCluster))
        {
            return;
        }

        WarnOfRolesWithoutEffect(allow);
        _assumptions.AddRule(allow);
        var suffix = KubernetesGroupNames.SuffixOf(allow);
        ImmutableArray<AllowRule> rule = [allow.Rule];
        foreach (var subject in allow.Subjects)
        {
            _reached[subject.Value.Name] = subject.Value;
            foreach (var (cluster, namespaces) in allow.Places)
            {
                if (namespaces is not { IsEmpty: true })
                {
                    Add(allow, subject, cluster, namespaces, pathsByCluster[cluster.Name], suffix, rule);
                }
            }
        }
    }

    private void Add(BoundAllow allow, Named<Subject> subject, Cluster cluster, ImmutableArray<string>? namespaces, ImmutableArray<AccessPath> paths, string suffix, ImmutableArray<AllowRule> rule)
    {
        var builder = _clusters[cluster.Name];
        var grants = new AccessGrant[allow.Roles.Length];
        for (var i = 0; i < grants.Length; i++)
        {
            grants[i] = new AccessGrant(subject.Value, _roles.Resolve(allow.Roles[i].Value, cluster.KubernetesMinorVersion), namespaces, paths, allow.Condition, allow.Rule);
            builder.AddGrant(grants[i]);
        }

        var group = ImmutableArray<string>.Empty;
        var nativeNames = ImmutableArray<RbacSubject>.Empty;
        foreach (var path in paths)
        {
            if (PrincipalsOf(subject, path) is not { } principals)
            {
                continue;
            }

            if (path.Kind.Carries == PathCarries.Identity)
            {
                if (group.IsEmpty)
                {
                    group = [KubernetesGroupNames.For(cluster, subject.Value, suffix)];
                    CheckOverride(cluster, subject.Value, group[0]);
                }

                builder.AddIdentity(path, grants[0], principals, group, rule);
            }
            else
            {
                builder.AddGate(path, grants[0], principals, rule);
                nativeNames = nativeNames.IsEmpty ? NativeNamesOf(subject, cluster, path) : nativeNames;
            }
        }

        var rbacGroup = group.IsEmpty ? null : new RbacSubject(RbacSubjectKind.Group, group[0], subject.Value.KubernetesGroup is null);
        foreach (var grant in grants)
        {
            if (rbacGroup is not null)
            {
                builder.AddRights(rbacGroup, subject.Value, grant, rule, _context.Diagnostics);
            }

            foreach (var name in nativeNames)
            {
                builder.AddRights(name, null, grant, rule, _context.Diagnostics);
            }
        }
    }

    private Dictionary<string, ImmutableArray<AccessPath>>? PathsOf(BoundAllow allow)
    {
        var paths = new Dictionary<string, ImmutableArray<AccessPath>>(StringComparer.Ordinal);
        if (allow.Via is { } via)
        {
            ImmutableArray<AccessPath> named = [.. via.Select(v => v.Value).OrderBy(p => p.Name, StringComparer.Ordinal)];
            var isComplete = true;
            foreach (var path in via)
            {
                var lacking = allow.Places.Where(p => !p.Cluster.Paths.ContainsKey(path.Value.Name)).Select(p => p.Cluster).ToArray();
                if (lacking.Length > 0)
                {
                    isComplete = false;
                    _context.Report(
                        SemanticDiagnostics.PathNotDeclared,
                        path.Location,
                        lacking.Length == 1 ? $"cluster `{lacking[0].Name}` does not declare path `{path.Value.Name}`" : $"cluster `{lacking[0].Name}` and {lacking.Length - 1} more of this rule do not declare path `{path.Value.Name}`",
                        $"select only clusters that have it: `clusters where with {path.Value.Name}`, or give the cluster a block `{path.Value.Name} {{ … }}`",
                        new RelatedLocation(lacking[0].Location, "the cluster is declared here"));
                }
            }

            foreach (var (cluster, _) in allow.Places)
            {
                paths[cluster.Name] = named;
            }

            return isComplete ? paths : null;
        }

        foreach (var (cluster, _) in allow.Places)
        {
            var defaults = DefaultPathsOf(cluster);
            if (defaults.IsEmpty)
            {
                ReportPathNeeded(allow, cluster);
                return null;
            }

            paths[cluster.Name] = defaults;
        }

        return paths;
    }

    private ImmutableArray<AccessPath> DefaultPathsOf(Cluster cluster)
    {
        if (!_defaultPaths.TryGetValue(cluster.Name, out var paths))
        {
            paths = _policy.DefaultPathsOf(cluster);
            _defaultPaths.Add(cluster.Name, paths);
        }

        return paths;
    }

    private void ReportPathNeeded(BoundAllow allow, Cluster cluster)
    {
        var declared = string.Join(", ", cluster.Paths.Keys.Select(p => $"`{p}`"));
        var message = cluster.Paths.IsEmpty ? $"cluster `{cluster.Name}` declares no path, so nobody can come to it"
            : _policy.DefaultVia is null ? $"cluster `{cluster.Name}` declares {declared}, and the rule does not say which path"
            : $"cluster `{cluster.Name}` declares {declared}, none of which is in `default via`, and the rule does not say which path";
        _context.Report(
            SemanticDiagnostics.PathNeeded,
            allow.Rule.Location,
            message,
            cluster.Paths.IsEmpty ? "give the cluster a path, such as `tailscale { tag = \"tag:…\" }`" : "add `via …` to the rule, or a `default via` line to the policy",
            new RelatedLocation(cluster.Location, "the cluster is declared here"));
    }

    private bool IsEnforceable(BoundAllow allow, Dictionary<string, ImmutableArray<AccessPath>> pathsByCluster)
    {
        if (allow.Condition.IsAlways)
        {
            return true;
        }

        var isEnforceable = true;
        var paths = pathsByCluster.Values.SelectMany(p => p).Distinct().OrderBy(p => p.Name, StringComparer.Ordinal);
        foreach (var path in paths)
        {
            foreach (var posture in allow.Condition.Postures.Where(posture => !posture.Assertions.ContainsKey(path.Name)))
            {
                isEnforceable = false;
                _context.Report(
                    SemanticDiagnostics.ConditionNotEnforceable,
                    allow.WhenLocation ?? allow.Rule.Location,
                    $"posture `{posture.Name}` does not say what path `{path.Name}` checks, and the rule goes via `{path.Name}`",
                    $"add `{path.Name} = …` to the posture, or name other paths with `via`",
                    new RelatedLocation(posture.Location, "the posture is declared here"));
            }
        }

        return isEnforceable;
    }

    // Each subject and path once; what is wrong with them is reported where a rule first names them.
    private ImmutableArray<NativePrincipal>? PrincipalsOf(Named<Subject> subject, AccessPath path)
    {
        if (!_principals.TryGetValue((subject.Value, path), out var principals))
        {
            _principals.Add((subject.Value, path), principals = ResolvePrincipals(subject, path));
        }

        return principals;
    }

    private ImmutableArray<NativePrincipal>? ResolvePrincipals(Named<Subject> subject, AccessPath path)
    {
        var resolution = _identities.Resolve(subject.Value, path.Name, path.People);
        if (resolution.Missing is { } missing)
        {
            _mistakes.ReportNoIdentity(subject, missing, path);
            return null;
        }

        foreach (var principal in resolution.Principals)
        {
            if (!path.Kind.Accepts.Contains(principal.Kind))
            {
                _mistakes.ReportCannotUse(subject, principal, path);
                return null;
            }
        }

        ReportClash(resolution, path.Name);
        _assumptions.AddMembership(resolution.AssumedGroups, path.Name);
        if (resolution.Principals.IsEmpty && _reportedEmpty.Add(subject.Value))
        {
            _context.Report(SemanticDiagnostics.EmptyGroup, subject.Location, $"group `{subject.Value.Name}` lists no member: nobody gets in by its rules", "remove its rules when they are no longer needed", new RelatedLocation(subject.Value.Location, "declared here"));
        }

        return resolution.Principals;
    }

    // Different settings may hold one name: an e-mail and what a provider calls a person, or a provider's group and what a path calls it.
    private void ReportClash(IdentityResolution resolution, string system)
    {
        if (resolution.Clash is var (first, second) && _reportedClashes.Add((first.Origin, second.Origin)))
        {
            _context.Report(
                SemanticDiagnostics.DuplicateIdentity,
                second.Location,
                $"`{second.Origin.Name}` and `{first.Origin.Name}` are both `{second.Value}` for `{system}`",
                "whoever is one is the other too: keep one subject, or give them different identities",
                new RelatedLocation(first.Location, $"`{first.Origin.Name}` says so here"));
        }
    }

    private ImmutableArray<RbacSubject> NativeNamesOf(Named<Subject> subject, Cluster cluster, AccessPath path)
    {
        if (cluster.Authenticators.IsEmpty)
        {
            if (_withoutAuthentication.Add((cluster, path)))
            {
                _context.Report(
                    SemanticDiagnostics.AuthenticationNeeded,
                    subject.Location,
                    $"path `{path.Name}` carries only reach, and cluster `{cluster.Name}` does not say how its API server tells people apart",
                    "add `authentication { oidc { people = …  groups_prefix = \"oidc:\" } }` to the cluster",
                    new RelatedLocation(cluster.Location, "the cluster is declared here"));
            }

            return [];
        }

        var names = ImmutableArray.CreateBuilder<RbacSubject>();
        foreach (var authenticator in cluster.Authenticators)
        {
            var resolution = _identities.Resolve(subject.Value, null, authenticator.People);
            if (resolution.Missing is not null)
            {
                continue;
            }

            ReportClash(resolution, authenticator.People);
            _assumptions.AddMembership(resolution.AssumedGroups, authenticator.People);
            _assumptions.AddSameMembers(subject.Value, path, _identities.Resolve(subject.Value, path.Name, path.People).Principals, authenticator, resolution.Principals);
            foreach (var principal in resolution.Principals)
            {
                if (KubernetesGroupNames.ForNative(principal, authenticator) is { } name)
                {
                    CheckProxies(subject, name, authenticator, cluster);
                    CheckOtherAuthenticators(name, principal, authenticator, cluster);
                    names.Add(name);
                }
                else if (_reportedIdentities.Add((subject.Value, cluster.Name + " names")))
                {
                    _mistakes.ReportNoNativeName(subject, principal, authenticator, cluster);
                }
            }
        }

        if (names.Count == 0 && _reportedIdentities.Add((subject.Value, cluster.Name + " names")) && !_identities.Resolve(subject.Value, path.Name, path.People).Principals.IsEmpty)
        {
            _context.Report(
                SemanticDiagnostics.NoIdentityForPath,
                subject.Location,
                $"the API server of cluster `{cluster.Name}` has no name for `{subject.Value.Name}`, so no role can be bound to it",
                $"give it an identity of {string.Join(" or ", cluster.Authenticators.Select(a => $"`{a.People}`"))}; people need `users_prefix` in the authentication block",
                new RelatedLocation(cluster.Authenticators[0].Location, "how the cluster authenticates"));
        }

        return names.ToImmutable();
    }

    // A bare name in a certificate may look like a prefixed one in a token, and the API server compares names alone.
    private void CheckOtherAuthenticators(RbacSubject name, NativePrincipal principal, Authenticator authenticator, Cluster cluster)
    {
        foreach (var other in cluster.Authenticators.Where(other => other != authenticator))
        {
            var prefix = name.Kind == RbacSubjectKind.Group ? other.GroupsPrefix : other.UsersPrefix;
            if (!string.IsNullOrEmpty(prefix) && name.Name.StartsWith(prefix, StringComparison.Ordinal) && _reportedOverrides.Add(principal.Origin))
            {
                _context.Report(
                    AccessDiagnostics.KubernetesNameCollision,
                    principal.Location,
                    $"on cluster `{cluster.Name}`, the API server gives names that start with `{prefix}` to the people of `{other.People}` too, so they could have the rights of `{principal.Origin.Name}`",
                    "choose a name without that prefix",
                    new RelatedLocation(other.Location, "how the cluster authenticates"));
            }
        }
    }

    // Only what no authenticator can assert by itself may replace a generated group.
    private void CheckOverride(Cluster cluster, Subject subject, string group)
    {
        if (subject.KubernetesGroup is not { } setting)
        {
            return;
        }

        var authenticator = cluster.Authenticators.FirstOrDefault(a => a.GroupsPrefix.Length > 0 && group.StartsWith(a.GroupsPrefix, StringComparison.Ordinal));
        if (authenticator is null)
        {
            _assumptions.AddOverride(cluster, subject, group);
        }
        else if (_reportedOverrides.Add(subject))
        {
            _context.Report(
                AccessDiagnostics.KubernetesNameCollision,
                setting.Location,
                $"on cluster `{cluster.Name}`, the API server gives names that start with `{authenticator.GroupsPrefix}` to the people of `{authenticator.People}`, so they could have the rights of `{subject.Name}` on any path",
                "choose a name without that prefix",
                new RelatedLocation(authenticator.Location, "how the cluster authenticates"));
        }
    }

    // A proxy that takes the user name from its caller (Tailscale: the login) would hand the binding to whoever logs in under that name.
    private void CheckProxies(Named<Subject> subject, RbacSubject name, Authenticator authenticator, Cluster cluster)
    {
        if (name.Kind != RbacSubjectKind.User || !string.IsNullOrEmpty(authenticator.UsersPrefix))
        {
            return;
        }

        var open = cluster.Paths.Keys.Select(p => _policy.Paths[p]).FirstOrDefault(path => path.Kind.ProxiesOf(path, cluster).Any(proxy => proxy.Users is null));
        if (open is not null && _reportedIdentities.Add((subject.Value, cluster.Name + " proxies")))
        {
            _context.Report(
                AccessDiagnostics.UserBindingCrossesPaths,
                subject.Location,
                $"cluster `{cluster.Name}` would bind a role to the user `{name.Name}`, and whoever comes via `{open.Name}` under that login would have it too",
                "use a group of the identity provider, or an authenticator with `users_prefix`",
                new RelatedLocation(authenticator.Location, "this authenticator puts nothing before the name"));
        }
    }

    private void WarnOfRolesWithoutEffect(BoundAllow allow)
    {
        if (allow.Places.All(p => p.Namespaces is null))
        {
            return;
        }

        foreach (var role in allow.Roles)
        {
            var scope = allow.Places.Select(p => p.Cluster.KubernetesMinorVersion).Distinct().Aggregate(RightsScope.None, (all, minor) => all | _roles.OwnScopeOf(role.Value, minor));
            var inside = scope & (RightsScope.Namespaced | RightsScope.OwnNamespace);
            var outside = scope & ~inside;
            if (outside == RightsScope.None)
            {
                continue;
            }

            var isAll = inside == RightsScope.None && role.Value.ExistingClusterRoles.IsEmpty;
            _context.Report(
                isAll ? SemanticDiagnostics.RoleWithoutEffect : SemanticDiagnostics.RolePartlyWithoutEffect,
                role.Location,
                isAll
                    ? $"role `{role.Value.Name}` holds only rights on things that are in no namespace, and the rule gives it in namespaces"
                    : $"some rights of role `{role.Value.Name}` are on things that are in no namespace; they have no effect in this rule",
                "give the role `cluster-wide`, or take those rights out of it",
                new RelatedLocation(role.Value.Location, "the role is declared here"));
        }
    }
}
