using PolicyLang.Reading;

namespace PolicyLang.Targets.Cloudflare.Reading;

/// <summary>A file that is being read.</summary>
/// <param name="File">The file.</param>
/// <param name="Log">What is gathered.</param>
/// <param name="Template">How its texts are evaluated; absent where they mean themselves.</param>
internal sealed record ArtefactScope(JsonFile File, ReadingLog Log, TerraformTemplate? Template)
{
    public void Refuse(string message, int offset) => Log.Problems.Add(new ReadingProblem(ReadingProblemKind.Refused, message, File.PlaceOf(offset)));

    public void ReportNotModelled(string message, int offset) => Log.Problems.Add(new ReadingProblem(ReadingProblemKind.NotModelled, message, File.PlaceOf(offset)));

    /// <summary>The value of a text; nothing where it is no text, or where only Terraform knows it.</summary>
    public string? TextOf(JsonItem? item) => item is not { Kind: JsonItemKind.Text } ? null : Template is null ? RefuseMark(item.Text) : Template.Expand(item.Text);

    /// <summary>The value of a flag; nothing where it is none.</summary>
    public bool? FlagOf(JsonItem item) => item.Kind switch
    {
        JsonItemKind.True => true,
        JsonItemKind.False => false,

        // Terraform turns texts into flags.
        JsonItemKind.Text when Template is not null => TextOf(item) switch { "true" => true, "false" => false, _ => null },
        _ => null,
    };

    private static string? RefuseMark(string text) => text.Contains(TerraformReferences.Mark, StringComparison.Ordinal) ? null : text;
}
