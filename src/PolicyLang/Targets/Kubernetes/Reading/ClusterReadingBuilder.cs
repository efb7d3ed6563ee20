using System.Collections.Immutable;
using PolicyLang.Access;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>Puts together what the files of one cluster say.</summary>
internal static class ClusterReadingBuilder
{
    private const string AggregateLabel = "rbac.authorization.k8s.io/aggregate-to-";

    public static ClusterReading Build(IReadOnlyList<Artefact> files, IReadOnlyList<Artefact> exported, CancellationToken cancellationToken)
    {
        var content = ReadFiles(files, cancellationToken);
        FindRepeated(content);
        var redefined = RedefinedBuiltIns(content);
        var exportedRoles = ImmutableHashSet.Create<string>(StringComparer.Ordinal);
        if (exported.Count > 0)
        {
            var live = ReadFiles(exported, cancellationToken);
            LiveObjects.AddTo(content, live);
            exportedRoles = [.. content.Roles.Where(role => !role.IsNamespaced && live.Roles.Contains(role)).Select(role => role.Metadata.Name)];
        }

        return Build(content, redefined, exportedRoles, [.. exported.Select(file => file.Path)]);
    }

    private static ManifestContent ReadFiles(IReadOnlyList<Artefact> files, CancellationToken cancellationToken)
    {
        var content = new ManifestContent();
        var reader = new ManifestReader(content, files.Any(f => KustomizationReader.IsKustomization(f.Path)), cancellationToken);
        foreach (var file in KustomizationReader.FilesToApply(files, content.Problems, cancellationToken))
        {
            reader.Read(file);
        }

        return content;
    }

    /// <summary>Draws the links from objects.</summary>
    public static ClusterReading Build(ManifestContent content)
    {
        FindRepeated(content);
        return Build(content, RedefinedBuiltIns(content), ImmutableHashSet.Create<string>(StringComparer.Ordinal), []);
    }

    private static ClusterReading Build(ManifestContent content, HashSet<string> builtIn, ImmutableHashSet<string> exportedRoles, ImmutableHashSet<string> exportedFiles)
    {
        var feeding = FindFeeding(content);
        var resolved = RoleAggregation.Resolve(content.Roles);
        var roles = new RbacRoles(builtIn.Count == 0 ? resolved : resolved.Where(r => r.IsNamespaced || !builtIn.Contains(r.Metadata.Name)));
        var policy = new RbacPolicy(content.Bindings);
        FindOpenBindings(policy, content);
        var open = resolved.Where(r => !r.IsNamespaced && r.Selectors is not null).Select(r => r.Metadata.Name).ToImmutableSortedSet(StringComparer.Ordinal);
        content.Problems.Sort(static (a, b) => Compare(a.Place, a.Message, b.Place, b.Message));
        content.Effects.Sort(static (a, b) => Compare(a.Place, a.What, b.Place, b.What));
        return new ClusterReading(policy, roles, feeding, RightsOf(policy, roles), open, [.. content.Problems], [.. content.Effects]) { ExportedClusterRoles = exportedRoles, ExportedFiles = exportedFiles };
    }

    private static int Compare(ArtefactPlace a, string textA, ArtefactPlace b, string textB)
    {
        var result = ArtefactPlace.Compare(a, b);
        return result != 0 ? result : string.CompareOrdinal(textA, textB);
    }

    private static ImmutableArray<ReadRight> RightsOf(RbacPolicy policy, RbacRoles roles)
    {
        var rights = ImmutableArray.CreateBuilder<ReadRight>(policy.Grants.Length);
        foreach (var grant in policy.Grants)
        {
            var binding = grant.Binding;
            rights.Add(new ReadRight(
                grant.IsGroup ? RbacSubjectKind.Group : RbacSubjectKind.User,
                grant.Name,
                binding.IsNamespaced ? binding.Metadata.Namespace : null,
                binding.RoleRef.Kind == RbacWords.ClusterRole ? binding.RoleRef.Name : null,
                roles.RulesOf(binding),
                binding.Place));
        }

        return rights.MoveToImmutable();
    }

    // Nobody comes to a cluster as one of these by a path, so that no world of a policy shows what they may do. Who is authenticated is a caller's group and is compared.
    private static void FindOpenBindings(RbacPolicy policy, ManifestContent content)
    {
        foreach (var grant in policy.Grants)
        {
            var isOpen = grant.IsGroup
                ? grant.Name is "system:unauthenticated" or "system:serviceaccounts" || grant.Name.StartsWith("system:serviceaccounts:", StringComparison.Ordinal)
                : grant.Name is "system:anonymous";
            if (isOpen)
            {
                content.Effects.Add(new OtherEffect($"gives the {grant.Binding.RoleRef.Kind} `{grant.Binding.RoleRef.Name}` to `{grant.Name}`, whom no policy names", grant.Binding.Place));
            }
        }
    }

    // Two objects of one name: kustomize refuses them, kubectl lets the last one win. Both are read, so that no right is overlooked.
    private static void FindRepeated(ManifestContent content)
    {
        var seen = new HashSet<(int Kind, string Namespace, string Name)>(content.Bindings.Count + content.Roles.Count);
        foreach (var value in content.Roles)
        {
            if (!seen.Add((value.IsNamespaced ? 0 : 1, value.Metadata.Namespace, value.Metadata.Name)))
            {
                Report(value, content);
            }
        }

        foreach (var value in content.Bindings)
        {
            if (!seen.Add((value.IsNamespaced ? 2 : 3, value.Metadata.Namespace, value.Metadata.Name)))
            {
                Report(value, content);
            }
        }

        static void Report(RbacObject value, ManifestContent content)
            => content.Problems.Add(new ReadingProblem(ReadingProblemKind.NotModelled, $"the {value.Kind} `{value.Metadata.Name}` stands twice: some tools refuse that, others take the last", value.Place));
    }

    private static HashSet<string> RedefinedBuiltIns(ManifestContent content)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var role in content.Roles)
        {
            if (!role.IsNamespaced && IsReservedName(role.Metadata.Name) && BuiltInRoles.Default.RulesOf(role.Metadata.Name) is not null)
            {
                found.Add(role.Metadata.Name);
                content.Problems.Add(new ReadingProblem(ReadingProblemKind.NotModelled, $"the built-in ClusterRole `{role.Metadata.Name}` is changed, and the API server and its controllers change it back in part", role.Place));
            }
        }

        return found;
    }

    // Spares the table of built-in roles where it cannot be needed.
    private static bool IsReservedName(string name) => name is "admin" or "cluster-admin" or "edit" or "view" || name.StartsWith("system:", StringComparison.Ordinal);

    private static ImmutableArray<RbacRoleObject> FindFeeding(ManifestContent content)
    {
        var feeding = ImmutableArray.CreateBuilder<RbacRoleObject>();
        foreach (var role in content.Roles.Where(r => !r.IsNamespaced))
        {
            var labels = role.Metadata.Labels.Where(l => l.Value == "true" && l.Key.StartsWith(AggregateLabel, StringComparison.Ordinal)).ToArray();
            foreach (var (key, _) in labels)
            {
                content.Effects.Add(new OtherEffect($"gives the rules of the ClusterRole `{role.Metadata.Name}` to everybody who has the ClusterRole `{key[AggregateLabel.Length..]}`", role.Place));
            }

            if (labels.Length > 0)
            {
                feeding.Add(role);
            }
        }

        return feeding.ToImmutable();
    }
}
