using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Linting.Artefacts.Kubernetes;

/// <summary>Who a subject is.</summary>
internal enum SubjectSort
{
    /// <summary>A person or a group of people, by a name that the cluster's owner chose.</summary>
    People,

    /// <summary>Everybody without any credential.</summary>
    Anonymous,

    /// <summary>Everybody with some credential, or all ServiceAccounts.</summary>
    Everybody,

    /// <summary>A ServiceAccount that pods get without asking, or all those of a namespace.</summary>
    NamespaceDefault,

    /// <summary>A ServiceAccount that somebody made.</summary>
    ServiceAccount,

    /// <summary>The group that passes every check.</summary>
    Superuser,

    /// <summary>A part of Kubernetes, or a kind that it does not know.</summary>
    Other,
}

/// <summary>Tells subjects apart.</summary>
internal static class KubernetesSubjects
{
    /// <summary>The group of everybody with a credential.</summary>
    public const string Authenticated = "system:authenticated";

    /// <summary>The group of everybody without one.</summary>
    public const string Unauthenticated = "system:unauthenticated";

    /// <summary>The user that everybody without a credential is.</summary>
    public const string AnonymousUser = "system:anonymous";

    /// <summary>The group that passes every check.</summary>
    public const string Masters = "system:masters";

    /// <summary>The group of all ServiceAccounts; behind a further colon those of a namespace.</summary>
    public const string ServiceAccounts = "system:serviceaccounts";

    /// <summary>The group that kubeadm binds to <c>cluster-admin</c> itself.</summary>
    public const string KubeadmAdmins = "kubeadm:cluster-admins";

    /// <summary>Who a subject is.</summary>
    public static SubjectSort SortOf(string kind, string name) => (kind, name) switch
    {
        (RbacWords.GroupSubject, KubeadmAdmins) => SubjectSort.Other,

        // The names in the API server's certificate for kubelets, as the scripts of Kubernetes and kubeadm write it.
        (RbacWords.UserSubject, "kube-apiserver" or "kube-apiserver-kubelet-client") => SubjectSort.Other,
        (RbacWords.GroupSubject, Masters) => SubjectSort.Superuser,
        (RbacWords.GroupSubject, Unauthenticated) or (RbacWords.UserSubject, AnonymousUser) => SubjectSort.Anonymous,
        (RbacWords.GroupSubject, Authenticated or ServiceAccounts) => SubjectSort.Everybody,
        (RbacWords.GroupSubject, _) when name.StartsWith(ServiceAccounts + ":", StringComparison.Ordinal) => SubjectSort.NamespaceDefault,
        (RbacWords.ServiceAccountSubject, "default") => SubjectSort.NamespaceDefault,
        (RbacWords.ServiceAccountSubject, _) => SubjectSort.ServiceAccount,
        (RbacWords.UserSubject, _) when name.StartsWith(RbacWords.ServiceAccountUserPrefix, StringComparison.Ordinal)
            => name.EndsWith(":default", StringComparison.Ordinal) ? SubjectSort.NamespaceDefault : SubjectSort.ServiceAccount,
        (RbacWords.UserSubject or RbacWords.GroupSubject, { Length: > 0 }) when !name.StartsWith("system:", StringComparison.Ordinal) => SubjectSort.People,
        _ => SubjectSort.Other,
    };
}
