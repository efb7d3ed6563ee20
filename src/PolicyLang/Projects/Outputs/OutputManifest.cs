using System.Collections.Immutable;
using System.Text.Json;

namespace PolicyLang.Projects.Outputs;

/// <summary>A cluster as the manifest remembers it.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsRetired">Whether it was retired in that build: its outputs were emptied, and it may go.</param>
public sealed record OutputCluster(string Name, bool IsRetired);

/// <summary>
/// What policyc owns in an output root. It holds paths and no hashes: an owned file is rewritten whatever it holds, and a record that changes only when
/// files come and go merges without conflicts.
/// </summary>
/// <param name="Files">The owned files by target.</param>
/// <param name="Clusters">The clusters by name.</param>
public sealed record OutputManifest(ImmutableSortedDictionary<string, ImmutableSortedSet<string>> Files, ImmutableSortedDictionary<string, OutputCluster> Clusters)
{
    /// <summary>The file that holds it, in the output root.</summary>
    public const string FileName = "policyc.manifest.json";

    private const int Format = 1;

    /// <summary>The manifest of a root that policyc has not written to yet.</summary>
    public static OutputManifest Empty { get; } = new(
        ImmutableSortedDictionary.Create<string, ImmutableSortedSet<string>>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, OutputCluster>(StringComparer.Ordinal));

    /// <summary>The owned files, each with the target that owns it.</summary>
    public IEnumerable<KeyValuePair<string, string>> TargetsByPath => Files.SelectMany(target => target.Value.Select(path => KeyValuePair.Create(path, target.Key)));

    /// <summary>The manifest after all of some outputs are written.</summary>
    public static OutputManifest For(OutputSet outputs) => new(
        outputs.Files.Where(target => !target.Value.IsEmpty).ToImmutableSortedDictionary(
            target => target.Key, target => target.Value.Select(file => file.Path).ToImmutableSortedSet(StringComparer.Ordinal), StringComparer.Ordinal),
        outputs.Clusters.ToImmutableSortedDictionary(cluster => cluster.Name, cluster => cluster, StringComparer.Ordinal));

    /// <summary>
    /// The manifest after only the selected targets of some outputs are written while others are out of date. Until every target has seen a retirement, the
    /// cluster counts as alive, so that it cannot vanish with access left behind.
    /// </summary>
    /// <param name="old">The manifest before.</param>
    /// <param name="outputs">The outputs.</param>
    public static OutputManifest AfterMixedWrite(OutputManifest old, OutputSet outputs)
    {
        var current = For(outputs);
        var files = current.Files.ToBuilder();
        var written = current.Files.Where(target => outputs.Includes(target.Key)).SelectMany(target => target.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var target in current.Files.Keys.Union(old.Files.Keys, StringComparer.Ordinal).Where(target => !outputs.Includes(target)))
        {
            files.Remove(target);
            if (old.Files.TryGetValue(target, out var owned))
            {
                files.Add(target, owned.Except(written));
            }
        }

        var clusters = old.Clusters.ToBuilder();
        foreach (var cluster in current.Clusters.Values)
        {
            clusters[cluster.Name] = cluster with { IsRetired = cluster.IsRetired && old.Clusters.TryGetValue(cluster.Name, out var known) && known.IsRetired };
        }

        return new OutputManifest(files.ToImmutable(), clusters.ToImmutable());
    }

    /// <summary>The bytes of the manifest: the same for the same content.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", IndentSize = 2 }))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteStartArray("clusters");
            foreach (var cluster in Clusters.Values)
            {
                json.WriteStartObject();
                json.WriteString("name", cluster.Name);
                json.WriteBoolean("retired", cluster.IsRetired);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("files");
            foreach (var (target, files) in Files)
            {
                json.WriteStartArray(target);
                foreach (var file in files)
                {
                    json.WriteStringValue(file);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>Reads a manifest. Whatever is not exactly a manifest is refused: a wrong guess about ownership would delete somebody's file.</summary>
    /// <param name="bytes">The content of the file.</param>
    /// <exception cref="ManifestException">The bytes are no manifest, or one of a later format.</exception>
    public static OutputManifest Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new ManifestException("it is no JSON of the expected form", isLaterFormat: false);
        }
    }

    private static OutputManifest Read(JsonElement root)
    {
        if (!root.TryGetProperty("format", out var format) || format.GetInt32() != Format)
        {
            var isLater = format.ValueKind == JsonValueKind.Number && format.GetInt32() > Format;
            throw new ManifestException(isLater ? "its format is newer than this version of policyc knows" : "it does not say its format", isLater);
        }

        var clusters = ImmutableSortedDictionary.CreateBuilder<string, OutputCluster>(StringComparer.Ordinal);
        foreach (var element in Required(root, "clusters").EnumerateArray())
        {
            var name = Text(Required(element, "name"));
            RefuseUnknown(element, "name", "retired");
            if (!clusters.TryAdd(name, new OutputCluster(name, Required(element, "retired").GetBoolean())))
            {
                throw new ManifestException($"it names the cluster `{name}` twice", isLaterFormat: false);
            }
        }

        RefuseUnknown(root, "format", "clusters", "files");
        return new OutputManifest(ReadFiles(Required(root, "files")), clusters.ToImmutable());
    }

    private static ImmutableSortedDictionary<string, ImmutableSortedSet<string>> ReadFiles(JsonElement element)
    {
        var files = ImmutableSortedDictionary.CreateBuilder<string, ImmutableSortedSet<string>>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var target in element.EnumerateObject())
        {
            var paths = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
            foreach (var item in target.Value.EnumerateArray())
            {
                var path = Text(item);
                if (OutputPaths.FindProblem(path) is { } problem)
                {
                    throw new ManifestException($"it names the path `{path}`, and {problem}", isLaterFormat: false);
                }

                if (!seen.Add(path))
                {
                    throw new ManifestException($"it names the path `{path}` twice", isLaterFormat: false);
                }

                paths.Add(path);
            }

            files.Add(target.Name, paths.ToImmutable());
        }

        return files.ToImmutable();
    }

    private static JsonElement Required(JsonElement parent, string name)
        => parent.TryGetProperty(name, out var value) ? value : throw new ManifestException($"it has no `{name}`", isLaterFormat: false);

    private static string Text(JsonElement element) => element.GetString() ?? throw new ManifestException("it holds null where a name must stand", isLaterFormat: false);

    private static void RefuseUnknown(JsonElement element, params ReadOnlySpan<string> known)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (!known.Contains(property.Name))
            {
                throw new ManifestException($"it holds the unknown key `{property.Name}`", isLaterFormat: false);
            }
        }
    }
}

/// <summary>A manifest that cannot be used.</summary>
public sealed class ManifestException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="reason">The reason, as the end of a sentence about the manifest.</param>
    /// <param name="isLaterFormat">Whether a later version of policyc wrote it.</param>
    public ManifestException(string reason, bool isLaterFormat)
        : base(reason) => IsLaterFormat = isLaterFormat;

    /// <summary>Whether a later version of policyc wrote it.</summary>
    public bool IsLaterFormat { get; }
}
