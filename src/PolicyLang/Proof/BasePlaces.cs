using System.Text;
using PolicyLang.Diagnostics;
using PolicyLang.Projects;
using PolicyLang.Reading;
using PolicyLang.Targets.Text;

namespace PolicyLang.Proof;

/// <summary>Tells which places in what was read are of files that <c>base</c> names: those files themselves, where they are read beside the outputs, and their text in outputs that carry it.</summary>
internal sealed class BasePlaces
{
    private readonly Dictionary<string, SplicedFile> _spliced;
    private readonly Dictionary<string, SourceText> _files = new(StringComparer.Ordinal);

    /// <summary>Looks at what exists.</summary>
    /// <param name="existing">The files.</param>
    /// <param name="outputs">The paths of the outputs; what has such a path is one of them.</param>
    public BasePlaces(ExistingArtefacts existing, IReadOnlySet<string> outputs)
    {
        _spliced = existing.Spliced.ToDictionary(file => file.Output, StringComparer.Ordinal);
        foreach (var file in existing.ByPath.Values.Concat(existing.ByCluster.Values).SelectMany(files => files))
        {
            if (!outputs.Contains(file.Path))
            {
                _files.TryAdd(file.Path, new SourceText(file.Path, Encoding.UTF8.GetString(file.Content.Span)));
            }
        }
    }

    /// <summary>Where a place stands in a file of <c>base</c>; nothing for a place that policyc wrote.</summary>
    public SourceLocation? LocationOf(ArtefactPlace place)
    {
        if (_spliced.TryGetValue(place.Path, out var spliced))
        {
            return spliced.BaseLocationOf(place.Line, place.Column);
        }

        return !_files.TryGetValue(place.Path, out var source) ? null
            : place.Line == 0 ? new SourceLocation(source, new TextSpan(0, 0))
            : SourceWords.At(source, place.Line, place.Column);
    }

    /// <summary>Whether a place is of a file of <c>base</c>. What an output says as a whole, where it carries such a file, is the file's: policyc's own pieces say nothing of the whole.</summary>
    public bool IsOfBase(ArtefactPlace place) => LocationOf(place) is not null || (place.Line == 0 && _spliced.ContainsKey(place.Path));

    /// <summary>The beginning of the file that a place is of.</summary>
    public SourceLocation? StartOf(ArtefactPlace place)
        => _spliced.TryGetValue(place.Path, out var spliced) ? new SourceLocation(spliced.Base, new TextSpan(0, 0))
            : _files.TryGetValue(place.Path, out var source) ? new SourceLocation(source, new TextSpan(0, 0))
            : null;
}
