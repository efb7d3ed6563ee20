using System.Collections.Immutable;
using System.Text;
using PolicyLang.Diagnostics;

namespace PolicyLang.Targets.Text;

/// <summary>Writes an output from pieces of a base and pieces of policyc's own, and notes which is which.</summary>
/// <param name="base">The base.</param>
internal sealed class SplicedText(SourceText @base)
{
    private readonly StringBuilder _text = new();
    private readonly ImmutableArray<SplicedSegment>.Builder _segments = ImmutableArray.CreateBuilder<SplicedSegment>();

    /// <summary>Copies a range of the base.</summary>
    public void Copy(int start, int end)
    {
        if (end > start)
        {
            _segments.Add(new SplicedSegment(_text.Length, start, end - start));
            _text.Append(@base.Text, start, end - start);
        }
    }

    /// <summary>Adds a piece of policyc's own.</summary>
    public void Write(string text) => _text.Append(text);

    /// <summary>The output.</summary>
    public (OutputFile File, SplicedFile Splice) Finish(string path)
    {
        var text = _text.ToString();
        var starts = ImmutableArray.CreateBuilder<int>();
        starts.Add(0);
        for (var feed = text.IndexOf('\n', StringComparison.Ordinal); feed >= 0; feed = text.IndexOf('\n', feed + 1))
        {
            starts.Add(feed + 1);
        }

        return (new OutputFile(path, Encoding.UTF8.GetBytes(text)), new SplicedFile(path, @base, starts.ToImmutable(), _segments.ToImmutable()));
    }
}
