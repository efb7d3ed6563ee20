using System.Text;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Tailscale.Reading;

/// <summary>The bytes of a policy file, and the lines and columns of its offsets.</summary>
internal sealed class PolicyText(Artefact artefact)
{
    private int[]? _lineStarts;

    public string Path { get; } = artefact.Path;

    public ReadOnlyMemory<byte> Bytes { get; } = artefact.Content;

    /// <summary>The file as a whole.</summary>
    public ArtefactPlace Whole => new(Path, 0, 0);

    public ArtefactPlace Place(int offset)
    {
        var starts = _lineStarts ??= FindLines(Bytes.Span);
        offset = Math.Clamp(offset, 0, Bytes.Length);
        var index = Array.BinarySearch(starts, offset);
        var line = index >= 0 ? index : ~index - 1;
        return new ArtefactPlace(Path, line + 1, 1 + Encoding.UTF8.GetCharCount(Bytes.Span[starts[line]..offset]));
    }

    private static int[] FindLines(ReadOnlySpan<byte> bytes)
    {
        var starts = new int[1 + bytes.Count((byte)'\n')];
        var count = 1;
        for (var start = 0; count < starts.Length; count++)
        {
            start += bytes[start..].IndexOf((byte)'\n') + 1;
            starts[count] = start;
        }

        return starts;
    }
}
