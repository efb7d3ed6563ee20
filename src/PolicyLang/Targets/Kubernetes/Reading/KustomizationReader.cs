using PolicyLang.Reading;

namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>Says which of a cluster's files are applied.</summary>
internal static class KustomizationReader
{
    private static readonly string[] FileNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

    /// <summary>Whether a file is a kustomization by its name.</summary>
    public static bool IsKustomization(string path) => FileNames.Contains(path[(path.LastIndexOf('/') + 1)..], StringComparer.Ordinal);

    /// <summary>
    /// The files that are applied, each once. Without a kustomization these are all YAML and JSON files, as <c>kubectl apply -R -f</c> takes them. With one they are those that it lists,
    /// and those in a folder <c>applier</c> beside it, which people apply by hand.
    /// </summary>
    public static List<Artefact> FilesToApply(IReadOnlyList<Artefact> files, List<ReadingProblem> problems, CancellationToken cancellationToken)
    {
        List<Artefact> manifests = [];
        List<Artefact> kustomizations = [];
        foreach (var file in files)
        {
            if (IsKustomization(file.Path))
            {
                kustomizations.Add(file);
            }
            else if (HasManifestName(file.Path))
            {
                manifests.Add(file);
            }
        }

        if (kustomizations.Count == 0)
        {
            return manifests;
        }

        if (kustomizations.Count > 1)
        {
            foreach (var kustomization in kustomizations.Skip(1))
            {
                problems.Add(new ReadingProblem(ReadingProblemKind.NotModelled, "a second kustomization may change what the first one holds; all files are read as applied", new ArtefactPlace(kustomization.Path, 0, 0)));
            }

            return manifests;
        }

        return Listed(kustomizations[0], manifests, problems, cancellationToken);
    }

    private static bool HasManifestName(string name)
        => name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    private static List<Artefact> Listed(Artefact kustomization, List<Artefact> manifests, List<ReadingProblem> problems, CancellationToken cancellationToken)
    {
        var folder = kustomization.Path[..(kustomization.Path.LastIndexOf('/') + 1)];
        var byPath = new Dictionary<string, Artefact>(StringComparer.Ordinal);
        foreach (var file in manifests)
        {
            byPath[file.Path] = file;
        }

        List<Artefact> applied = [];
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (resource, place) in Resources(kustomization, problems, cancellationToken))
        {
            if (!byPath.TryGetValue(folder + Normalize(resource), out var file))
            {
                problems.Add(new ReadingProblem(ReadingProblemKind.NotModelled, $"`{resource}` is none of the files", place));
            }
            else if (!taken.Add(file.Path))
            {
                problems.Add(new ReadingProblem(ReadingProblemKind.NotModelled, $"`{resource}` is listed twice, which kustomize refuses", place));
            }
            else
            {
                applied.Add(file);
            }
        }

        foreach (var file in manifests)
        {
            if (taken.Contains(file.Path))
            {
                continue;
            }

            if (file.Path.StartsWith(folder + "applier/", StringComparison.Ordinal))
            {
                applied.Add(file);
            }
            else
            {
                problems.Add(new ReadingProblem(ReadingProblemKind.NotModelled, "the kustomization does not list this file, so that it is applied by hand or never", new ArtefactPlace(file.Path, 0, 0)));
            }
        }

        return applied;
    }

    private static string Normalize(string path) => path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;

    private static List<(string Resource, ArtefactPlace Place)> Resources(Artefact kustomization, List<ReadingProblem> problems, CancellationToken cancellationToken)
    {
        if (PlainManifestScanner.TryReadKustomization(kustomization) is { } plain)
        {
            return plain;
        }

        List<(string, ArtefactPlace)> resources = [];
        if (ManifestReader.Parse(kustomization, problems, cancellationToken) is not { } stream)
        {
            return resources;
        }

        foreach (var document in stream.Documents)
        {
            if (document.Doubt is { } doubt)
            {
                problems.Add(new ReadingProblem(ReadingProblemKind.NotModelled, doubt, new ArtefactPlace(kustomization.Path, document.DoubtLine, document.DoubtColumn)));
            }
        }

        if (stream.Documents is not [{ Root: ManifestMap map }])
        {
            problems.Add(new ReadingProblem(ReadingProblemKind.NotModelled, "a kustomization must be one object", new ArtefactPlace(kustomization.Path, 0, 0)));
            return resources;
        }

        foreach (var entry in map.Entries)
        {
            var place = new ArtefactPlace(kustomization.Path, entry.Line, entry.Column);
            switch (entry.Key)
            {
                case "apiVersion" when entry.Value is ManifestScalar { Text: "kustomize.config.k8s.io/v1beta1" or "kustomize.config.k8s.io/v1" }:
                case "kind" when entry.Value is ManifestScalar { Text: "Kustomization" }:
                    break;
                case "resources" when entry.Value is ManifestList list:
                    foreach (var item in list.Items)
                    {
                        if (item is ManifestScalar { Kind: ManifestScalarKind.Text } scalar)
                        {
                            resources.Add((scalar.Text, new ArtefactPlace(kustomization.Path, item.Line, item.Column)));
                        }
                        else
                        {
                            problems.Add(new ReadingProblem(ReadingProblemKind.Refused, "a resource must be a text", new ArtefactPlace(kustomization.Path, item.Line, item.Column)));
                        }
                    }

                    break;
                default:
                    problems.Add(new ReadingProblem(ReadingProblemKind.NotModelled, $"`{entry.Key}` of a kustomization may change names, namespaces and rules", place));
                    break;
            }
        }

        return resources;
    }
}
