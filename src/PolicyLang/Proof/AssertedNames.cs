using PolicyLang.Access;
using PolicyLang.Reading;
using PolicyLang.Semantics;

namespace PolicyLang.Proof;

/// <summary>The Kubernetes names with which one caller's requests arrive at the API server.</summary>
/// <param name="names">The cluster's names.</param>
/// <param name="endpoint">The endpoint that the caller comes by.</param>
internal sealed class AssertedNames(KubernetesNames names, ReadEndpoint endpoint)
{
    private readonly SortedSet<string> _groups = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _users = new(StringComparer.Ordinal);
    private readonly HashSet<string> _fixedUsers = new(StringComparer.Ordinal);
    private readonly List<ArtefactPlace> _places = [];
    private bool _isCertain = true;

    /// <summary>Whether there is a group, or a user that is not just the caller's own login.</summary>
    public bool HasNames => _groups.Count > 0 || _fixedUsers.Count > 0;

    /// <summary>The names, each on a line: the same for the same names.</summary>
    public string Key => $"{(_isCertain ? "" : "?")}{Refusal}\n{string.Join('\n', _groups)}\n\n{string.Join('\n', _users)}";

    /// <summary>The names as people read them.</summary>
    public string Shown => string.Join(", ", _groups.Concat(_users).Select(name => $"`{name}`"));

    /// <summary>Why the proxy or the API server would refuse the request, or nothing.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Where the names come from.</summary>
    public IEnumerable<ArtefactPlace> Places => _places;

    /// <summary>Adds what a proxy asserts.</summary>
    public void Add(ReadIdentity identity, Truth truth, Caller caller)
    {
        _isCertain &= truth == Truth.True;
        _places.Add(identity.Place);
        foreach (var group in identity.Groups)
        {
            if (_groups.Add(group))
            {
                CheckLock(RbacSubjectKind.Group, group);
            }
        }

        if (identity.User is not { } user)
        {
            return;
        }

        if (user.Name is { } fixedName)
        {
            _fixedUsers.Add(fixedName);
            AddUser(fixedName);
            Refusal ??= _fixedUsers.Count > 1 ? "the proxy would refuse a caller with two Kubernetes users" : null;
        }
        else if (caller.Principals.FirstOrDefault(p => p.Kind == AtomKind.Person) is { Value: not null } login)
        {
            AddUser(login.Value);
        }
    }

    /// <summary>Adds what the API server finds out by itself.</summary>
    public void AddNative(IEnumerable<NativePrincipal> principals)
    {
        foreach (var (kind, name) in principals.SelectMany(names.Of))
        {
            (kind == RbacSubjectKind.Group ? _groups : _users).Add(name);
        }
    }

    /// <summary>The rights of all the names together, with a place for each, and whether they are certain.</summary>
    public (Dictionary<GivenRight, ArtefactPlace> Rights, bool IsCertain) Rights(RightSet rights)
    {
        var all = new Dictionary<GivenRight, ArtefactPlace>();
        if (Refusal is null)
        {
            AddRights(RbacSubjectKind.Group, KubernetesNames.Authenticated);
            foreach (var group in _groups)
            {
                AddRights(RbacSubjectKind.Group, group);
            }

            foreach (var user in _users)
            {
                AddRights(RbacSubjectKind.User, user);
            }
        }

        return (all, _isCertain);

        void AddRights(RbacSubjectKind kind, string name)
        {
            foreach (var (right, place) in rights.Of(kind, name))
            {
                all.TryAdd(right, place);
            }
        }
    }

    private void AddUser(string name)
    {
        if (_users.Add(name))
        {
            CheckLock(RbacSubjectKind.User, name);
        }
    }

    private void CheckLock(RbacSubjectKind kind, string name)
    {
        if (endpoint.ServiceAccount is not { } account)
        {
            return;
        }

        switch (names.MayImpersonate(account, kind, name))
        {
            case Truth.False:
                Refusal ??= $"the lock of the proxy does not let it assert `{name}`";
                break;
            case Truth.Unknown:
                _isCertain = false;
                break;
        }
    }
}
