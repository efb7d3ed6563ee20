using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using PolicyLang.Access;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>
/// Reads the plainest shape of manifests at the speed of memory: block style, two spaces a level, lists at their key's depth, known keys without quotes,
/// every text in double quotes on one line, printable and without escapes, nothing that the API server would refuse. At the first byte of
/// anything else it gives up, and the whole parser reads the file; so it never has to explain anything.
/// </summary>
internal sealed class PlainManifestScanner(ManifestContent content)
{
    private static readonly SearchValues<byte> PlainCharacters = SearchValues.Create([.. Enumerable.Range(0x20, 0x5F).Where(c => c is not ('"' or '\\')).Select(c => (byte)c)]);
    private static readonly SearchValues<byte> KeyCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./"u8);

    private readonly TextPool _pool = new();
    private readonly List<string> _texts = [];
    private readonly List<RbacSubjectObject> _subjects = [];

    // What was last found valid; the next object mostly has the same.
    private readonly Block _labels = new();
    private readonly Block _annotations = new();
    private string _namespace = "";
    private RbacRoleReference _roleRef = new("", "", "");

    /// <summary>Reads a file into the content, or leaves the content as it was.</summary>
    public bool TryRead(Artefact file)
    {
        var (roles, bindings) = (content.Roles.Count, content.Bindings.Count);
        var lines = new Lines(file.Content.Span, _pool);
        if (lines.IsAtEnd)
        {
            return false;
        }

        do
        {
            if (!ReadDocument(ref lines, file.Path))
            {
                content.ReturnTo(roles, bindings);
                return false;
            }
        }
        while (lines.Take("---\n"u8));

        if (lines.IsAtEnd)
        {
            return true;
        }

        content.ReturnTo(roles, bindings);
        return false;
    }

    /// <summary>The resources of a kustomization that has nothing else, or nothing.</summary>
    public static List<(string Resource, ArtefactPlace Place)>? TryReadKustomization(Artefact file)
    {
        var lines = new Lines(file.Content.Span, new TextPool());
        if (!lines.Take("apiVersion: \"kustomize.config.k8s.io/v1beta1\"\nkind: \"Kustomization\"\nresources:\n"u8, 3))
        {
            return null;
        }

        List<(string, ArtefactPlace)> resources = [];
        while (!lines.IsAtEnd)
        {
            var place = new ArtefactPlace(file.Path, lines.Number, 3);
            if (!lines.Take("- "u8, 0) || lines.TakeQuoted() is not { } text)
            {
                return null;
            }

            resources.Add((text, place));
        }

        return resources.Count == 0 ? null : resources;
    }

    private bool ReadDocument(ref Lines lines, string path)
    {
        var place = new ArtefactPlace(path, lines.Number, 1);
        if (lines.Take("apiVersion: \"rbac.authorization.k8s.io/v1\"\nkind: \""u8, 1))
        {
            return lines.Take("RoleBinding\"\n"u8) ? ReadBinding(ref lines, place, isNamespaced: true)
                : lines.Take("ClusterRoleBinding\"\n"u8) ? ReadBinding(ref lines, place, isNamespaced: false)
                : lines.Take("ClusterRole\"\n"u8) && ReadClusterRole(ref lines, place);
        }

        return lines.Take("apiVersion: \"v1\"\nkind: \"ConfigMap\"\n"u8, 2) && ReadConfigMap(ref lines);
    }

    private bool ReadConfigMap(ref Lines lines)
    {
        if (ReadMetadata(ref lines, isNamespaced: true) is not { } metadata || metadata is { Namespace: "kube-system", Name: "aws-auth" })
        {
            return false;
        }

        if (!lines.Take("data:\n"u8))
        {
            return true;
        }

        return ReadMap(ref lines, "  "u8) is not null;
    }

    private bool ReadBinding(ref Lines lines, ArtefactPlace place, bool isNamespaced)
    {
        if (ReadMetadata(ref lines, isNamespaced) is not { } metadata
            || !lines.Take("roleRef:\n  apiGroup: \"rbac.authorization.k8s.io\"\n  kind: \""u8, 2)
            || lines.TakeText() is not { } kind
            || !lines.Take("  name: "u8, 0)
            || lines.TakeQuoted() is not { } name
            || (kind != RbacWords.ClusterRole && !(isNamespaced && kind == RbacWords.Role)))
        {
            return false;
        }

        if (!ReferenceEquals(_roleRef.Name, name) || _roleRef.Kind != kind)
        {
            if (name.Length == 0 || NameRules.PathSegment(name).Count > 0)
            {
                return false;
            }

            _roleRef = new RbacRoleReference(RbacWords.Group, kind, name);
        }

        if (lines.Take("subjects: []\n"u8))
        {
            content.Bindings.Add(new RbacBindingObject(isNamespaced, metadata, _roleRef, [], place));
            return true;
        }

        if (!lines.Take("subjects:\n"u8))
        {
            return false;
        }

        _subjects.Clear();
        while (lines.Take("- "u8, 0))
        {
            if (!ReadSubject(ref lines, isNamespaced))
            {
                return false;
            }
        }

        if (_subjects.Count == 0)
        {
            return false;
        }

        content.Bindings.Add(new RbacBindingObject(isNamespaced, metadata, _roleRef, [.. _subjects], place));
        return true;
    }

    private bool ReadSubject(ref Lines lines, bool isNamespaced)
    {
        if (lines.Take("apiGroup: \"rbac.authorization.k8s.io\"\n  kind: \""u8, 1))
        {
            var kind = lines.Take("Group\"\n"u8) ? RbacWords.GroupSubject : lines.Take("User\"\n"u8) ? RbacWords.UserSubject : null;
            if (kind is null || !lines.Take("  name: "u8, 0) || lines.TakeQuoted() is not { Length: > 0 } name)
            {
                return false;
            }

            _subjects.Add(new RbacSubjectObject(RbacWords.Group, kind, name, ""));
            return true;
        }

        if (!lines.Take("kind: \"ServiceAccount\"\n  name: "u8, 1) || lines.TakeQuoted() is not { } account || NameRules.DnsSubdomain(account).Count > 0)
        {
            return false;
        }

        var ns = "";
        if (lines.Take("  namespace: "u8, 0))
        {
            if (lines.TakeQuoted() is not { } text)
            {
                return false;
            }

            ns = text;
        }

        _subjects.Add(new RbacSubjectObject("", RbacWords.ServiceAccountSubject, account, ns));
        return isNamespaced || ns.Length > 0;
    }

    private bool ReadClusterRole(ref Lines lines, ArtefactPlace place)
    {
        if (ReadMetadata(ref lines, isNamespaced: false) is not { } metadata)
        {
            return false;
        }

        var rules = ImmutableArray.CreateBuilder<RbacRule>();
        if (!lines.Take("rules: []\n"u8))
        {
            if (!lines.Take("rules:\n"u8))
            {
                return false;
            }

            while (lines.Take("- "u8, 0))
            {
                if (ReadRule(ref lines) is not { } rule)
                {
                    return false;
                }

                rules.Add(rule);
            }

            if (rules.Count == 0)
            {
                return false;
            }
        }

        content.Roles.Add(new RbacRoleObject(IsNamespaced: false, metadata, rules.ToImmutable(), null, place));
        return true;
    }

    // The dash stands where the first key's indentation would; the others follow it.
    private RbacRule? ReadRule(ref Lines lines)
    {
        ImmutableArray<string> verbs = [], apiGroups = [], resources = [], resourceNames = [], urls = [];
        var seen = 0;
        do
        {
            int key;
            if (lines.Take("verbs:\n"u8))
            {
                (key, verbs) = (1, ReadTexts(ref lines));
            }
            else if (lines.Take("apiGroups:\n"u8))
            {
                (key, apiGroups) = (2, ReadTexts(ref lines));
            }
            else if (lines.Take("resources:\n"u8))
            {
                (key, resources) = (4, ReadTexts(ref lines));
            }
            else if (lines.Take("resourceNames:\n"u8))
            {
                (key, resourceNames) = (8, ReadTexts(ref lines));
            }
            else if (lines.Take("nonResourceURLs:\n"u8))
            {
                (key, urls) = (16, ReadTexts(ref lines));
            }
            else
            {
                return null;
            }

            if ((seen & key) != 0)
            {
                return null;
            }

            seen |= key;
        }
        while (lines.Take("  "u8, 0));

        if (verbs.IsDefaultOrEmpty || apiGroups.IsDefault || resources.IsDefault || resourceNames.IsDefault || urls.IsDefault)
        {
            return null;
        }

        var isValid = urls.IsEmpty ? !apiGroups.IsEmpty && !resources.IsEmpty : apiGroups.IsEmpty && resources.IsEmpty && resourceNames.IsEmpty;
        return isValid ? new RbacRule(verbs, apiGroups, resources, resourceNames, urls) : null;
    }

    // One text at least, or the default array.
    private ImmutableArray<string> ReadTexts(ref Lines lines)
    {
        _texts.Clear();
        while (lines.Take("  - "u8, 0))
        {
            if (lines.TakeQuoted() is not { } text)
            {
                return default;
            }

            _texts.Add(text);
        }

        return _texts.Count == 0 ? default : [.. _texts];
    }

    private RbacMetadata? ReadMetadata(ref Lines lines, bool isNamespaced)
    {
        if (!lines.Take("metadata:\n  name: "u8, 1) || lines.TakeQuoted() is not { Length: > 0 } name || name is "." or ".." || name.AsSpan().ContainsAny('/', '%'))
        {
            return null;
        }

        var ns = "";
        if (isNamespaced)
        {
            if (!lines.Take("  namespace: "u8, 0) || lines.TakeQuoted() is not { Length: > 0 } text)
            {
                return null;
            }

            ns = text;
            if (!ReferenceEquals(ns, _namespace))
            {
                if (NameRules.DnsLabel(ns).Count > 0)
                {
                    return null;
                }

                _namespace = ns;
            }
        }

        if (ReadBlock(ref lines, "  labels:\n"u8, _labels, AreValidLabels) is not { } labels || ReadBlock(ref lines, "  annotations:\n"u8, _annotations, AreValidAnnotations) is not { } annotations)
        {
            return null;
        }

        return new RbacMetadata(name, ns, labels.Entries) { AnnotationKeys = annotations.Keys };
    }

    private static bool AreValidLabels(ImmutableArray<KeyValuePair<string, string>> labels)
        => labels.All(l => NameRules.QualifiedName(l.Key).Count + NameRules.LabelValue(l.Value).Count == 0);

    private static bool AreValidAnnotations(ImmutableArray<KeyValuePair<string, string>> annotations)
        => annotations.All(a => NameRules.QualifiedName(a.Key.ToLowerInvariant()).Count == 0 && !RbacObjectDecoder.LeavesOut(a.Key));

    // A map of metadata, mostly the same as that of the object before; empty when it is not there, nothing when it is not plain.
    private static Block? ReadBlock(ref Lines lines, ReadOnlySpan<byte> head, Block last, Func<ImmutableArray<KeyValuePair<string, string>>, bool> areValid)
    {
        if (!lines.Take(head))
        {
            return Block.Empty;
        }

        if (last.Bytes.Length > 0 && lines.TakeBlock(last.Bytes, "    "u8, last.Entries.Length))
        {
            return last;
        }

        var rest = lines.Rest;
        if (ReadMap(ref lines, "    "u8) is not { } entries || !areValid(entries))
        {
            return null;
        }

        last.Set(rest[..^lines.Rest.Length].ToArray(), entries);
        return last;
    }

    // One entry at least, or nothing.
    private static ImmutableArray<KeyValuePair<string, string>>? ReadMap(ref Lines lines, ReadOnlySpan<byte> indent)
    {
        var entries = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (lines.Take(indent, 0))
        {
            if (lines.TakeKey() is not { } key || !keys.Add(key) || lines.TakeQuoted() is not { } value)
            {
                return null;
            }

            entries.Add(KeyValuePair.Create(key, value));
        }

        return entries.Count == 0 ? null : entries.ToImmutable();
    }

    /// <summary>A map of texts that was found valid, and its bytes.</summary>
    private sealed class Block
    {
        public static readonly Block Empty = new();

        public byte[] Bytes { get; private set; } = [];

        public ImmutableArray<KeyValuePair<string, string>> Entries { get; private set; } = [];

        public ImmutableArray<string> Keys { get; private set; } = [];

        public void Set(byte[] bytes, ImmutableArray<KeyValuePair<string, string>> entries) => (Bytes, Entries, Keys) = (bytes, entries, [.. entries.Select(e => e.Key)]);
    }

    /// <summary>The bytes still to read.</summary>
    private ref struct Lines(ReadOnlySpan<byte> bytes, TextPool pool)
    {
        public ReadOnlySpan<byte> Rest { get; private set; } = bytes;

        public int Number { get; private set; } = 1;

        public readonly bool IsAtEnd => Rest.IsEmpty;

        /// <summary>Takes exactly these bytes, which end a line.</summary>
        public bool Take(ReadOnlySpan<byte> line) => Take(line, 1);

        /// <summary>Takes exactly these bytes, which end a number of lines.</summary>
        public bool Take(ReadOnlySpan<byte> part, int lines)
        {
            if (!Rest.StartsWith(part))
            {
                return false;
            }

            Rest = Rest[part.Length..];
            Number += lines;
            return true;
        }

        /// <summary>Takes a block that was read before, if it ends here too: the line behind it must not be indented like it.</summary>
        public bool TakeBlock(ReadOnlySpan<byte> block, ReadOnlySpan<byte> indent, int lines)
            => Rest.StartsWith(block) && !Rest[block.Length..].StartsWith(indent) && Take(block, lines);

        /// <summary>Takes a text in double quotes and the end of its line; the same text is always the same string.</summary>
        public string? TakeQuoted()
        {
            if (Rest.IsEmpty || Rest[0] != (byte)'"')
            {
                return null;
            }

            Rest = Rest[1..];
            return TakeText();
        }

        /// <summary>Takes a text up to its closing quote and the end of its line.</summary>
        public string? TakeText()
        {
            var length = Rest.IndexOfAnyExcept(PlainCharacters);
            var isAscii = length < 0 || Rest[length] < 0x80;
            if (!isAscii)
            {
                length = EndOfText(Rest, length);
            }

            if (length < 0 || length + 1 >= Rest.Length || Rest[length] != (byte)'"' || Rest[length + 1] != (byte)'\n')
            {
                return null;
            }

            var text = isAscii ? pool.Get(Rest[..length]) : Encoding.UTF8.GetString(Rest[..length]);
            Rest = Rest[(length + 2)..];
            Number++;
            return text;
        }

        // Where the first byte stands that belongs to no printable character, or to a quote or backslash.
        private static int EndOfText(ReadOnlySpan<byte> bytes, int length)
        {
            while (length < bytes.Length && Rune.DecodeFromUtf8(bytes[length..], out var rune, out var count) == OperationStatus.Done && IsPlain(rune))
            {
                length += count;
            }

            return length;
        }

        private static bool IsPlain(Rune rune)
            => rune.Value < 0x80 ? PlainCharacters.Contains((byte)rune.Value) : rune.Value >= 0xA0 && rune.Value is not (0x2028 or 0x2029 or 0xFEFF or 0xFFFE or 0xFFFF);

        /// <summary>Takes a key without quotes that no version of YAML reads as anything but text, its colon and a space.</summary>
        public string? TakeKey()
        {
            var length = Rest.IndexOfAnyExcept(KeyCharacters);
            if (length <= 0 || length > 500 || length + 1 >= Rest.Length || Rest[length] != (byte)':' || Rest[length + 1] != (byte)' ' || !char.IsAsciiLetter((char)Rest[0]))
            {
                return null;
            }

            var key = pool.Get(Rest[..length]);
            if (YamlScalars.KindOf(key) != ManifestScalarKind.Text)
            {
                return null;
            }

            Rest = Rest[(length + 2)..];
            return key;
        }
    }
}
