using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Diagnostics;

namespace PolicyLang.Data;

/// <summary>
/// Builds a tree of data from the events of a reader, and checks what is the same for YAML and JSON: limits, keys given twice,
/// values that readers take for different things, hidden characters. A method that returns false has said why, and reading ends.
/// </summary>
internal sealed class DataTreeBuilder(SourceText source, DataLimits limits, DiagnosticBag diagnostics)
{
    private readonly Stack<Frame> _frames = new();
    private int _count;

    /// <summary>The finished tree.</summary>
    public DataNode? Root { get; private set; }

    /// <summary>Whether the next scalar is a key.</summary>
    public bool ExpectsKey => _frames.TryPeek(out var frame) && frame.IsMap && frame.Key is null;

    public SourceLocation At(int start, int length)
    {
        var first = Math.Clamp(start, 0, source.Text.Length);
        return new SourceLocation(source, new TextSpan(first, Math.Clamp(length, 0, source.Text.Length - first)));
    }

    public bool Start(bool isMap, int start)
    {
        if (ExpectsKey)
        {
            diagnostics.Report(DataDiagnostics.UnsupportedYaml, At(start, 1), "a key must be a text, not a list or a block", "write the key as `name: value`");
            return false;
        }

        if (_frames.Count >= limits.Depth)
        {
            diagnostics.Report(
                DataDiagnostics.NestedTooDeeply,
                At(start, 1),
                string.Create(CultureInfo.InvariantCulture, $"data is nested more than {limits.Depth} levels deep here"));
            return false;
        }

        _frames.Push(new Frame(isMap, start));
        return Counted(start);
    }

    public bool Scalar(string text, bool isQuoted, bool isKeptAsWritten, int start, int length)
    {
        var location = At(start, length);
        var hidden = HiddenCharacters.IndexIn(text);
        if (hidden >= 0)
        {
            diagnostics.Report(DataDiagnostics.HiddenCharacter, location, $"this text holds the character {HiddenCharacters.Describe(text[hidden])}, which nobody sees", "remove it");
            return false;
        }

        if (!ExpectsKey)
        {
            if (!isKeptAsWritten)
            {
                CheckMeaning(text, location);
            }

            Add(new DataScalar(text, isQuoted, location));
            return Counted(start);
        }

        if (!isKeptAsWritten && string.Equals(text, "<<", StringComparison.Ordinal))
        {
            diagnostics.Report(DataDiagnostics.UnsupportedYaml, location, "merge keys (`<<`) are not taken", "write the settings out in each place");
            return false;
        }

        if (!isKeptAsWritten && PlainScalars.ProblemOf(text) is { } problem)
        {
            diagnostics.Report(DataDiagnostics.AmbiguousValue, location, text.Length == 0 ? "a key is missing here" : $"the key `{text}` without quotes is {problem}", "put the key in quotes");
        }

        var frame = _frames.Peek();
        frame.Key = text;
        frame.KeyLocation = location;
        if (!frame.Keys.TryAdd(text, location))
        {
            diagnostics.Report(DataDiagnostics.RepeatedSetting, location, $"`{text}` is given twice", "keep one of them", new RelatedLocation(frame.Keys[text], "first given here"));
        }

        return Counted(start);
    }

    /// <summary>Ends a block or list. <paramref name="end"/> is the offset behind its bracket, or nothing where it ends with its last value.</summary>
    public void End(int? end)
    {
        var frame = _frames.Pop();

        // A block without braces begins with its first key; for one inside a list in brackets the parser may say otherwise.
        var start = end is null && frame is { IsMap: true, Entries.Count: > 0 } ? frame.Entries[0].KeyLocation.Span.Start : frame.Start;
        var last = end ?? Math.Max(start, frame.LastEnd);
        var location = At(start, last - start);
        Add(frame.IsMap ? new DataMap(frame.Entries.ToImmutable(), location) : new DataList(frame.Items.ToImmutable(), location));
    }

    /// <summary>Leaves out the key that waits for its value; false where none does.</summary>
    public bool DropKey()
    {
        if (!_frames.TryPeek(out var frame) || frame.Key is null)
        {
            return false;
        }

        frame.Key = null;
        return true;
    }

    private bool Counted(int start)
    {
        if (++_count <= limits.Nodes)
        {
            return true;
        }

        diagnostics.Report(
            DataDiagnostics.TooManyValues,
            At(start, 1),
            string.Create(CultureInfo.InvariantCulture, $"the file holds more than {limits.Nodes} values"),
            "split it into several files");
        return false;
    }

    private void CheckMeaning(string text, SourceLocation location)
    {
        if (text.Length == 0)
        {
            var (what, where) = _frames.TryPeek(out var frame) && frame is { Key: { } key, KeyLocation: { } keyLocation } ? ($"`{key}`", keyLocation) : ("this item", location);
            diagnostics.Report(DataDiagnostics.AmbiguousValue, where, $"{what} has no value", "write the value, `\"\"` for an empty text, or leave the line out");
        }
        else if (PlainScalars.ProblemOf(text) is { } problem)
        {
            diagnostics.Report(DataDiagnostics.AmbiguousValue, location, $"`{text}` without quotes is {problem}", PlainScalars.HelpFor(text));
        }
    }

    private void Add(DataNode node)
    {
        if (!_frames.TryPeek(out var frame))
        {
            Root = node;
            return;
        }

        frame.LastEnd = node.Location.Span.End;
        if (!frame.IsMap)
        {
            frame.Items.Add(node);
        }
        else if (frame is { Key: { } key, KeyLocation: { } keyLocation })
        {
            frame.Entries.Add(new DataEntry(key, keyLocation, node));
            frame.Key = null;
        }
    }

    private sealed class Frame(bool isMap, int start)
    {
        public bool IsMap { get; } = isMap;

        public int Start { get; } = start;

        public int LastEnd { get; set; }

        public string? Key { get; set; }

        public SourceLocation? KeyLocation { get; set; }

        public ImmutableArray<DataEntry>.Builder Entries { get; } = ImmutableArray.CreateBuilder<DataEntry>();

        public ImmutableArray<DataNode>.Builder Items { get; } = ImmutableArray.CreateBuilder<DataNode>();

        public Dictionary<string, SourceLocation> Keys { get; } = new(StringComparer.Ordinal);
    }
}
