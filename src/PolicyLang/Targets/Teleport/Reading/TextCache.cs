using System.Text;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>Gives equal short texts as one string: a file of roles says the same few dozen words in every role. Not safe for concurrent use.</summary>
internal sealed class TextCache
{
    private const int LongestText = 96;
    private const int Slots = 1 << 17;
    private const int Probes = 4;

    private readonly string?[] _slots = new string?[Slots];

    /// <summary>The text of bytes that are all ASCII.</summary>
    public string Get(ReadOnlySpan<byte> ascii)
    {
        if (ascii.IsEmpty)
        {
            return "";
        }

        if (ascii.Length > LongestText)
        {
            return Encoding.ASCII.GetString(ascii);
        }

        // Seeded anew in each process, so that nobody can write a file whose words all meet in one slot.
        var hash = default(HashCode);
        hash.AddBytes(ascii);
        var slot = hash.ToHashCode();
        for (var i = 0; i < Probes; i++)
        {
            ref var text = ref _slots[(slot + i) & (Slots - 1)];
            if (text is null)
            {
                return text = Encoding.ASCII.GetString(ascii);
            }

            if (Ascii.Equals(ascii, text))
            {
                return text;
            }
        }

        return Encoding.ASCII.GetString(ascii);
    }
}
