using System.Collections.Immutable;
using PolicyLang.Diagnostics;

namespace PolicyLang.Data;

/// <summary>
/// Structured data with positions. Blocks of the language, <c>policyc.yaml</c> and inventory rows all become data nodes, so that
/// one schema checks them all.
/// </summary>
/// <param name="Location">Where the node stands.</param>
public abstract record DataNode(SourceLocation Location);

/// <summary>A single value, kept as text until a schema says what it is.</summary>
/// <param name="Text">The value as text, escapes resolved.</param>
/// <param name="IsQuoted">Whether it was written in quotes.</param>
/// <param name="Location">Where it stands.</param>
public sealed record DataScalar(string Text, bool IsQuoted, SourceLocation Location) : DataNode(Location);

/// <summary>A value that a program works out when it runs, such as a Terraform reference: only how it is written is known, and no rule may take it for a value.</summary>
/// <param name="Text">How it is written.</param>
/// <param name="Location">Where it stands.</param>
public sealed record DataExpression(string Text, SourceLocation Location) : DataNode(Location);

/// <summary>A list of values.</summary>
/// <param name="Items">The values in source order.</param>
/// <param name="Location">Where it stands.</param>
public sealed record DataList(ImmutableArray<DataNode> Items, SourceLocation Location) : DataNode(Location);

/// <summary>A block of entries.</summary>
/// <param name="Entries">The entries in source order. A key may repeat only where a schema says so.</param>
/// <param name="Location">Where it stands.</param>
public sealed record DataMap(ImmutableArray<DataEntry> Entries, SourceLocation Location) : DataNode(Location)
{
    /// <summary>The entry with a key, or nothing. Where a key repeats it is the last: that one counts in YAML and JSON, as the readers of Kubernetes take them.</summary>
    public DataEntry? Find(string key)
    {
        for (var i = Entries.Length - 1; i >= 0; i--)
        {
            if (string.Equals(Entries[i].Key, key, StringComparison.Ordinal))
            {
                return Entries[i];
            }
        }

        return null;
    }
}

/// <summary>One entry of a block. A bare key (a flag such as <c>retired</c>) has the quoted-less value <c>true</c>.</summary>
/// <param name="Key">The key.</param>
/// <param name="KeyLocation">Where the key stands.</param>
/// <param name="Value">The value.</param>
public sealed record DataEntry(string Key, SourceLocation KeyLocation, DataNode Value);
