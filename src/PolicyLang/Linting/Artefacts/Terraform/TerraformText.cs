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
        var last = length > 0 && end > 0 ? EndOf(end - 1) : first;
        return new SourceLocation(Source, new TextSpan(first, Math.Max(0, Math.Min(last, Source.Text.Length) - first)));
    }

    // An escape and what Terraform fills in take more room in the file than in the text.
    private int EndOf(int index)
    {
        var at = Offsets[index];
        var written = at < Source.Text.Length ? Source.Text[at] : '\0';
        if (written == Text[index] && written != '\\')
        {
            return at + 1;
        }

        return index + 1 < Text.Length && Offsets[index + 1] > at ? Offsets[index + 1] : at + (written == '\\' ? 2 : 1);
    }
}
