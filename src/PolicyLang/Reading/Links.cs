using System.Collections.Immutable;
using PolicyLang.Access;

namespace PolicyLang.Reading;

/// <summary>What kind of problem a reader met.</summary>
public enum ReadingProblemKind
{
    /// <summary>The system itself would refuse the artefact.</summary>
    Refused,

    /// <summary>The system takes it, and the reader does not know what it means: a key, a value or a construct that is not modelled. Whatever it could affect is undecided.</summary>
    NotModelled,
}

/// <summary>Something a reader met in an artefact.</summary>
/// <param name="Kind">What kind of problem.</param>
/// <param name="Message">What is wrong, in the system's own terms; for a refusal, the system's own reason where it is known.</param>
/// <param name="Place">Where.</param>
public sealed record ReadingProblem(ReadingProblemKind Kind, string Message, ArtefactPlace Place);

/// <summary>Something that an artefact does beyond giving access to a Kubernetes cluster, such as opening nodes or owning a tag.</summary>
/// <param name="What">The effect as a sentence, in the system's terms.</param>
/// <param name="Place">Where it comes from.</param>
public sealed record OtherEffect(string What, ArtefactPlace Place)
{
    /// <summary>What it is about in a stable spelling, where a project may have asked for it, such as <c>node login root</c>.</summary>
    public string? Topic { get; init; }
}

/// <summary>Who gets a connection through to an endpoint.</summary>
/// <param name="Opens">For whom it opens.</param>
/// <param name="Places">What it comes from, sorted.</param>
public sealed record ReadGate(Formula Opens, ImmutableArray<ArtefactPlace> Places)
{
    /// <summary>A gate that lets nobody through.</summary>
    public static ReadGate Closed { get; } = new(Formula.Never, []);

    /// <summary>What opens it, each statement by itself, for a message that names the deciding one; absent where they cannot be told apart. They are worked out as they are asked for.</summary>
    public IEnumerable<(Formula Who, ArtefactPlace Place)>? Openings { get; init; }
}

/// <summary>
/// Which Kubernetes identity a proxy asserts for a caller at an endpoint. What several links assert for one caller adds up; two different users make the proxy refuse.
/// </summary>
/// <param name="Who">For whom.</param>
/// <param name="User">The Kubernetes user; absent where the link says nothing of it.</param>
/// <param name="Groups">The Kubernetes groups, sorted without repetitions.</param>
/// <param name="Place">Where it comes from.</param>
public sealed record ReadIdentity(Formula Who, ReadUser? User, ImmutableArray<string> Groups, ArtefactPlace Place);

/// <summary>A Kubernetes user that a proxy asserts.</summary>
/// <param name="Name">The name; absent where it is the caller's own name in the proxy's system.</param>
public sealed record ReadUser(string? Name);

/// <summary>What an API server lets a Kubernetes user or group do.</summary>
/// <param name="SubjectKind">Whether it is a user or a group; service accounts are users (<c>system:serviceaccount:…</c>).</param>
/// <param name="SubjectName">The name.</param>
/// <param name="Namespace">The namespace; absent for the whole cluster.</param>
/// <param name="ClusterRole">The ClusterRole that is bound; absent for a Role.</param>
/// <param name="Rules">The rules of the role; absent for a role that the artefacts do not hold, whose content only the cluster knows.</param>
/// <param name="Place">Where the binding stands.</param>
public sealed record ReadRight(
    RbacSubjectKind SubjectKind,
    string SubjectName,
    string? Namespace,
    string? ClusterRole,
    ImmutableArray<RbacRule>? Rules,
    ArtefactPlace Place);

/// <summary>What the artefacts of a system that people come through say. It answers for any endpoint, so that a policy's clusters need not be known when the artefacts are read.</summary>
/// <typeparam name="TEndpoint">How the system tells endpoints apart.</typeparam>
public interface IPathReading<in TEndpoint>
{
    /// <summary>What was met that is refused or not modelled, sorted by place.</summary>
    ImmutableArray<ReadingProblem> Problems { get; }

    /// <summary>What the artefacts do beyond Kubernetes access, sorted by place.</summary>
    ImmutableArray<OtherEffect> OtherEffects { get; }

    /// <summary>Who gets a connection through to an endpoint.</summary>
    ReadGate GateTo(TEndpoint endpoint);

    /// <summary>Which identities are asserted at an endpoint, for those who get through; empty for a system that carries only reach.</summary>
    ImmutableArray<ReadIdentity> IdentitiesAt(TEndpoint endpoint);
}
