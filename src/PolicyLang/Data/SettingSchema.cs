using System.Collections.Immutable;

namespace PolicyLang.Data;

/// <summary>What a setting holds.</summary>
public enum SettingKind
{
    /// <summary>A single text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary><c>true</c> or <c>false</c>; in a policy a bare key means <c>true</c>.</summary>
    Flag,

    /// <summary>A list of texts; a single text stands for a list of one.</summary>
    TextList,

    /// <summary>A nested block.</summary>
    Block,

    /// <summary>A nested block whose keys are free and whose values are texts.</summary>
    TextMap,

    /// <summary>A nested block whose keys are free and whose values are blocks of one schema.</summary>
    BlockMap,

    /// <summary>A list of blocks of one schema; in a policy the key repeats instead.</summary>
    BlockList,
}

/// <summary>One setting of a block.</summary>
/// <param name="Name">The key.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Description">One sentence for the documentation and the JSON Schema.</param>
public sealed record SettingDefinition(string Name, SettingKind Kind, string Description)
{
    /// <summary>Whether the setting must be given.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The accepted texts, or empty when any text is.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>The keys that a <see cref="SettingKind.TextMap"/> takes, each with a sentence; empty when any key is taken.</summary>
    public ImmutableArray<(string Name, string Description)> Keys { get; init; } = [];

    /// <summary>The value that stands for an absent setting, for the documentation only.</summary>
    public string? Default { get; init; }

    /// <summary>The schema of nested blocks, for <see cref="SettingKind.Block"/>, <see cref="SettingKind.BlockMap"/> and <see cref="SettingKind.BlockList"/>.</summary>
    public SettingSchema? Children { get; init; }

    /// <summary>The least and greatest value of an integer.</summary>
    public (long Least, long Greatest)? Range { get; init; }

    /// <summary>Whether no two clusters may have the same value on one path instance (tags, label values, addresses).</summary>
    public bool IsUniqueAcrossClusters { get; init; }
}

/// <summary>The settings that a block accepts.</summary>
/// <param name="Settings">The settings in documentation order.</param>
public sealed record SettingSchema(ImmutableArray<SettingDefinition> Settings)
{
    /// <summary>A schema without settings.</summary>
    public static SettingSchema Empty { get; } = new([]);

    /// <summary>The setting with a name, or nothing.</summary>
    public SettingDefinition? Find(string name)
    {
        foreach (var setting in Settings)
        {
            if (string.Equals(setting.Name, name, StringComparison.Ordinal))
            {
                return setting;
            }
        }

        return null;
    }
}
