using System.Collections.Immutable;
using System.Globalization;

namespace PolicyLang.Projects;

/// <summary>
/// A range of versions such as <c>&gt;=0.1 &lt;1</c>. All comparisons must hold. Only the parts that are given are compared, so
/// <c>&lt;=0.1</c> and <c>=0.1</c> include 0.1.5 and <c>&gt;0.1</c> does not. What follows <c>-</c> or <c>+</c> in the tool's version is left aside.
/// </summary>
internal sealed class ToolVersionRange
{
    private static readonly string[] Operators = [">=", "<=", ">", "<", "="];

    private readonly ImmutableArray<(string Operator, ImmutableArray<int> Parts)> _comparisons;

    private ToolVersionRange(ImmutableArray<(string Operator, ImmutableArray<int> Parts)> comparisons) => _comparisons = comparisons;

    public static ToolVersionRange? TryParse(string text)
    {
        var comparisons = ImmutableArray.CreateBuilder<(string, ImmutableArray<int>)>();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var comparison = Array.Find(Operators, o => word.StartsWith(o, StringComparison.Ordinal));
            if (comparison is null || TryParseVersion(word[comparison.Length..]) is not { } parts)
            {
                return null;
            }

            comparisons.Add((comparison, parts));
        }

        return comparisons.Count == 0 ? null : new ToolVersionRange(comparisons.ToImmutable());
    }

    public bool Contains(string toolVersion)
    {
        var end = toolVersion.AsSpan().IndexOfAny('-', '+');
        if (TryParseVersion(end < 0 ? toolVersion : toolVersion[..end]) is not { } tool)
        {
            return false;
        }

        foreach (var (comparison, parts) in _comparisons)
        {
            var order = Compare(tool, parts);
            var holds = comparison switch
            {
                ">=" => order >= 0,
                "<=" => order <= 0,
                ">" => order > 0,
                "<" => order < 0,
                _ => order == 0,
            };
            if (!holds)
            {
                return false;
            }
        }

        return true;
    }

    private static int Compare(ImmutableArray<int> tool, ImmutableArray<int> given)
    {
        for (var i = 0; i < given.Length; i++)
        {
            var order = (i < tool.Length ? tool[i] : 0).CompareTo(given[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static ImmutableArray<int>? TryParseVersion(string text)
    {
        var parts = text.Split('.');
        var numbers = ImmutableArray.CreateBuilder<int>(parts.Length);
        foreach (var part in parts)
        {
            if (numbers.Count == 3 || !int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            numbers.Add(number);
        }

        return numbers.ToImmutable();
    }
}
