using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Access;

namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>Why the API server refuses an object.</summary>
internal enum RbacErrorKind
{
    Required,
    Invalid,
    Forbidden,
    NotSupported,
}

/// <summary>Why the API server refuses an object.</summary>
/// <param name="Kind">The kind of error.</param>
/// <param name="Field">The field, such as <c>rules[0].verbs</c>.</param>
/// <param name="Detail">The API server's own words; may be empty.</param>
internal readonly record struct RbacError(RbacErrorKind Kind, string Field, string Detail);

/// <summary>The API server's checks of RBAC objects after defaulting (Kubernetes 1.36, pkg/apis/rbac/validation/validation.go), in its order.</summary>
internal static class RbacValidation
{
    /// <summary>Checks a new object.</summary>
    public static List<RbacError> Validate(RbacObject value)
    {
        List<RbacError> errors = [];
        Metadata(value.Metadata, value.IsNamespaced, errors);
        switch (value)
        {
            case RbacRoleObject role:
                for (var i = 0; i < role.Rules.Length; i++)
                {
                    Rule(role.Rules[i], role.IsNamespaced, At("rules", i), errors);
                }

                if (role.Selectors is { } selectors)
                {
                    Aggregation(selectors, errors);
                }

                break;
            case RbacBindingObject binding:
                RoleRef(binding.RoleRef, binding.IsNamespaced, errors);
                for (var i = 0; i < binding.Subjects.Length; i++)
                {
                    Subject(binding.Subjects[i], binding.IsNamespaced, At("subjects", i), errors);
                }

                break;
        }

        return errors;
    }

    /// <summary>Checks an object that takes the place of another.</summary>
    public static List<RbacError> ValidateUpdate(RbacObject value, RbacObject old)
    {
        var errors = Validate(value);
        if (value is RbacBindingObject binding && old is RbacBindingObject before && binding.RoleRef != before.RoleRef)
        {
            errors.Add(new RbacError(RbacErrorKind.Invalid, "roleRef", "cannot change roleRef"));
        }

        return errors;
    }

    private static string At(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");

    private static void Add(IEnumerable<string> messages, string field, List<RbacError> errors)
        => errors.AddRange(messages.Select(m => new RbacError(RbacErrorKind.Invalid, field, m)));

    private static void Metadata(RbacMetadata metadata, bool isNamespaced, List<RbacError> errors)
    {
        Add(NameRules.PathSegment(metadata.GenerateName), "metadata.generateName", errors);
        if (metadata.Name.Length == 0)
        {
            errors.Add(new RbacError(RbacErrorKind.Required, "metadata.name", "name or generateName is required"));
        }
        else
        {
            Add(NameRules.PathSegment(metadata.Name), "metadata.name", errors);
        }

        if (!isNamespaced)
        {
            if (metadata.Namespace.Length > 0)
            {
                errors.Add(new RbacError(RbacErrorKind.Forbidden, "metadata.namespace", "not allowed on this type"));
            }
        }
        else if (metadata.Namespace.Length == 0)
        {
            errors.Add(new RbacError(RbacErrorKind.Required, "metadata.namespace", ""));
        }
        else
        {
            Add(NameRules.DnsLabel(metadata.Namespace), "metadata.namespace", errors);
        }

        Labels(metadata.Labels, "metadata.labels", errors);
        foreach (var key in metadata.AnnotationKeys)
        {
            Add(NameRules.QualifiedName(key.ToLowerInvariant()), "metadata.annotations", errors);
        }
    }

    private static void Labels(ImmutableArray<KeyValuePair<string, string>> labels, string field, List<RbacError> errors)
    {
        foreach (var (key, value) in labels)
        {
            Add(NameRules.QualifiedName(key), field, errors);
            Add(NameRules.LabelValue(value), field, errors);
        }
    }

    private static void Rule(RbacRule rule, bool isNamespaced, string field, List<RbacError> errors)
    {
        if (rule.Verbs.IsEmpty)
        {
            errors.Add(new RbacError(RbacErrorKind.Required, field + ".verbs", "verbs must contain at least one value"));
        }

        if (!rule.NonResourceUrls.IsEmpty)
        {
            if (isNamespaced)
            {
                errors.Add(new RbacError(RbacErrorKind.Invalid, field + ".nonResourceURLs", "namespaced rules cannot apply to non-resource URLs"));
            }

            if (!rule.ApiGroups.IsEmpty || !rule.Resources.IsEmpty || !rule.ResourceNames.IsEmpty)
            {
                errors.Add(new RbacError(RbacErrorKind.Invalid, field + ".nonResourceURLs", "rules cannot apply to both regular resources and non-resource URLs"));
            }

            return;
        }

        if (rule.ApiGroups.IsEmpty)
        {
            errors.Add(new RbacError(RbacErrorKind.Required, field + ".apiGroups", "resource rules must supply at least one api group"));
        }

        if (rule.Resources.IsEmpty)
        {
            errors.Add(new RbacError(RbacErrorKind.Required, field + ".resources", "resource rules must supply at least one resource"));
        }
    }

    private static void Aggregation(ImmutableArray<RbacLabelSelector> selectors, List<RbacError> errors)
    {
        const string Field = "aggregationRule.clusterRoleSelectors";
        if (selectors.IsEmpty)
        {
            errors.Add(new RbacError(RbacErrorKind.Required, Field, "at least one clusterRoleSelector required if aggregationRule is non-nil"));
        }

        for (var i = 0; i < selectors.Length; i++)
        {
            var count = errors.Count;
            Selector(selectors[i], At(Field, i), errors);
            if (errors.Count > count)
            {
                errors.Add(new RbacError(RbacErrorKind.Invalid, At(Field, i), "invalid label selector."));
            }
        }
    }

    private static void Selector(RbacLabelSelector selector, string field, List<RbacError> errors)
    {
        Labels(selector.MatchLabels, field + ".matchLabels", errors);
        for (var i = 0; i < selector.MatchExpressions.Length; i++)
        {
            var requirement = selector.MatchExpressions[i];
            var part = At(field + ".matchExpressions", i);
            switch (requirement.Operator)
            {
                case "In" or "NotIn":
                    if (requirement.Values.IsEmpty)
                    {
                        errors.Add(new RbacError(RbacErrorKind.Required, part + ".values", "must be specified when `operator` is 'In' or 'NotIn'"));
                    }

                    break;
                case "Exists" or "DoesNotExist":
                    if (!requirement.Values.IsEmpty)
                    {
                        errors.Add(new RbacError(RbacErrorKind.Forbidden, part + ".values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
                    }

                    break;
                default:
                    errors.Add(new RbacError(RbacErrorKind.Invalid, part + ".operator", "not a valid selector operator"));
                    break;
            }

            Add(NameRules.QualifiedName(requirement.Key), part + ".key", errors);
            for (var v = 0; v < requirement.Values.Length; v++)
            {
                Add(NameRules.LabelValue(requirement.Values[v]), At(part + ".values", v), errors);
            }
        }
    }

    private static void RoleRef(RbacRoleReference reference, bool isNamespaced, List<RbacError> errors)
    {
        if (reference.ApiGroup != RbacWords.Group)
        {
            errors.Add(new RbacError(RbacErrorKind.NotSupported, "roleRef.apiGroup", $"supported values: \"{RbacWords.Group}\""));
        }

        if (reference.Kind != RbacWords.ClusterRole && !(isNamespaced && reference.Kind == RbacWords.Role))
        {
            errors.Add(new RbacError(RbacErrorKind.NotSupported, "roleRef.kind", isNamespaced ? "supported values: \"Role\", \"ClusterRole\"" : "supported values: \"ClusterRole\""));
        }

        if (reference.Name.Length == 0)
        {
            errors.Add(new RbacError(RbacErrorKind.Required, "roleRef.name", ""));
        }
        else
        {
            Add(NameRules.PathSegment(reference.Name), "roleRef.name", errors);
        }
    }

    private static void Subject(RbacSubjectObject subject, bool isNamespaced, string field, List<RbacError> errors)
    {
        if (subject.Name.Length == 0)
        {
            errors.Add(new RbacError(RbacErrorKind.Required, field + ".name", ""));
        }

        switch (subject.Kind)
        {
            case RbacWords.ServiceAccountSubject:
                if (subject.Name.Length > 0)
                {
                    Add(NameRules.DnsSubdomain(subject.Name), field + ".name", errors);
                }

                if (subject.ApiGroup.Length > 0)
                {
                    errors.Add(new RbacError(RbacErrorKind.NotSupported, field + ".apiGroup", "supported values: \"\""));
                }

                if (!isNamespaced && subject.Namespace.Length == 0)
                {
                    errors.Add(new RbacError(RbacErrorKind.Required, field + ".namespace", ""));
                }

                break;
            case RbacWords.UserSubject or RbacWords.GroupSubject:
                if (subject.ApiGroup != RbacWords.Group)
                {
                    errors.Add(new RbacError(RbacErrorKind.NotSupported, field + ".apiGroup", $"supported values: \"{RbacWords.Group}\""));
                }

                break;
            default:
                errors.Add(new RbacError(RbacErrorKind.NotSupported, field + ".kind", "supported values: \"ServiceAccount\", \"User\", \"Group\""));
                break;
        }
    }
}
