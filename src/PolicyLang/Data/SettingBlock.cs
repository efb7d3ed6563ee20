using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Diagnostics;

namespace PolicyLang.Data;

/// <summary>A single text value with its place.</summary>
/// <param name="Text">The value.</param>
/// <param name="Location">Where it stands.</param>
public sealed record SettingText(string Text, SourceLocation Location);

/// <summary>A block that obeys its schema: no unknown key, every value of the declared kind. Made by <see cref="SettingReader"/>.</summary>
public sealed class SettingBlock
{
    private readonly ImmutableDictionary<string, DataNode> _values;

    internal SettingBlock(ImmutableDictionary<string, DataNode> values, ImmutableDictionary<string, ImmutableArray<(SettingText Key, SettingBlock Block)>> blocks, SourceLocation? location)
    {
        _values = values;
        Blocks = blocks;
        Location = location;
    }

    /// <summary>A block without settings.</summary>
    public static SettingBlock Empty { get; } = new(ImmutableDictionary<string, DataNode>.Empty, ImmutableDictionary<string, ImmutableArray<(SettingText, SettingBlock)>>.Empty, null);

    /// <summary>Where the block stands; absent for a default.</summary>
    public SourceLocation? Location { get; }

    private ImmutableDictionary<string, ImmutableArray<(SettingText Key, SettingBlock Block)>> Blocks { get; }

    /// <summary>Whether the setting was given.</summary>
    public bool Has(string name) => _values.ContainsKey(name) || Blocks.ContainsKey(name);

    /// <summary>The place of a setting's value, or of the block when it was not given.</summary>
    public SourceLocation? LocationOf(string name)
        => _values.TryGetValue(name, out var node) ? node.Location
            : Blocks.TryGetValue(name, out var blocks) && blocks.Length > 0 ? blocks[0].Block.Location
            : Location;

    /// <summary>The text of a setting, or nothing.</summary>
    public SettingText? FindText(string name)
        => _values.TryGetValue(name, out var node) && node is DataScalar scalar ? new SettingText(scalar.Text, scalar.Location) : null;

    /// <summary>The text of a setting, or a default.</summary>
    public string GetText(string name, string defaultText) => FindText(name)?.Text ?? defaultText;

    /// <summary>The number of an integer setting, or a default.</summary>
    public long GetInteger(string name, long defaultNumber)
        => FindText(name) is { } text ? long.Parse(text.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : defaultNumber;

    /// <summary>The value of a flag, or a default.</summary>
    public bool GetFlag(string name, bool defaultFlag) => FindText(name) is { } text ? text.Text == "true" : defaultFlag;

    /// <summary>The texts of a list setting, empty when it was not given.</summary>
    public ImmutableArray<SettingText> GetList(string name)
        => _values.TryGetValue(name, out var node)
            ? node switch
            {
                DataList list => [.. list.Items.Cast<DataScalar>().Select(item => new SettingText(item.Text, item.Location))],
                DataScalar scalar => [new SettingText(scalar.Text, scalar.Location)],
                _ => [],
            }
            : [];

    /// <summary>The entries of a text map, empty when it was not given.</summary>
    public ImmutableArray<(SettingText Key, SettingText Value)> GetTextMap(string name)
        => _values.TryGetValue(name, out var node) && node is DataMap map
            ? [.. map.Entries.Select(entry => (new SettingText(entry.Key, entry.KeyLocation), new SettingText(((DataScalar)entry.Value).Text, entry.Value.Location)))]
            : [];

    /// <summary>The nested block of a setting, or nothing.</summary>
    public SettingBlock? FindBlock(string name) => Blocks.TryGetValue(name, out var blocks) && blocks.Length > 0 ? blocks[0].Block : null;

    /// <summary>The nested blocks of a block list (the key is the setting's own) or block map (the key is free).</summary>
    public ImmutableArray<(SettingText Key, SettingBlock Block)> GetBlocks(string name) => Blocks.TryGetValue(name, out var blocks) ? blocks : [];
}
