using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Linting.Artefacts;

/// <summary>A file of another system, as data with places.</summary>
/// <param name="Source">The text.</param>
/// <param name="Documents">What it holds: one item a document. A key may repeat in a block.</param>
internal sealed record ArtefactFile(SourceText Source, ImmutableArray<DataNode> Documents)
{
    /// <summary>Whether policyc knows how to read files with this name.</summary>
    public static bool IsKnownName(string path) => FormatOf(path) != ArtefactFormat.Unknown;

    /// <summary>Reads a file. Never throws for any text.</summary>
    /// <param name="source">The text.</param>
    /// <param name="diagnostics">Receives why it cannot be read.</param>
    /// <returns>The file; without documents when it cannot be read.</returns>
    public static ArtefactFile Read(SourceText source, DiagnosticBag diagnostics) => new(source, FormatOf(source.Path) switch
    {
        ArtefactFormat.Yaml => ForeignYaml.Read(source, diagnostics),
        ArtefactFormat.Json => ForeignJson.Read(source, diagnostics),
        ArtefactFormat.Terraform => ForeignHcl.Read(source, diagnostics),
        _ => [],
    });

    private static ArtefactFormat FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".yaml" or ".yml" => ArtefactFormat.Yaml,
        ".json" or ".hujson" or ".jsonc" => ArtefactFormat.Json,
        ".tf" => ArtefactFormat.Terraform,
        _ => ArtefactFormat.Unknown,
    };

    private enum ArtefactFormat
    {
        Unknown,
        Yaml,
        Json,
        Terraform,
    }
}
