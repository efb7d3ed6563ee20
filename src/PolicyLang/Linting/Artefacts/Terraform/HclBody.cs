using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Linting.Artefacts.Terraform;

/// <summary>Gathers the attributes and blocks of a body, blocks of one kind together.</summary>
internal sealed class HclBody
{
    private readonly List<Slot> _slots = [];
    private readonly Dictionary<string, Slot> _blocks = new(StringComparer.Ordinal);

    /// <summary>Adds an attribute.</summary>
    public void Add(DataEntry entry) => _slots.Add(new Slot(entry.Key, entry.KeyLocation) { Attribute = entry.Value });

    /// <summary>Adds a block.</summary>
    /// <param name="labels">Its kind and its labels.</param>
    /// <param name="first">The first of them that is meant here.</param>
    /// <param name="body">Its body.</param>
    public void AddBlock(IReadOnlyList<(string Name, SourceLocation Location)> labels, int first, DataMap body)
    {
        var (name, location) = labels[first];
        if (!_blocks.TryGetValue(name, out var slot))
        {
            slot = new Slot(name, location);
            _blocks.Add(name, slot);
            _slots.Add(slot);
        }

        if (first == labels.Count - 1)
        {
            slot.Bodies.Add(body);
            return;
        }

        slot.Labelled ??= new HclBody();
        slot.Labelled.AddBlock(labels, first + 1, body);
    }

    /// <summary>All of it as a block of data.</summary>
    public DataMap ToMap(SourceLocation location) => new([.. _slots.Select(slot => new DataEntry(slot.Key, slot.KeyLocation, slot.ToNode()))], location);

    private sealed class Slot(string key, SourceLocation keyLocation)
    {
        public string Key { get; } = key;

        public SourceLocation KeyLocation { get; } = keyLocation;

        public DataNode? Attribute { get; init; }

        public List<DataMap> Bodies { get; } = [];

        public HclBody? Labelled { get; set; }

        public DataNode ToNode()
        {
            if (Attribute is not null)
            {
                return Attribute;
            }

            ImmutableArray<DataNode> nodes = Labelled is null ? [.. Bodies] : [Labelled.ToMap(KeyLocation), .. Bodies];
            return nodes is [var only] ? only : new DataList(nodes, nodes[0].Location);
        }
    }
}
