using System.Collections.Immutable;
using PolicyLang.Reading;
using PolicyLang.Semantics;

namespace PolicyLang.Proof;

/// <summary>What the artefacts of one path say, asked in the policy's words. It reads the project's settings by itself and shares nothing with the target that wrote the artefacts.</summary>
public abstract class PathEvidence
{
    /// <summary>What the reader met that its system refuses or that it does not understand.</summary>
    public abstract ImmutableArray<ReadingProblem> Problems { get; }

    /// <summary>What the artefacts do beyond access to the policy's clusters, and beyond what the project asks of the path.</summary>
    /// <param name="clusters">The clusters that declare the path.</param>
    public abstract ImmutableArray<OtherEffect> OtherEffects(ImmutableArray<Cluster> clusters);

    /// <summary>The proxies or addresses by which people come to a cluster. A right must be given at each of them.</summary>
    public abstract ImmutableArray<ReadEndpoint> EndpointsOf(Cluster cluster);

    /// <summary>The statements behind each of a cluster's endpoints, in the same order; empty where the system's statements cannot be told apart.</summary>
    public virtual ImmutableArray<ReadStatements> StatementsOf(Cluster cluster) => [];

    /// <summary>What holds of whoever is this principal.</summary>
    public abstract Atom AtomOf(NativePrincipal principal);

    /// <summary>The checks that pass on a device for which a posture holds.</summary>
    public abstract ImmutableArray<Atom> ChecksOf(Posture posture);
}

/// <summary>One way into a cluster.</summary>
/// <param name="Name">The name to show: the cluster's only endpoint has none.</param>
/// <param name="Gate">Who gets through.</param>
/// <param name="Identities">Whom the proxy makes of them; empty where the API server authenticates by itself.</param>
/// <param name="ServiceAccount">The account by which the proxy impersonates; absent where there is no proxy.</param>
public sealed record ReadEndpoint(string Name, ReadGate Gate, ImmutableArray<ReadIdentity> Identities, (string Namespace, string Name)? ServiceAccount);
