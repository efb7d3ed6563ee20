using PolicyLang.Reading;
using PolicyLang.Semantics;

namespace PolicyLang.Proof;

/// <summary>Says what the artefacts give to one caller at one endpoint of one cluster. One object serves many callers, one after the other.</summary>
internal sealed class WorldReader
{
    private readonly ReadEndpoint _endpoint;
    private readonly bool _carriesReach;
    private readonly FormulaIndex<ReadGate> _gates = new();
    private readonly FormulaIndex<ReadIdentity> _identities = new();
    private readonly IReadOnlyDictionary<Atom, NativePrincipal> _natives;
    private readonly List<(int Number, ReadGate Value, Truth Truth)> _open = [];
    private readonly List<(int Number, ReadIdentity Value, Truth Truth)> _held = [];
    private readonly List<int> _asserting = [];
    private Caller? _caller;

    /// <summary>Creates it.</summary>
    /// <param name="names">The names under which the API server knows a caller.</param>
    /// <param name="rights">What the cluster's artefacts give to Kubernetes names.</param>
    /// <param name="path">The path.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="natives">The policy's principals, whose names the API server may find out by itself.</param>
    public WorldReader(KubernetesNames names, RightSet rights, AccessPath path, ReadEndpoint endpoint, IReadOnlyDictionary<Atom, NativePrincipal> natives)
    {
        (_endpoint, _natives, _carriesReach) = (endpoint, natives, path.Kind.Carries == PathCarries.Reach);
        Asserted = new AssertedNames(names, rights, endpoint);
        _gates.Add(endpoint.Gate.Opens, endpoint.Gate);
        foreach (var identity in endpoint.Identities)
        {
            _identities.Add(identity.Who, identity);
        }
    }

    /// <summary>The names with which the last caller's requests arrive.</summary>
    public AssertedNames Asserted { get; }

    /// <summary>Whether the last caller gets a connection.</summary>
    public Truth Gate { get; private set; }

    /// <summary>Whether all that the artefacts say of the last caller is known.</summary>
    public bool IsCertain => Gate != Truth.Unknown && (Asserted.IsCertain || Gate == Truth.False);

    /// <summary>The identities of the last caller, as numbers: callers with the same have the same names.</summary>
    public IReadOnlyList<int> Asserting => _asserting;

    /// <summary>Where the last caller is let through, or may be.</summary>
    public IEnumerable<ArtefactPlace> GatePlaces
        => _caller is { } caller && _endpoint.Gate.Openings?.Where(opening => opening.Who.Evaluate(caller.Knows) != Truth.False).Select(opening => opening.Place).ToArray() is { Length: > 0 } places
            ? places
            : _endpoint.Gate.Places;

    /// <summary>Whether any statement asks for a check of the device.</summary>
    public bool HasChecks => _gates.Checks.Count > 0 || _identities.Checks.Count > 0;

    /// <summary>Every check that a statement asks for.</summary>
    public IEnumerable<Atom> Checks => _gates.Checks.Concat(_identities.Checks);

    /// <summary>Every principal of whom the artefacts speak.</summary>
    public IEnumerable<Atom> Principals => _gates.Principals.Concat(_identities.Principals);

    /// <summary>The principals who may have less by being more.</summary>
    public IEnumerable<Atom> Restrained => _gates.Restrained.Concat(_identities.Restrained);

    /// <summary>Reads what is given to a caller.</summary>
    public void Read(Caller caller)
    {
        _caller = caller;
        Gate = Truth.False;
        _gates.Find(caller, _open);
        foreach (var (_, _, truth) in _open)
        {
            Gate = Gate.Or(truth);
        }

        _asserting.Clear();
        Asserted.Clear();
        _identities.Find(caller, _held);
        foreach (var (number, identity, truth) in _held)
        {
            Asserted.Add(identity, truth, caller);
            _asserting.Add(number);
        }

        if (_carriesReach)
        {
            foreach (var principal in caller.Principals)
            {
                if (_natives.TryGetValue(principal, out var native))
                {
                    Asserted.AddNative(native);
                }
            }
        }
    }

    /// <summary>Adds the rights that the last caller has, as numbers, with a place for each.</summary>
    public void AddRights(Dictionary<int, ArtefactPlace> all)
    {
        if (Gate != Truth.False)
        {
            Asserted.AddRights(all);
        }
    }

    /// <summary>Adds the sets of checks that the statements about a principal ask for together.</summary>
    public void AddCheckSets(Atom principal, CheckSets sets)
    {
        _gates.AddCheckSets(principal, sets);
        _identities.AddCheckSets(principal, sets);
    }
}
