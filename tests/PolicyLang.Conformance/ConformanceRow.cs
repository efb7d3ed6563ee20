using System.Collections.Immutable;
using System.Globalization;

namespace PolicyLang.Conformance;

/// <summary>How the readers answered the cases of one recording.</summary>
/// <param name="File">The recording, such as <c>tailscale/grants.json</c>.</param>
/// <param name="What">What was compared, in a few words.</param>
/// <param name="Passed">How many cases were answered as the real system did.</param>
/// <param name="Failed">Each case answered otherwise, with the difference.</param>
/// <param name="Skipped">How many cases were left out, by the reason. What is not modelled is named here, never passed over.</param>
internal sealed record ConformanceRow(string File, string What, int Passed, ImmutableArray<string> Failed, ImmutableSortedDictionary<string, int> Skipped)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File} ({What}): {Passed} passed, {Failed.Length} failed, {Skipped.Values.Sum()} skipped");
}

/// <summary>Gathers the outcome of each case of a recording.</summary>
internal sealed class ConformanceRun(string file, string what)
{
    private readonly List<string> _failed = [];
    private readonly SortedDictionary<string, int> _skipped = new(StringComparer.Ordinal);
    private int _passed;

    public void Pass() => _passed++;

    public void Fail(string id, string difference) => _failed.Add($"{id}: {difference}");

    public void Skip(string reason) => _skipped[reason] = _skipped.GetValueOrDefault(reason) + 1;

    /// <summary>Compares one answer.</summary>
    public void Expect<T>(string id, T expected, T actual)
    {
        if (EqualityComparer<T>.Default.Equals(expected, actual))
        {
            Pass();
        }
        else
        {
            Fail(id, string.Create(CultureInfo.InvariantCulture, $"expected {expected}, was {actual}"));
        }
    }

    public ConformanceRow ToRow() => new(file, what, _passed, [.. _failed], _skipped.ToImmutableSortedDictionary(StringComparer.Ordinal));
}
