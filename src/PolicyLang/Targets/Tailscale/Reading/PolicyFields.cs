using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace PolicyLang.Targets.Tailscale.Reading;

/// <summary>
/// The members of an object by the keys that are known there. Keys are matched as Go's <c>encoding/json</c> matches them, whatever their case;
/// two that are one key are refused, since what decoders make of them differs.
/// </summary>
internal readonly struct PolicyFields
{
    private readonly PolicyNode?[] _values;
    private readonly TailnetFile _file;

    private PolicyFields(TailnetFile file, PolicyNode?[] values, bool isUnclear)
    {
        _file = file;
        _values = values;
        IsUnclear = isUnclear;
    }

    /// <summary>Whether a key is unknown or stands twice, or the value is no object.</summary>
    public bool IsUnclear { get; }

    /// <summary>The value of a key; absent for a key that is not there.</summary>
    public PolicyNode? this[int key] => _values[key];

    /// <summary>Reads an object and reports what is not known there.</summary>
    /// <param name="file">The file.</param>
    /// <param name="node">The object.</param>
    /// <param name="what">What it is called in problems.</param>
    /// <param name="keys">The known keys; several spellings of one key are separated by a bar.</param>
    public static PolicyFields Read(TailnetFile file, PolicyNode node, string what, ReadOnlySpan<string> keys)
    {
        var values = new PolicyNode?[keys.Length];
        if (node.Kind != PolicyNodeKind.Object)
        {
            file.NotModelled($"{what} is no object", node.Offset);
            return new PolicyFields(file, values, true);
        }

        var isUnclear = false;
        foreach (var member in node.Members)
        {
            var index = Find(keys, member.Key);
            if (index < 0)
            {
                file.NotModelled($"unknown key `{member.Key}` in {what}", member.Offset);
                isUnclear = true;
            }
            else if (values[index] is not null)
            {
                file.Refuse($"key `{member.Key}` stands twice in {what}", member.Offset);
                isUnclear = true;
            }
            else
            {
                values[index] = member.Value;
            }
        }

        return new PolicyFields(file, values, isUnclear);
    }

    /// <summary>The strings of a list; empty where the key is not there or null.</summary>
    public ImmutableArray<TextAt> Texts(int key, string what, ref bool isUnclear)
        => _values[key] is { IsNull: false } node ? Texts(_file, node, what, ref isUnclear) : [];

    /// <summary>A string; absent where the key is not there or null.</summary>
    public TextAt? Text(int key, string what, ref bool isUnclear)
    {
        if (_values[key] is not { IsNull: false } node)
        {
            return null;
        }

        if (node.Kind == PolicyNodeKind.Text)
        {
            return new TextAt(node.Text, node.Offset);
        }

        _file.NotModelled($"{what} is no string", node.Offset);
        isUnclear = true;
        return null;
    }

    public static ImmutableArray<TextAt> Texts(TailnetFile file, PolicyNode node, string what, ref bool isUnclear)
    {
        if (node.Kind != PolicyNodeKind.List)
        {
            isUnclear |= !node.IsNull;
            if (!node.IsNull)
            {
                file.NotModelled($"{what} is no list", node.Offset);
            }

            return [];
        }

        var texts = new TextAt[node.Items.Length];
        var count = 0;
        foreach (var item in node.Items)
        {
            if (item.Kind == PolicyNodeKind.Text)
            {
                texts[count++] = new TextAt(item.Text, item.Offset);
                continue;
            }

            file.NotModelled($"{what} holds something that is no string", item.Offset);
            isUnclear = true;
        }

        return count == texts.Length ? ImmutableCollectionsMarshal.AsImmutableArray(texts) : [.. texts.AsSpan(0, count)];
    }

    private static int Find(ReadOnlySpan<string> keys, string key)
    {
        var index = keys.IndexOf(key);
        if (index >= 0)
        {
            return index;
        }

        for (var i = 0; i < keys.Length; i++)
        {
            var spellings = keys[i];
            if (string.Equals(spellings, key, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }

            if (spellings.Contains('|', StringComparison.Ordinal))
            {
                foreach (var range in spellings.AsSpan().Split('|'))
                {
                    if (spellings.AsSpan(range).Equals(key, StringComparison.OrdinalIgnoreCase))
                    {
                        return i;
                    }
                }
            }
        }

        return -1;
    }
}
