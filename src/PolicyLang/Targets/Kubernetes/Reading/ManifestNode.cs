namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>What a scalar is once YAML or JSON has resolved it.</summary>
internal enum ManifestScalarKind
{
    Text,
    Boolean,
    Number,
    Null,
}

/// <summary>A value of a manifest, with its place.</summary>
internal abstract class ManifestNode(int line, int column)
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}

/// <summary>A single value; <see cref="Text"/> is as written, without quotes.</summary>
internal sealed class ManifestScalar(ManifestScalarKind kind, string text, int line, int column) : ManifestNode(line, column)
{
    public ManifestScalarKind Kind { get; } = kind;

    public string Text { get; } = text;
}

/// <summary>A list.</summary>
internal sealed class ManifestList(int line, int column) : ManifestNode(line, column)
{
    public List<ManifestNode> Items { get; } = [];
}

/// <summary>A map. A key that is written twice stands once, with its last value, as the decoder that kubectl uses has it.</summary>
internal sealed class ManifestMap(int line, int column) : ManifestNode(line, column)
{
    public List<ManifestEntry> Entries { get; } = [];

    public ManifestNode? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (string.Equals(entry.Key, key, StringComparison.Ordinal))
            {
                return entry.Value;
            }
        }

        return null;
    }
}

/// <summary>An entry of a map.</summary>
internal readonly record struct ManifestEntry(string Key, int Line, int Column, ManifestNode Value);

/// <summary>A document of a stream.</summary>
/// <param name="Root">Its content.</param>
/// <param name="Doubt">Why tools may read it otherwise than it stands here; absent where they agree.</param>
/// <param name="DoubtLine">Where the doubt arises.</param>
/// <param name="DoubtColumn">Where the doubt arises.</param>
internal sealed record ManifestDocument(ManifestNode Root, string? Doubt, int DoubtLine, int DoubtColumn);

/// <summary>A file that cannot be read to its end.</summary>
internal sealed record ManifestSyntaxError(string Message, int Line, int Column);

/// <summary>The documents of a file.</summary>
internal sealed record ManifestStream(List<ManifestDocument> Documents, ManifestSyntaxError? Error);
