using PolicyLang.Reading;

namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>Adds what a cluster holds to what is about to be applied to it.</summary>
internal static class LiveObjects
{
    /// <summary>Adds the objects that applying leaves as they are, without the bindings that every API server makes when it starts.</summary>
    public static void AddTo(ManifestContent applied, ManifestContent live)
    {
        var names = applied.Roles.Select(KeyOf).Concat(applied.Bindings.Select(KeyOf)).ToHashSet();
        var places = applied.Roles.Select(role => role.Place.Path).Concat(applied.Bindings.Select(binding => binding.Place.Path)).ToHashSet(StringComparer.Ordinal);
        applied.Roles.AddRange(Latest(live.Roles.Where(role => !names.Contains(KeyOf(role))), applied));
        applied.Bindings.AddRange(Latest(live.Bindings.Where(binding => !names.Contains(KeyOf(binding)) && !IsBuiltIn(binding)), applied));
        applied.Problems.AddRange(live.Problems.Where(problem => !places.Contains(problem.Place.Path)));
        applied.Effects.AddRange(live.Effects);
    }

    // Several exports of one cluster may hold the same object; where they do not agree, nobody knows which is newer.
    private static IEnumerable<T> Latest<T>(IEnumerable<T> objects, ManifestContent content)
        where T : RbacObject
    {
        var seen = new HashSet<(string Kind, string Namespace, string Name)>();
        foreach (var value in objects)
        {
            if (!seen.Add(KeyOf(value)))
            {
                content.Problems.Add(new ReadingProblem(ReadingProblemKind.NotModelled, $"the {value.Kind} `{value.Metadata.Name}` stands in the exports twice", value.Place));
            }

            yield return value;
        }
    }

    private static (string Kind, string Namespace, string Name) KeyOf(RbacObject value) => (value.Kind, value.Metadata.Namespace, value.Metadata.Name);

    // Kubernetes gives these to its own components and to everybody who is logged in; they are nobody's policy. With another subject or role they are somebody's.
    private static bool IsBuiltIn(RbacBindingObject binding)
        => binding.Metadata.Name.StartsWith("system:", StringComparison.Ordinal) || binding.Metadata.Name == "cluster-admin"
            ? BuiltInRoles.Default.Bindings.Exists(known => KeyOf(known) == KeyOf(binding)
                && known.RoleRef.Kind == binding.RoleRef.Kind
                && known.RoleRef.Name == binding.RoleRef.Name
                && binding.Subjects.All(subject => known.Subjects.Any(s => (s.Kind, s.Name, s.Namespace) == (subject.Kind, subject.Name, subject.Namespace))))
            : false;
}
