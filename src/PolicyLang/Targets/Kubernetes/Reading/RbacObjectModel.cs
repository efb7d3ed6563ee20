using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>The words of RBAC objects.</summary>
internal static class RbacWords
{
    public const string Group = "rbac.authorization.k8s.io";
    public const string ApiVersion = Group + "/v1";
    public const string Role = "Role";
    public const string ClusterRole = "ClusterRole";
    public const string RoleBinding = "RoleBinding";
    public const string ClusterRoleBinding = "ClusterRoleBinding";
    public const string GroupSubject = "Group";
    public const string UserSubject = "User";
    public const string ServiceAccountSubject = "ServiceAccount";
    public const string ServiceAccountUserPrefix = "system:serviceaccount:";

    /// <summary>The user that a service account is to the API server.</summary>
    public static string UserOf(string ns, string serviceAccount) => $"{ServiceAccountUserPrefix}{ns}:{serviceAccount}";
}

/// <summary>The part of an object's metadata that matters here. An absent text is empty, as in the API's own types.</summary>
internal sealed record RbacMetadata(string Name, string Namespace, ImmutableArray<KeyValuePair<string, string>> Labels)
{
    /// <summary>The prefix of a name that the API server makes up.</summary>
    public string GenerateName { get; init; } = "";

    /// <summary>Keys of annotations.</summary>
    public ImmutableArray<string> AnnotationKeys { get; init; } = [];
}

/// <summary>A Role, ClusterRole, RoleBinding or ClusterRoleBinding.</summary>
internal abstract record RbacObject(bool IsNamespaced, RbacMetadata Metadata, ArtefactPlace Place)
{
    /// <summary>The kind, as manifests write it.</summary>
    public abstract string Kind { get; }

    /// <summary>Whether some tools refuse the object or read it otherwise, so that it gives what it says only perhaps.</summary>
    public bool IsDoubtful { get; init; }
}

/// <summary>A Role or ClusterRole.</summary>
internal sealed record RbacRoleObject(
    bool IsNamespaced,
    RbacMetadata Metadata,
    ImmutableArray<RbacRule> Rules,
    ImmutableArray<RbacLabelSelector>? Selectors,
    ArtefactPlace Place) : RbacObject(IsNamespaced, Metadata, Place)
{
    public override string Kind => IsNamespaced ? RbacWords.Role : RbacWords.ClusterRole;
}

/// <summary>A RoleBinding or ClusterRoleBinding.</summary>
internal sealed record RbacBindingObject(
    bool IsNamespaced,
    RbacMetadata Metadata,
    RbacRoleReference RoleRef,
    ImmutableArray<RbacSubjectObject> Subjects,
    ArtefactPlace Place) : RbacObject(IsNamespaced, Metadata, Place)
{
    public override string Kind => IsNamespaced ? RbacWords.RoleBinding : RbacWords.ClusterRoleBinding;
}

/// <summary>What a binding binds.</summary>
internal sealed record RbacRoleReference(string ApiGroup, string Kind, string Name);

/// <summary>Whom a binding names.</summary>
internal readonly record struct RbacSubjectObject(string ApiGroup, string Kind, string Name, string Namespace);

/// <summary>A selector of objects by their labels.</summary>
internal sealed record RbacLabelSelector(ImmutableArray<KeyValuePair<string, string>> MatchLabels, ImmutableArray<RbacLabelRequirement> MatchExpressions);

/// <summary>A part of a selector.</summary>
internal sealed record RbacLabelRequirement(string Key, string Operator, ImmutableArray<string> Values);
