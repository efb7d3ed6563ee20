using System.Collections.Immutable;
using PolicyLang.Diagnostics;

namespace PolicyLang.Linting.Artefacts.Terraform;

/// <summary>A text of a file, as far as the file says it, and where each of its characters stands.</summary>
/// <param name="Text">The text. What Terraform fills in is <see cref="Hole"/> and a number.</param>
/// <param name="Offsets">The offset of each character in the file, and of the end.</param>
/// <param name="IsComputed">Whether Terraform fills something in.</param>
/// <param name="Source">The file.</param>
internal sealed record TerraformText(string Text, ImmutableArray<int> Offsets, bool IsComputed, SourceText Source)
{
    /// <summary>The character in front of the number of what Terraform fills in. Texts that hold it from the start are not read.</summary>
    public const char Hole = Targets.Cloudflare.Reading.TerraformReferences.Mark;

    /// <summary>Where a piece of the text stands.</summary>
    public SourceLocation At(int start, int length)
    {
        var first = Offsets[Math.Clamp(start, 0, Text.Length)];
        var end = Math.Clamp(start + length, 0, Text.Length);
        var last = length > 0 && end > 0 ? Math.Max(Offsets[end - 1] + 1, Math.Min(Offsets[end], Offsets[end - 1] + 2)) : first;
        return new SourceLocation(Source, new TextSpan(first, Math.Max(0, Math.Min(last, Source.Text.Length) - first)));
    }
}
