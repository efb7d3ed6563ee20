namespace PolicyLang.Targets.Kubernetes.Reading;

/// <summary>Builds the documents of a stream from events, within limits, so that no file can exhaust memory or the stack.</summary>
internal sealed class ManifestTree
{
    private const int MaxDepth = 100;
    private const int MaxNodes = 5_000_000;

    private readonly Stack<Frame> _frames = new();
    private readonly List<ManifestDocument> _documents = [];
    private ManifestNode? _root;
    private string? _doubt;
    private int _doubtLine;
    private int _doubtColumn;
    private int _count;

    /// <summary>Why the file is given up; absent while it is not.</summary>
    public ManifestSyntaxError? Error { get; private set; }

    /// <summary>Whether the next node is a key.</summary>
    public bool ExpectsKey => _frames.TryPeek(out var frame) && frame.Map is not null && frame.Key is null;

    public ManifestStream ToStream() => new(_documents, Error);

    /// <summary>Gives the file up; returns false, so that a reader can return what this returns.</summary>
    public bool Fail(string message, int line, int column)
    {
        Error ??= new ManifestSyntaxError(message, line, column);
        return false;
    }

    /// <summary>Remembers that tools may read the document otherwise.</summary>
    public void Doubt(string reason, int line, int column)
    {
        if (_doubt is null)
        {
            (_doubt, _doubtLine, _doubtColumn) = (reason, line, column);
        }
    }

    public bool StartMap(int line, int column) => Start(new ManifestMap(line, column));

    public bool StartList(int line, int column) => Start(new ManifestList(line, column));

    /// <summary>Ends the innermost map or list and returns it.</summary>
    public ManifestNode End() => _frames.Pop().Node;

    /// <summary>Adds a key.</summary>
    public void Key(string key, int line, int column)
    {
        var frame = _frames.Peek();
        (frame.Key, frame.KeyLine, frame.KeyColumn) = (key, line, column);
    }

    /// <summary>Adds a finished value: a scalar, or a node that stands elsewhere too.</summary>
    public bool Add(ManifestNode node)
    {
        if (++_count > MaxNodes)
        {
            return Fail("the file holds more values than can be read", node.Line, node.Column);
        }

        if (!_frames.TryPeek(out var frame))
        {
            _root = node;
        }
        else if (frame.List is { } list)
        {
            list.Items.Add(node);
        }
        else if (frame.Map is { } map && frame.Key is { } key)
        {
            frame.Key = null;
            AddEntry(frame, map, new ManifestEntry(key, frame.KeyLine, frame.KeyColumn, node));
        }

        return true;
    }

    /// <summary>Ends the document.</summary>
    public void EndDocument()
    {
        if (_root is { } root)
        {
            _documents.Add(new ManifestDocument(root, _doubt, _doubtLine, _doubtColumn));
        }

        (_root, _doubt) = (null, null);
        _frames.Clear();
    }

    private bool Start(ManifestNode node)
    {
        if (_frames.Count >= MaxDepth)
        {
            return Fail("values are nested too deeply", node.Line, node.Column);
        }

        if (!Add(node))
        {
            return false;
        }

        _frames.Push(new Frame(node));
        return true;
    }

    private void AddEntry(Frame frame, ManifestMap map, ManifestEntry entry)
    {
        if (frame.IsNew(entry.Key))
        {
            map.Entries.Add(entry);
            return;
        }

        Doubt($"the key `{entry.Key}` stands twice: some tools refuse that, others take the last", entry.Line, entry.Column);
        map.Entries[map.Entries.FindIndex(e => string.Equals(e.Key, entry.Key, StringComparison.Ordinal))] = entry;
    }

    private sealed class Frame(ManifestNode node)
    {
        // Most maps have few keys: a set only for the others.
        private const int FewKeys = 8;

        private HashSet<string>? _keys;

        public ManifestNode Node { get; } = node;

        public ManifestMap? Map { get; } = node as ManifestMap;

        public ManifestList? List { get; } = node as ManifestList;

        public string? Key { get; set; }

        public int KeyLine { get; set; }

        public int KeyColumn { get; set; }

        public bool IsNew(string key)
        {
            var entries = Map!.Entries;
            if (entries.Count < FewKeys)
            {
                return Map.Find(key) is null;
            }

            _keys ??= [.. entries.Select(e => e.Key)];
            return _keys.Add(key);
        }
    }
}
