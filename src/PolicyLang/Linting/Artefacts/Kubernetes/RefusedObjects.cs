using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Targets.Kubernetes.Reading;

namespace PolicyLang.Linting.Artefacts.Kubernetes;

/// <summary>Why the API server refuses something.</summary>
/// <param name="Location">Where.</param>
/// <param name="Message">Why.</param>
/// <param name="Help">What to do.</param>
internal sealed record Refusal(SourceLocation Location, string Message, string Help);

/// <summary>
/// What the API server refuses (pkg/apis/rbac/validation/validation.go), as far as a file by itself shows it: a namespace may be given when it is applied, and
/// an object without some part may be a patch of another.
/// </summary>
internal static class RefusedObjects
{
    private static readonly string[] SubjectKinds = [RbacWords.UserSubject, RbacWords.GroupSubject, RbacWords.ServiceAccountSubject];

    /// <summary>Why a rule is refused, or nothing.</summary>
    public static Refusal? Of(KubernetesRule rule, bool isNamespaced)
    {
        // A misspelt field is what is wrong then, and another rule's finding.
        if (rule.IsPartlyKnown || rule.Map.Entries.IsEmpty || rule.Map.Entries.Any(entry => entry.Key is not ("verbs" or "apiGroups" or "resources" or "resourceNames" or "nonResourceURLs")))
        {
            return null;
        }

        var first = rule.Map.Entries[0].KeyLocation;
        if (rule.Verbs.IsEmpty)
        {
            return new Refusal(rule.Map.Find("verbs")?.KeyLocation ?? first, "the rule has no verbs, and is refused", "write the verbs that are needed, or remove the rule");
        }

        if (!rule.Urls.IsEmpty)
        {
            var urls = rule.Map.Find("nonResourceURLs")!.KeyLocation;
            return isNamespaced ? new Refusal(urls, "a Role cannot give rights on URLs, which are in no namespace, and is refused", "put the rule into a ClusterRole, and bind that by a ClusterRoleBinding")
                : rule.ApiGroups.IsEmpty && rule.Resources.IsEmpty && rule.ResourceNames.IsEmpty ? null
                : new Refusal(urls, "a rule is about resources or about URLs; one with both is refused", "write two rules");
        }

        return rule.Resources.IsEmpty ? new Refusal(rule.Map.Find("resources")?.KeyLocation ?? first, "the rule has no resources, and is refused", "write the resources that it is about")
            : rule.ApiGroups.IsEmpty ? new Refusal(rule.Map.Find("apiGroups")?.KeyLocation ?? rule.Map.Find("resources")!.KeyLocation, "the rule has no API group, and is refused", "write `apiGroups`; that of pods, secrets and services is `\"\"`")
            : null;
    }

    /// <summary>Why a binding is refused.</summary>
    public static IEnumerable<Refusal> Of(KubernetesBinding binding)
    {
        if (binding.RoleRef is { } reference && OfReference(reference, binding) is { } refusal)
        {
            yield return refusal;
        }

        foreach (var subject in binding.Subjects)
        {
            if (!subject.Map.Entries.IsEmpty && OfSubject(subject, binding) is { } refused)
            {
                yield return refused;
            }
        }
    }

    private static Refusal? OfReference(DataMap reference, KubernetesBinding binding)
    {
        if (binding is { RoleKind: { } kind } && !kind.IsTemplate())
        {
            if (kind.Text == RbacWords.Role && binding.IsClusterWide)
            {
                return new Refusal(kind.Location, "a ClusterRoleBinding binds a ClusterRole only; one to a Role is refused", "bind it by a RoleBinding, or make it a ClusterRole");
            }

            if (kind.Text is not (RbacWords.Role or RbacWords.ClusterRole))
            {
                return new Refusal(kind.Location, $"a binding binds no `{kind.Text}`, and is refused", binding.IsClusterWide ? "write `kind: ClusterRole`" : "write `kind: ClusterRole` or `kind: Role`");
            }
        }

        return reference.Text("apiGroup") is { Text: not RbacWords.Group and not "" } group && !group.IsTemplate()
            ? new Refusal(group.Location, $"roles are not in the API group `{group.Text}`, and the binding is refused", $"write `{RbacWords.Group}`")
            : binding.RoleName is { } name && !name.IsTemplate() && NameRules.PathSegment(name.Text).Count > 0
                ? new Refusal(name.Location, $"`{name.Text}` cannot be the name of a role, since it is part of a URL", "leave out `/` and `%`")
                : null;
    }

    private static Refusal? OfSubject(KubernetesSubject subject, KubernetesBinding binding)
    {
        if (subject.Map.Text("kind") is not { } kind)
        {
            return subject.NameText is { } nameless ? new Refusal(nameless.Location, $"nothing says what `{nameless.Text}` is, and the binding is refused", "write `kind: User`, `kind: Group` or `kind: ServiceAccount`") : null;
        }

        if (kind.IsTemplate())
        {
            return null;
        }

        if (!SubjectKinds.Contains(kind.Text, StringComparer.Ordinal))
        {
            var meant = SubjectKinds.FirstOrDefault(known => string.Equals(known, kind.Text, StringComparison.OrdinalIgnoreCase));
            return new Refusal(kind.Location, $"a subject is a User, a Group or a ServiceAccount; with a `{kind.Text}` the binding is refused", meant is null ? "write one of these" : $"write `kind: {meant}`");
        }

        var isAccount = kind.Text == RbacWords.ServiceAccountSubject;
        if (subject.Map.Text("apiGroup") is { Text.Length: > 0 } group && !group.IsTemplate() && (isAccount || group.Text != RbacWords.Group))
        {
            return new Refusal(group.Location, $"a {kind.Text} is not in the API group `{group.Text}`, and the binding is refused", isAccount ? "leave `apiGroup` out: ServiceAccounts are in the core API group" : $"write `{RbacWords.Group}`");
        }

        if (!isAccount || subject.NameText is not { } name || name.IsTemplate())
        {
            return null;
        }

        return NameRules.DnsSubdomain(name.Text).Count > 0 ? new Refusal(name.Location, $"`{name.Text}` cannot be the name of a ServiceAccount, and the binding is refused", "names of ServiceAccounts are made of lower-case letters, digits, `-` and `.`")
            : binding.IsClusterWide && subject.Map.Find("namespace") is null ? new Refusal(name.Location, $"nothing says which namespace the ServiceAccount `{name.Text}` is in, and the binding is refused", "write its namespace beside its name")
            : null;
    }
}
