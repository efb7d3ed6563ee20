using PolicyLang.Access;
using PolicyLang.Reading;
using PolicyLang.Semantics;

namespace PolicyLang.Proof;

/// <summary>The Kubernetes names with which one caller's requests arrive at the API server. One object serves many callers, one after the other.</summary>
/// <param name="names">The cluster's names.</param>
/// <param name="rights">The cluster's rights.</param>
/// <param name="endpoint">The endpoint that the callers come by.</param>
internal sealed class AssertedNames(KubernetesNames names, RightSet rights, ReadEndpoint endpoint)
{
    private readonly List<(RbacSubjectKind Kind, string Name)> _names = [];
    private readonly List<ArtefactPlace> _places = [];
    private string? _fixedUser;

    /// <summary>Whether there is a group, or a user that is not just the caller's own login.</summary>
    public bool HasNames { get; private set; }

    /// <summary>Whether it is known for sure what is asserted.</summary>
    public bool IsCertain { get; private set; } = true;

    /// <summary>Whether somebody has rights under the caller's own name, so that another caller with the same groups may have others.</summary>
    public bool IsPersonal { get; private set; }

    /// <summary>Why the proxy or the API server would refuse the request, or nothing.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Where the names come from.</summary>
    public IEnumerable<ArtefactPlace> Places => _places;

    /// <summary>The names as people read them.</summary>
    public string Shown => string.Join(", ", _names.Select(n => $"`{n.Name}`").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    /// <summary>Forgets the last caller.</summary>
    public void Clear()
    {
        _names.Clear();
        _places.Clear();
        _fixedUser = null;
        HasNames = false;
        IsCertain = true;
        IsPersonal = false;
        Refusal = null;
    }

    /// <summary>Adds what a proxy asserts.</summary>
    public void Add(ReadIdentity identity, Truth truth, Caller caller)
    {
        IsCertain &= truth == Truth.True || IsWithoutEffect(identity);
        _places.Add(identity.Place);
        foreach (var group in identity.Groups)
        {
            HasNames = true;
            AddAsserted(RbacSubjectKind.Group, group);
        }

        if (identity.User is not { } user)
        {
            return;
        }

        if (user.Name is { } fixedName)
        {
            HasNames = true;
            if (_fixedUser is not null && !string.Equals(_fixedUser, fixedName, StringComparison.Ordinal))
            {
                Refusal ??= "the proxy would refuse a caller with two Kubernetes users";
            }

            _fixedUser = fixedName;
            AddAsserted(RbacSubjectKind.User, fixedName);
        }
        else if (caller.Login is not { } login)
        {
            AddUnknownLogin();
        }
        else
        {
            IsPersonal |= !rights.Of(RbacSubjectKind.User, login).IsEmpty;
            AddAsserted(RbacSubjectKind.User, login);
        }
    }

    /// <summary>Adds what the API server finds out by itself.</summary>
    public void AddNative(NativePrincipal principal)
    {
        IsPersonal = true;
        _names.AddRange(names.Of(principal));
    }

    /// <summary>Adds the rights of all the names together, with a place for each.</summary>
    public void AddRights(Dictionary<int, ArtefactPlace> all)
    {
        if (Refusal is not null)
        {
            return;
        }

        AddRights(RbacSubjectKind.Group, KubernetesNames.Authenticated, all);
        foreach (var (kind, name) in _names)
        {
            AddRights(kind, name, all);
        }
    }

    // Groups that nothing is bound to, and that the lock lets pass, make no difference whether they are asserted or not.
    private bool IsWithoutEffect(ReadIdentity identity)
        => identity.User is null
            && endpoint.ServiceAccount is { } account
            && identity.Groups.All(group => rights.Of(RbacSubjectKind.Group, group).IsEmpty && names.MayImpersonate(account, RbacSubjectKind.Group, group) == Truth.True);

    private void AddRights(RbacSubjectKind kind, string name, Dictionary<int, ArtefactPlace> all)
    {
        foreach (var (right, place) in rights.Of(kind, name))
        {
            all.TryAdd(right, place);
        }
    }

    // Of somebody in a group the login is not known, but whether the proxy may assert just any is.
    private void AddUnknownLogin()
    {
        if (endpoint.ServiceAccount is { } account)
        {
            switch (names.MayImpersonateAnybody(account))
            {
                case Truth.False:
                    Refusal ??= "the lock of the proxy does not let it assert their own login";
                    break;
                case Truth.Unknown:
                    IsCertain = false;
                    break;
            }
        }
    }

    private void AddAsserted(RbacSubjectKind kind, string name)
    {
        _names.Add((kind, name));
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
                IsCertain = false;
                break;
        }
    }
}
