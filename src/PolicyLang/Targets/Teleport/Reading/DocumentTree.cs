using System.Diagnostics.CodeAnalysis;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>What a value is to a server that is written in Go.</summary>
internal enum NodeKind : byte
{
    /// <summary>Nothing stands there.</summary>
    Missing,
    Null,
    Flag,
    Number,
    Text,

    /// <summary>A value that not every reader takes for the same thing, or for a text at all: a date, an octal number.</summary>
    Doubtful,
    List,
    Map,
}

/// <summary>
/// One document as data with places. The nodes stand in one array, each container before what it holds, and the array serves the next document again:
/// a file may hold tens of thousands of documents.
/// </summary>
internal sealed class DocumentTree(string path)
{
    private const int SmallMap = 24;

    private Entry[] _entries = new Entry[256];
    private int _count;
    private (int Index, int Children)[] _open = new (int, int)[16];

    public string Path => path;

    public Node Root => _count == 0 ? default : new Node(this, 0);

    /// <summary>The first key that stands twice in one map.</summary>
    public Node RepeatedKey { get; private set; }

    /// <summary>A key that is a list or a block, or a map that ends with a key, which the parser lets pass. Keys and values do not alternate then, so that nobody may look into the document.</summary>
    public Node Broken { get; private set; }

    public int Depth { get; private set; }

    public void Clear()
    {
        _count = 0;
        Depth = 0;
        RepeatedKey = default;
        Broken = default;
    }

    public void Add(NodeKind kind, string text, int line, int column, bool flag = false)
    {
        if (Depth > 0)
        {
            _open[Depth - 1].Children++;
        }

        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, checked(2 * _entries.Length));
        }

        _entries[_count] = new Entry(kind, flag, text, line, column, ++_count);
    }

    public void Open(NodeKind kind, int line, int column)
    {
        var isKey = Depth > 0 && _entries[_open[Depth - 1].Index].Kind == NodeKind.Map && _open[Depth - 1].Children % 2 == 0;
        Add(kind, "", line, column);
        if (isKey && Broken.IsMissing)
        {
            Broken = new Node(this, _count - 1);
        }

        if (Depth == _open.Length)
        {
            Array.Resize(ref _open, 2 * Depth);
        }

        _open[Depth++] = (_count - 1, 0);
    }

    public void Close()
    {
        var (index, children) = _open[--Depth];
        _entries[index].End = _count;
        if (_entries[index].Kind == NodeKind.Map && children % 2 != 0 && Broken.IsMissing)
        {
            Broken = new Node(this, index);
        }

        if (_entries[index].Kind == NodeKind.Map && RepeatedKey.IsMissing && Broken.IsMissing)
        {
            FindRepeatedKey(index);
        }
    }

    internal ref readonly Entry At(int index) => ref _entries[index];

    private void FindRepeatedKey(int map)
    {
        var keys = 0;
        for (var i = map + 1; i < _count; i = _entries[i + 1].End)
        {
            keys++;
        }

        var seen = keys > SmallMap ? new HashSet<string>(StringComparer.Ordinal) : null;
        for (var i = map + 1; i < _count; i = _entries[i + 1].End)
        {
            if (seen is not null ? !seen.Add(_entries[i].Text) : StandsBefore(map, i))
            {
                RepeatedKey = new Node(this, i);
                return;
            }
        }
    }

    private bool StandsBefore(int map, int key)
    {
        for (var i = map + 1; i < key; i = _entries[i + 1].End)
        {
            if (string.Equals(_entries[i].Text, _entries[key].Text, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    internal record struct Entry(NodeKind Kind, bool Flag, string Text, int Line, int Column, int End);
}

/// <summary>A value of a document. Valid until the next document is read.</summary>
internal readonly struct Node(DocumentTree? tree, int index)
{
    [MemberNotNullWhen(false, nameof(Tree))]
    public bool IsMissing => tree is null;

    public DocumentTree? Tree => tree;

    public NodeKind Kind => tree is null ? NodeKind.Missing : tree.At(index).Kind;

    /// <summary>Whether the value is the same as none to the server.</summary>
    public bool IsNothing => Kind is NodeKind.Missing or NodeKind.Null;

    public string Text => tree is null ? "" : tree.At(index).Text;

    public bool Flag => tree is not null && tree.At(index).Flag;

    public PolicyLang.Reading.ArtefactPlace Place => tree is null ? default : new(tree.Path, tree.At(index).Line, tree.At(index).Column);

    /// <summary>Whether a list or map holds nothing.</summary>
    public bool IsEmpty => tree is null || tree.At(index).End == index + 1;

    /// <summary>The items of a list.</summary>
    public ItemEnumerable Items => new(tree, index);

    /// <summary>The keys and values of a map.</summary>
    public PairEnumerable Pairs => new(tree, index);

    /// <summary>The value of a key, or nothing.</summary>
    public Node this[string key]
    {
        get
        {
            if (Kind == NodeKind.Map)
            {
                foreach (var (name, value) in Pairs)
                {
                    if (string.Equals(name.Text, key, StringComparison.Ordinal))
                    {
                        return value;
                    }
                }
            }

            return default;
        }
    }

    internal readonly struct ItemEnumerable(DocumentTree? tree, int index)
    {
        public ItemEnumerator GetEnumerator() => new(tree, index);
    }

    internal struct ItemEnumerator(DocumentTree? tree, int index)
    {
        private readonly int _end = tree is null || tree.At(index).Kind != NodeKind.List ? 0 : tree.At(index).End;
        private int _current = -1;

        public readonly Node Current => new(tree, _current);

        public bool MoveNext()
        {
            _current = _current < 0 ? index + 1 : tree!.At(_current).End;
            return _current < _end;
        }
    }

    internal readonly struct PairEnumerable(DocumentTree? tree, int index)
    {
        public PairEnumerator GetEnumerator() => new(tree, index);
    }

    internal struct PairEnumerator(DocumentTree? tree, int index)
    {
        private readonly int _end = tree is null || tree.At(index).Kind != NodeKind.Map ? 0 : tree.At(index).End;
        private int _current = -1;

        public readonly (Node Key, Node Value) Current => (new Node(tree, _current), new Node(tree, _current + 1));

        public bool MoveNext()
        {
            _current = _current < 0 ? index + 1 : tree!.At(_current + 1).End;
            return _current < _end;
        }
    }
}
