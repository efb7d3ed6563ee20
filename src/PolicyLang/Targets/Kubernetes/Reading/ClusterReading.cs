using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>Whether somebody may do something.</summary>
/// <param name="Allowed">What is known: true only by what the files themselves (and built-in roles, where asked for) say.</param>
/// <param name="Places">The bindings that decide: those that allow; for an unknown answer those that may allow, and problems that leave it open. Sorted.</param>
public sealed record ClusterAnswer(Truth Allowed, ImmutableArray<ArtefactPlace> Places);

/// <summary>
/// What the RBAC objects in the files of one cluster give, as its API server reads them. It knows these files alone: what the cluster holds besides, the built-in
/// roles and bindings too, is for others to say.
/// </summary>
public sealed class ClusterReading
{
    private const int ExecNeedsCreateSince = 35;

    private readonly RbacPolicy _policy;
    private readonly RbacRoles _roles;

    // ClusterRoles whose labels add their rules to built-in ones.
    private readonly ImmutableArray<RbacRoleObject> _feeding;

    internal ClusterReading(
        RbacPolicy policy,
        RbacRoles roles,
        ImmutableArray<RbacRoleObject> feeding,
        ImmutableArray<ReadRight> rights,
        ImmutableSortedSet<string> open,
        ImmutableArray<ReadingProblem> problems,
        ImmutableArray<OtherEffect> effects)
    {
        (_policy, _roles, _feeding, Rights, OpenClusterRoles, Problems, OtherEffects) = (policy, roles, feeding, rights, open, problems, effects);
        IsComplete = problems.All(p => p.Kind == ReadingProblemKind.Refused);
    }

    /// <summary>One right for each subject of each binding, those of the whole cluster first, otherwise in the order of the files.</summary>
    public ImmutableArray<ReadRight> Rights { get; }

    /// <summary>The ClusterRoles of the files that aggregate others: ClusterRoles that the files do not hold may add to them.</summary>
    public ImmutableSortedSet<string> OpenClusterRoles { get; }

    /// <summary>What was met that is refused or not modelled, sorted by place. A refused object gives no right.</summary>
    public ImmutableArray<ReadingProblem> Problems { get; }

    /// <summary>What the files do beyond giving rights by RBAC, sorted by place.</summary>
    public ImmutableArray<OtherEffect> OtherEffects { get; }

    /// <summary>Whether all was understood: where it was not, somebody who has no right here may have one all the same.</summary>
    public bool IsComplete { get; }

    /// <summary>Reads the files of one cluster. Never throws for any bytes.</summary>
    /// <param name="files">The files; those that a kustomization among them leaves out give no right.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    public static ClusterReading Read(IReadOnlyList<Artefact> files, CancellationToken cancellationToken) => Read(files, [], cancellationToken);

    /// <summary>The files that say what the cluster holds, whoever put it there.</summary>
    public ImmutableHashSet<string> ExportedFiles { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Reads the files of one cluster, and what the cluster holds beside them. Never throws for any bytes.</summary>
    /// <param name="files">The files; those that a kustomization among them leaves out give no right.</param>
    /// <param name="exported">
    /// What the cluster holds: answers of <c>kubectl get -o yaml</c> or <c>-o json</c>. An object that the files hold too is replaced by them; what every API server binds when it starts, unchanged, is left aside.
    /// </param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    public static ClusterReading Read(IReadOnlyList<Artefact> files, IReadOnlyList<Artefact> exported, CancellationToken cancellationToken) => ClusterReadingBuilder.Build(files, exported, cancellationToken);

    /// <summary>The ClusterRoles that the cluster holds and the files do not: each is what a policy means by its name.</summary>
    public ImmutableHashSet<string> ExportedClusterRoles { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The rights of a user or group by its own name, in the order of <see cref="Rights"/>.</summary>
    public IEnumerable<ReadRight> RightsOf(RbacSubjectKind kind, string name) => _policy.GrantsTo(kind == RbacSubjectKind.Group, name).Select(index => Rights[index]);

    /// <summary>
    /// Whether a user with some groups may do something, by these files. Everybody logged in is in <c>system:authenticated</c>, a service account in its own groups too; that need not be
    /// said. Members of <c>system:masters</c> may do everything.
    /// </summary>
    /// <param name="user">The user; a service account is <c>system:serviceaccount:namespace:name</c>.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="request">What the API server would be asked.</param>
    /// <param name="minorVersion">The minor version of Kubernetes: since 1.35 whoever opens a shell by a <c>get</c> needs <c>create</c> as well.</param>
    /// <param name="builtIns">What ClusterRoles hold that the files do not; absent to leave these unknown.</param>
    public ClusterAnswer Allows(string user, IEnumerable<string> groups, RbacRequest request, int minorVersion, BuiltInRoles? builtIns)
    {
        var all = WithImpliedGroups(user, groups);
        if (all.Contains("system:masters", StringComparer.Ordinal))
        {
            return new ClusterAnswer(Truth.True, []);
        }

        var grants = _policy.GrantsTo(user, all);
        var answer = Decide(grants, request, builtIns);
        var isExecByGet = request is { Verb: "get", ApiGroup: "", Resource: "pods", Subresource: "exec" or "attach" or "portforward", Url: null };
        if (!isExecByGet || minorVersion < ExecNeedsCreateSince || answer.Allowed == Truth.False)
        {
            return answer;
        }

        var create = Decide(grants, request with { Verb = "create" }, builtIns);
        return new ClusterAnswer(answer.Allowed.And(create.Allowed), Sorted(answer.Places.Concat(create.Places)));
    }

    /// <summary>
    /// The users and groups that the files let do something, or perhaps let, each by its own name; sorted, groups first. Where the reading is not complete, anybody else may perhaps do it too.
    /// </summary>
    /// <param name="request">What the API server would be asked.</param>
    /// <param name="builtIns">What ClusterRoles hold that the files do not; absent to leave these unknown.</param>
    public ImmutableArray<(RbacSubjectKind Kind, string Name, ClusterAnswer Answer)> WhoMay(RbacRequest request, BuiltInRoles? builtIns)
    {
        var found = ImmutableArray.CreateBuilder<(RbacSubjectKind, string, ClusterAnswer)>();
        foreach (var (kind, name) in Rights.Select(r => (r.SubjectKind, r.SubjectName)).Distinct().OrderBy(s => s.SubjectKind).ThenBy(s => s.SubjectName, StringComparer.Ordinal))
        {
            var (sure, unsure) = Deciding(_policy.GrantsTo(kind == RbacSubjectKind.Group, name), request, builtIns);
            if (sure.Count + unsure.Count > 0)
            {
                found.Add((kind, name, sure.Count > 0 ? new ClusterAnswer(Truth.True, Sorted(sure)) : new ClusterAnswer(Truth.Unknown, Sorted(unsure))));
            }
        }

        return found.ToImmutable();
    }

    /// <summary>
    /// Whether a service account may act as a user or in a group. Unknown where a ClusterRole is bound to it whose content only the cluster knows (that of built-in ones is known), where the
    /// files are not understood, and where constrained impersonation (Kubernetes 1.35) makes it depend on what is done then.
    /// </summary>
    public Truth MayImpersonate(string serviceAccountNamespace, string serviceAccountName, RbacSubjectKind kind, string name)
    {
        var user = RbacWords.UserOf(serviceAccountNamespace, serviceAccountName);
        var groups = WithImpliedGroups(user, []);
        var isGroup = kind == RbacSubjectKind.Group;
        var grants = _policy.GrantsTo(user, groups);
        var legacy = Decide(grants, isGroup ? Impersonation.ToBeInGroup(name) : Impersonation.ToBeUser(name), BuiltInRoles.Default).Allowed;
        return legacy != Truth.False ? legacy
            : Impersonation.ConstrainedToBe(isGroup, name).Any(request => Decide(grants, request, BuiltInRoles.Default).Allowed != Truth.False) ? Truth.Unknown
            : Truth.False;
    }

    private static ImmutableArray<ArtefactPlace> Sorted(IEnumerable<ArtefactPlace> places)
    {
        var list = places.Distinct().ToList();
        list.Sort(ArtefactPlace.Compare);
        return [.. list];
    }

    private static List<string> WithImpliedGroups(string user, IEnumerable<string> groups)
    {
        var all = groups.ToList();
        if (user.StartsWith(RbacWords.ServiceAccountUserPrefix, StringComparison.Ordinal) && user.Split(':') is [_, _, var ns, _])
        {
            all.Add("system:serviceaccounts");
            all.Add("system:serviceaccounts:" + ns);
        }

        all.Add(user == "system:anonymous" || all.Contains("system:unauthenticated", StringComparer.Ordinal) ? "system:unauthenticated" : "system:authenticated");
        return all;
    }

    private ClusterAnswer Decide(IEnumerable<int> grants, RbacRequest request, BuiltInRoles? builtIns)
    {
        var (sure, unsure) = Deciding(grants, request, builtIns);
        return sure.Count > 0 ? new ClusterAnswer(Truth.True, Sorted(sure))
            : unsure.Count > 0 || !IsComplete ? new ClusterAnswer(Truth.Unknown, Sorted(unsure.Concat(Problems.Where(p => p.Kind == ReadingProblemKind.NotModelled).Select(p => p.Place))))
            : new ClusterAnswer(Truth.False, []);
    }

    // The bindings that allow, and those that may.
    private (List<ArtefactPlace> Sure, List<ArtefactPlace> Unsure) Deciding(IEnumerable<int> grants, RbacRequest request, BuiltInRoles? builtIns)
    {
        List<ArtefactPlace> sure = [];
        List<ArtefactPlace> unsure = [];
        foreach (var index in grants)
        {
            var grant = _policy.Grants[index];
            if (!RbacPolicy.IsInForce(grant, request.Namespace))
            {
                continue;
            }

            var binding = grant.Binding;
            var isClusterRole = binding.RoleRef.Kind == RbacWords.ClusterRole;
            var held = _roles.RulesOf(binding);
            var rules = held ?? (isClusterRole ? builtIns?.RulesOf(binding.RoleRef.Name, _feeding) : null);
            var isDoubtful = held is not null && _roles.IsDoubtful(binding);
            if (rules is { } known && RbacRules.Allow(known, request))
            {
                (binding.IsDoubtful || isDoubtful ? unsure : sure).Add(binding.Place);
            }
            else if (rules is null || isDoubtful || (held is not null && isClusterRole && OpenClusterRoles.Contains(binding.RoleRef.Name)))
            {
                unsure.Add(binding.Place);
            }
        }

        return (sure, unsure);
    }
}
