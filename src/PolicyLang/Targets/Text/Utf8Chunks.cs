using System.Buffers;
using System.Text;

namespace PolicyLang.Targets.Text;

/// <summary>
/// Gathers a text as UTF-8 in pieces of one size, so that a large file does not move while it grows. Not safe for concurrent use.
/// </summary>
internal sealed class Utf8Chunks
{
    // Below what the runtime takes for a large object.
    private const int ChunkSize = 64 * 1024;

    // A lone surrogate would come out as U+FFFD and so as another name; such a text is refused instead.
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<(byte[] Bytes, int Length)> _full = [];
    private byte[] _current = [];
    private int _length;

    /// <summary>Adds text. A surrogate pair must not be split between two calls.</summary>
    /// <exception cref="EncoderFallbackException">The text holds half of a surrogate pair, which no UTF-8 can say.</exception>
    public void Append(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var count = CharactersThatFit(text, _current.Length - _length);
            if (count == 0)
            {
                StartChunk();
                continue;
            }

            _length += StrictUtf8.GetBytes(text[..count], _current.AsSpan(_length));
            text = text[count..];
        }
    }

    /// <summary>All that was added. It is forgotten, and the memory used again.</summary>
    public byte[] Take()
    {
        var all = new byte[_full.Sum(chunk => chunk.Length) + _length];
        var start = 0;
        foreach (var (bytes, length) in _full)
        {
            bytes.AsSpan(0, length).CopyTo(all.AsSpan(start));
            start += length;
            ArrayPool<byte>.Shared.Return(bytes);
        }

        _current.AsSpan(0, _length).CopyTo(all.AsSpan(start));
        _full.Clear();
        _length = 0;
        return all;
    }

    // No character takes more than three bytes for each of its UTF-16 units.
    private static int CharactersThatFit(ReadOnlySpan<char> text, int room)
    {
        if (text.Length <= room / 3)
        {
            return text.Length;
        }

        var count = room / 3;
        return count > 0 && char.IsHighSurrogate(text[count - 1]) ? count - 1 : count;
    }

    private void StartChunk()
    {
        if (_current.Length > 0)
        {
            _full.Add((_current, _length));
        }

        _current = ArrayPool<byte>.Shared.Rent(ChunkSize);
        _length = 0;
    }
}
