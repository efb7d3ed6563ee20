using System.Collections.Immutable;
using PolicyLang.Reading;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>A key of a selector with the values that it takes.</summary>
internal readonly record struct LabelEntry(string Key, ImmutableArray<string> Values);

/// <summary>
/// Which agents a role speaks of. Nothing is selected by a selector without keys; <c>'*': '*'</c> selects everything, whatever else stands beside it; otherwise every
/// key must be there with one of its values (Teleport, <c>services.MatchLabels</c>).
/// </summary>
internal sealed class LabelSelector(ImmutableArray<LabelEntry> entries)
{
    private const string Wildcard = "*";

    public static LabelSelector Nothing { get; } = new([]);

    public static LabelSelector Everything { get; } = new([new LabelEntry(Wildcard, [Wildcard])]);

    public ImmutableArray<LabelEntry> Entries => entries;

    public bool IsEmpty => entries.IsEmpty;

    public bool IsEverything { get; } = SelectsEverything(entries);

    public bool HasTemplates { get; } = NeedsTraits(entries);

    /// <summary>The one label that it asks for, where it is that simple.</summary>
    public (string Key, string Value)? Literal => entries is [{ Values: [var value] } entry] && entry.Key != Wildcard && !Template.IsTemplate(entry.Key) && LabelPattern.IsLiteral(value) ? (entry.Key, value) : null;

    /// <summary>Whether it selects an agent.</summary>
    /// <param name="labels">The labels that are known.</param>
    /// <param name="othersUnknown">Whether the agent may have others.</param>
    public Truth Match(ImmutableSortedDictionary<string, string> labels, bool othersUnknown)
    {
        if (IsEverything)
        {
            return Truth.True;
        }

        var result = IsEmpty ? Truth.False : Truth.True;
        foreach (var (key, values) in entries)
        {
            result = result.And(MatchKey(key, values, labels, othersUnknown));
        }

        // A trait may turn into '*', which would hide every other key.
        return HasTemplates && entries.Any(e => Template.IsTemplate(e.Key)) ? Truth.Unknown : result;
    }

    private static bool SelectsEverything(ImmutableArray<LabelEntry> entries)
    {
        foreach (var (key, values) in entries)
        {
            if (key == Wildcard && values is [Wildcard])
            {
                return true;
            }
        }

        return false;
    }

    private static bool NeedsTraits(ImmutableArray<LabelEntry> entries)
    {
        foreach (var (key, values) in entries)
        {
            if (Template.IsTemplate(key))
            {
                return true;
            }

            foreach (var value in values)
            {
                if (Template.IsTemplate(value))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static Truth MatchKey(string key, ImmutableArray<string> values, ImmutableSortedDictionary<string, string> labels, bool othersUnknown)
    {
        if (!labels.TryGetValue(key, out var actual))
        {
            return othersUnknown && !values.IsEmpty ? Truth.Unknown : Truth.False;
        }

        var result = Truth.False;
        foreach (var value in values)
        {
            result = result.Or(value == Wildcard ? Truth.True : LabelPattern.Matches(value, actual));
        }

        return result;
    }
}
