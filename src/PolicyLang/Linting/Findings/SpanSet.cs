using PolicyLang.Diagnostics;

namespace PolicyLang.Linting;

/// <summary>Ranges of a text, none inside another, that are asked about places.</summary>
internal sealed class SpanSet
{
    private readonly int[] _starts;
    private readonly int[] _ends;

    /// <summary>Takes ranges in any order.</summary>
    public SpanSet(IEnumerable<TextSpan> spans)
    {
        var sorted = spans.OrderBy(span => span.Start).ToArray();
        _starts = [.. sorted.Select(span => span.Start)];
        _ends = [.. sorted.Select(span => span.End)];
    }

    /// <summary>Whether a place stands in one of the ranges.</summary>
    public bool Holds(int offset)
    {
        var index = Array.BinarySearch(_starts, offset);
        index = index >= 0 ? index : ~index - 1;
        return index >= 0 && offset < _ends[index];
    }
}
