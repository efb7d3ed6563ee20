using PolicyLang.Projects.Outputs;

namespace PolicyLang.Cli.Linting;

/// <summary>Knows the files that builds wrote, by the records beside them.</summary>
internal sealed class OwnedOutputs
{
    private readonly Dictionary<string, HashSet<string>> _ownedIn = new(StringComparer.Ordinal);

    /// <summary>Whether a build wrote a file.</summary>
    /// <param name="path">The full path.</param>
    public bool Holds(string path)
    {
        for (var folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (!_ownedIn.TryGetValue(folder, out var owned))
            {
                _ownedIn.Add(folder, owned = OwnedIn(folder));
            }

            if (owned.Count > 0 && owned.Contains(path))
            {
                return true;
            }
        }

        return false;
    }

    private static HashSet<string> OwnedIn(string root)
    {
        var manifest = Path.Combine(root, OutputManifest.FileName);
        if (!File.Exists(manifest))
        {
            return [];
        }

        try
        {
            return OutputManifest.Parse(File.ReadAllBytes(manifest)).TargetsByPath.Select(file => Path.GetFullPath(file.Key, root)).Append(manifest).ToHashSet(StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is ManifestException or IOException or UnauthorizedAccessException)
        {
            return []; // whoever builds is told; what it owns cannot be known here
        }
    }
}
