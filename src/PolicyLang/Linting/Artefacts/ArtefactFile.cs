using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Linting.Artefacts;

/// <summary>A file of another system, as data with places.</summary>
/// <param name="Source">The text.</param>
/// <param name="Documents">What it holds: one item a document. A key may repeat in a block.</param>
internal sealed record ArtefactFile(SourceText Source, ImmutableArray<DataNode> Documents)
{
    /// <summary>Whether somebody asked for this file alone, so that nobody knows whether the others of its folder are there.</summary>
    public bool IsNamed { get; init; }

    /// <summary>The places of the texts that the file holds, such as quoted ones, blocks of YAML and heredocs.</summary>
    public IEnumerable<TextSpan> Texts() => Documents.SelectMany(TextsOf);

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

    private static IEnumerable<TextSpan> TextsOf(DataNode node)
    {
        var pending = new Stack<DataNode>();
        pending.Push(node);
        while (pending.TryPop(out var next))
        {
            switch (next)
            {
                case DataMap map:
                    foreach (var entry in map.Entries)
                    {
                        pending.Push(entry.Value);
                    }

                    break;
                case DataList list:
                    foreach (var item in list.Items)
                    {
                        pending.Push(item);
                    }

                    break;
                default:
                    yield return next.Location.Span;
                    break;
            }
        }
    }

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
