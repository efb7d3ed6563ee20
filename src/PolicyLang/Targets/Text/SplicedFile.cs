using System.Collections.Immutable;
using PolicyLang.Diagnostics;

namespace PolicyLang.Targets.Text;

/// <summary>An output that carries the text of a file that people write, with policyc's own pieces between. It tells which places are theirs.</summary>
public sealed class SplicedFile
{
    private readonly ImmutableArray<int> _lineStarts;
    private readonly ImmutableArray<SplicedSegment> _segments;

    internal SplicedFile(string output, SourceText @base, ImmutableArray<int> lineStarts, ImmutableArray<SplicedSegment> segments)
    {
        Output = output;
        Base = @base;
        _lineStarts = lineStarts;
        _segments = segments;
    }

    /// <summary>The output's path.</summary>
    public string Output { get; }

    /// <summary>The file whose text it carries.</summary>
    public SourceText Base { get; }

    /// <summary>Where a place of the output stands in the base.</summary>
    /// <param name="line">The line in the output, from one.</param>
    /// <param name="column">The column in UTF-16 units, from one.</param>
    /// <returns>Nothing for a place that policyc wrote.</returns>
    public SourceLocation? BaseLocationOf(int line, int column)
    {
        if (line < 1 || line > _lineStarts.Length)
        {
            return null;
        }

        var offset = _lineStarts[line - 1] + column - 1;
        foreach (var segment in _segments)
        {
            if (offset >= segment.OutputStart && offset < segment.OutputStart + segment.Length)
            {
                return SourceWords.At(Base, offset - segment.OutputStart + segment.BaseStart);
            }
        }

        return null;
    }
}

/// <summary>A run of characters that an output has from its base.</summary>
/// <param name="OutputStart">Where it begins in the output, in UTF-16 units.</param>
/// <param name="BaseStart">Where it begins in the base.</param>
/// <param name="Length">How long it is.</param>
internal readonly record struct SplicedSegment(int OutputStart, int BaseStart, int Length);
