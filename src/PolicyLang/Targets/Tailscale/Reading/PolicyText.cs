using System.Text;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Tailscale.Reading;

/// <summary>The bytes of a policy file, and the lines and columns of its offsets.</summary>
internal sealed class PolicyText(Artefact artefact)
{
    // Files on one line have columns far from the start: what stands before each block is counted once.
    private const int BlockLength = 4096;

    private int[]? _lineStarts;
    private int[]? _blocks;

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
        return new ArtefactPlace(Path, line + 1, 1 + Count(starts[line], offset));
    }

    private int Count(int start, int end)
        => end - start <= BlockLength ? Encoding.UTF8.GetCharCount(Bytes.Span[start..end]) : CountBefore(end) - CountBefore(start);

    private int CountBefore(int offset)
    {
        if (_blocks is null)
        {
            var blocks = new int[(Bytes.Length / BlockLength) + 1];
            for (var i = 1; i < blocks.Length; i++)
            {
                blocks[i] = blocks[i - 1] + Units(Bytes.Span.Slice((i - 1) * BlockLength, BlockLength));
            }

            _blocks = blocks;
        }

        var block = offset / BlockLength;
        return _blocks[block] + Units(Bytes.Span[(block * BlockLength)..offset]);
    }

    // UTF-16 units, counted where their first byte stands, so that a block may begin inside a character.
    private static int Units(ReadOnlySpan<byte> bytes)
    {
        var units = 0;
        foreach (var b in bytes)
        {
            units += (b & 0xc0) == 0x80 ? 0 : b >= 0xf0 ? 2 : 1;
        }

        return units;
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
