using System.Text;

namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>Keeps one copy of each ASCII text, found by its bytes. Words repeat thousands of times in a cluster's files.</summary>
internal sealed class TextPool
{
    // A chain this long is bad luck or malice; texts beyond it are simply not shared.
    private const int MaxProbes = 16;
    private const int MaxCount = 1 << 20;

    private string?[] _texts = new string?[1024];
    private uint[] _hashes = new uint[1024];
    private int _count;

    /// <summary>The text with these bytes, which must be ASCII.</summary>
    public string Get(ReadOnlySpan<byte> ascii)
    {
        if (ascii.IsEmpty)
        {
            return "";
        }

        var hash = Hash(ascii);
        var mask = _texts.Length - 1;
        for (int i = (int)hash & mask, probes = 0; probes < MaxProbes; i = (i + 1) & mask, probes++)
        {
            if (_texts[i] is not { } text)
            {
                return Add(ascii, hash, i);
            }

            if (_hashes[i] == hash && Ascii.Equals(ascii, text))
            {
                return text;
            }
        }

        return Encoding.ASCII.GetString(ascii);
    }

    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 0x9E3779B97F4A7C15UL ^ (ulong)bytes.Length;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            hash = (hash ^ BitConverter.ToUInt64(bytes)) * 0xD6E8FEB86659FD93UL;
            hash ^= hash >> 32;
        }

        foreach (var b in bytes)
        {
            hash = (hash ^ b) * 0x100000001B3UL;
        }

        hash *= 0xD6E8FEB86659FD93UL;
        return (uint)(hash >> 32);
    }

    private string Add(ReadOnlySpan<byte> ascii, uint hash, int slot)
    {
        var text = Encoding.ASCII.GetString(ascii);
        if (_count >= MaxCount)
        {
            return text;
        }

        (_texts[slot], _hashes[slot]) = (text, hash);
        if (++_count * 2 > _texts.Length)
        {
            Grow();
        }

        return text;
    }

    private void Grow()
    {
        var (texts, hashes) = (_texts, _hashes);
        _texts = new string?[texts.Length * 2];
        _hashes = new uint[_texts.Length];
        _count = 0;
        var mask = _texts.Length - 1;
        for (var i = 0; i < texts.Length; i++)
        {
            if (texts[i] is not { } text)
            {
                continue;
            }

            var slot = (int)hashes[i] & mask;
            var probes = 0;
            while (_texts[slot] is not null && ++probes < MaxProbes)
            {
                slot = (slot + 1) & mask;
            }

            if (_texts[slot] is null)
            {
                (_texts[slot], _hashes[slot]) = (text, hashes[i]);
                _count++;
            }
        }
    }
}
