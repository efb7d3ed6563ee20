using System.Text;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>Reads a file of objects: the plain shape quickly, any other with a whole parser. Both give the same.</summary>
internal sealed class ManifestReader(ManifestContent content, bool isKustomized, CancellationToken cancellationToken)
{
    private const int MaxObjects = 1_000_000;
    private const int MaxListDepth = 8;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly PlainManifestScanner _plain = new(content);
    private int _objects;

    /// <summary>Reads a file.</summary>
    public void Read(Artefact file)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_plain.TryRead(file))
        {
            ReadAny(file);
        }
    }

    /// <summary>Reads a file with the whole parser.</summary>
    public void ReadAny(Artefact file)
    {
        if (Parse(file, content.Problems, cancellationToken) is not { } stream)
        {
            return;
        }

        var decoder = new RbacObjectDecoder(file.Path, content.Problems, isKustomized);
        _objects = 0;
        foreach (var document in stream.Documents)
        {
            if (document.Doubt is { } doubt)
            {
                content.Problems.Add(new ReadingProblem(ReadingProblemKind.NotModelled, doubt, new ArtefactPlace(file.Path, document.DoubtLine, document.DoubtColumn)));
            }

            ReadObject(document.Root, decoder, document.Doubt is not null, MaxListDepth);
        }
    }

    /// <summary>The documents of a file; nothing when it is no text. A syntax error is a problem.</summary>
    public static ManifestStream? Parse(Artefact file, List<ReadingProblem> problems, CancellationToken cancellationToken)
    {
        var bytes = file.Content.Span;
        bytes = bytes.StartsWith("\ufeff"u8) ? bytes[3..] : bytes;
        string text;
        try
        {
            text = Strict.GetString(bytes);
        }
        catch (ArgumentException)
        {
            problems.Add(new ReadingProblem(ReadingProblemKind.NotModelled, "the file is not UTF-8", new ArtefactPlace(file.Path, 0, 0)));
            return null;
        }

        if (text.Contains('\ufeff', StringComparison.Ordinal))
        {
            problems.Add(new ReadingProblem(ReadingProblemKind.NotModelled, "a byte order mark stands inside the file", new ArtefactPlace(file.Path, 0, 0)));
        }

        var isJson = text.AsSpan().TrimStart() is ['{', ..];
        var stream = isJson ? ManifestJson.Read(bytes, cancellationToken) : ManifestYaml.Read(text, cancellationToken);
        if (isJson && stream.Error is not null && ManifestYaml.Read(text, cancellationToken) is { Error: null } yaml)
        {
            // kubectl tries JSON first, and then YAML, in which `{` opens a map just as well.
            stream = yaml;
        }

        if (stream.Error is { } error)
        {
            // Not a refusal of what stands in front of it: kubectl applies that.
            problems.Add(new ReadingProblem(ReadingProblemKind.NotModelled, error.Message, new ArtefactPlace(file.Path, error.Line, error.Column)));
        }

        return stream;
    }

    private static string TextOf(ManifestMap map, string key) => map.Find(key) is ManifestScalar { Kind: ManifestScalarKind.Text } scalar ? scalar.Text : "";

    private void Problem(ReadingProblemKind kind, string message, ArtefactPlace place) => content.Problems.Add(new ReadingProblem(kind, message, place));

    private void ReadObject(ManifestNode root, RbacObjectDecoder decoder, bool isDoubtful, int depth)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (root is ManifestScalar { Kind: ManifestScalarKind.Null })
        {
            return;
        }

        var place = decoder.PlaceOf(root);
        if (++_objects > MaxObjects)
        {
            if (_objects == MaxObjects + 1)
            {
                Problem(ReadingProblemKind.NotModelled, "the file holds more objects than can be read", place);
            }

            return;
        }

        if (root is not ManifestMap map)
        {
            Problem(ReadingProblemKind.Refused, "a document must be an object", place);
            return;
        }

        var (apiVersion, kind) = (TextOf(map, "apiVersion"), TextOf(map, "kind"));
        if (apiVersion.Length == 0 || kind.Length == 0)
        {
            Problem(ReadingProblemKind.Refused, "an object must say its `apiVersion` and `kind` as texts", place);
            return;
        }

        var (meaning, effect) = ManifestKinds.MeaningOf(apiVersion, kind);
        switch (meaning)
        {
            case ManifestKindMeaning.Rbac:
                if (decoder.Decode(map, kind) is { } value)
                {
                    Add(value, map, decoder, isDoubtful);
                }

                break;
            case ManifestKindMeaning.List:
                ReadList(map, decoder, isDoubtful, depth, place);
                break;
            case ManifestKindMeaning.Harmless when kind == "ConfigMap" && map.Find("metadata") is ManifestMap metadata && TextOf(metadata, "name") == "aws-auth" && TextOf(metadata, "namespace") == "kube-system":
                Problem(ReadingProblemKind.NotModelled, "the ConfigMap `kube-system/aws-auth` says who is which user and group on EKS", place);
                break;
            case ManifestKindMeaning.Effect:
                content.Effects.Add(new OtherEffect($"creates a `{kind}`, which {effect}", place));
                break;
            case ManifestKindMeaning.OldRbac:
                Problem(ReadingProblemKind.NotModelled, $"`{apiVersion}` is served by old API servers only", place);
                break;
            case ManifestKindMeaning.Unknown:
                Problem(ReadingProblemKind.NotModelled, $"objects of the kind `{kind}` in `{apiVersion}` may give rights", place);
                break;
        }
    }

    private void ReadList(ManifestMap map, RbacObjectDecoder decoder, bool isDoubtful, int depth, ArtefactPlace place)
    {
        if (depth == 0)
        {
            Problem(ReadingProblemKind.NotModelled, "lists are nested too deeply", place);
            return;
        }

        foreach (var entry in map.Entries)
        {
            if (entry.Key is not ("apiVersion" or "kind" or "metadata" or "items"))
            {
                Problem(ReadingProblemKind.NotModelled, $"the field `{entry.Key}` of a list is unknown", decoder.PlaceOf(map, entry.Key));
            }
        }

        switch (map.Find("items"))
        {
            case null or ManifestScalar { Kind: ManifestScalarKind.Null }:
                break;
            case ManifestList { Items: var items }:
                foreach (var item in items)
                {
                    ReadObject(item, decoder, isDoubtful, depth - 1);
                }

                break;
            default:
                Problem(ReadingProblemKind.Refused, "`items` must be a list", place);
                break;
        }
    }

    private void Add(RbacObject value, ManifestMap map, RbacObjectDecoder decoder, bool isDoubtful)
    {
        var metadata = value.Metadata;
        isDoubtful |= value.IsDoubtful;
        if (!value.IsNamespaced && metadata.Namespace.Length > 0)
        {
            // The API server clears the namespace of an object that has none before it validates (apiserver, pkg/registry/rest/meta.go).
            metadata = metadata with { Namespace = "" };
        }

        if (value.IsNamespaced && metadata.Namespace.Length == 0)
        {
            Problem(ReadingProblemKind.NotModelled, $"a `{value.Kind}` without a namespace lands in the namespace of whoever applies it; read as `default`", value.Place);
            metadata = metadata with { Namespace = "default" };
            isDoubtful = true;
        }

        if (metadata.Name.Length == 0 && metadata.GenerateName.Length > 0)
        {
            Problem(ReadingProblemKind.NotModelled, "an object that is named by the API server can be created and not applied", value.Place);
            metadata = metadata with { Name = metadata.GenerateName };
            isDoubtful = true;
        }

        value = RbacDefaults.Apply(value with { Metadata = metadata, IsDoubtful = isDoubtful });
        var errors = RbacValidation.Validate(value);
        foreach (var error in errors)
        {
            Problem(ReadingProblemKind.Refused, Describe(value, error), decoder.PlaceOf(map, error.Field));
        }

        if (errors.Count > 0)
        {
            return;
        }

        if (value is RbacRoleObject role)
        {
            content.Roles.Add(role);
        }
        else if (value is RbacBindingObject binding)
        {
            content.Bindings.Add(binding);
        }
    }

    private static string Describe(RbacObject value, RbacError error)
    {
        var what = error.Kind switch
        {
            RbacErrorKind.Required => "is missing",
            RbacErrorKind.Forbidden => "is forbidden",
            RbacErrorKind.NotSupported => "has a value that is not supported",
            _ => "is invalid",
        };
        return $"`{error.Field}` of {value.Kind} `{value.Metadata.Name}` {what}" + (error.Detail.Length == 0 ? "" : ": " + error.Detail.TrimEnd('.'));
    }
}
