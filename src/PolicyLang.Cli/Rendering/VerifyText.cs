using System.Globalization;
using PolicyLang.Access;
using PolicyLang.Diagnostics;
using PolicyLang.Proof;
using PolicyLang.Reading;
using PolicyLang.Testing;
using PolicyLang.Verifying;

namespace PolicyLang.Cli.Rendering;

/// <summary>Writes what <c>policyc verify</c> found for people.</summary>
/// <param name="style">Colours.</param>
/// <param name="output">Where to write.</param>
internal sealed class VerifyText(TextStyle style, TextWriter output)
{
    private const int MostPlaces = 4;
    private const int MostClusters = 6;
    private const int MostPeople = 5;
    private const int MostProblems = 10;

    private readonly Dictionary<string, SourceText> _texts = new(StringComparer.Ordinal);

    /// <summary>Writes it, and in one line what it comes to.</summary>
    public void Write(Verification verification, ArtefactSet artefacts, AccessModel access)
    {
        Write(verification, artefacts);
        output.WriteLine(Summary(verification, access));
    }

    /// <summary>Writes what was found.</summary>
    public void Write(Verification verification, ArtefactSet artefacts)
    {
        WriteDrifts("more than the policy gives:", verification.Drifts.Where(d => d is { IsGiven: true, IsCertain: true }), style.Added("+"), artefacts);
        WriteEffects(verification, artefacts);
        WriteDrifts("perhaps more, since not all of the artefacts is understood:", verification.Drifts.Where(d => d is { IsGiven: true, IsCertain: false }), style.Warning("?"), artefacts);
        WriteDrifts("less than the policy gives:", verification.Drifts.Where(d => d is { IsGiven: false, IsCertain: true }), style.Removed("-"), artefacts);
        WriteDrifts("perhaps less, since not all of the artefacts is understood:", verification.Drifts.Where(d => d is { IsGiven: false, IsCertain: false }), style.Warning("?"), artefacts);
        foreach (var same in verification.Excused.GroupBy(drift => drift.Exception, StringComparer.Ordinal))
        {
            WriteDrifts($"more than the policy gives, by the exception `{same.Key}` of the project:", same, style.Note("·"), artefacts);
        }

        WriteMemberships(verification);
        WriteProblems(verification);
    }

    private static string Count(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");

    private string Summary(Verification verification, AccessModel access)
    {
        var clusters = Count(access.Clusters.Length, "cluster", "clusters");
        if (verification.IsExact)
        {
            return style.Added($"exact: on {clusters} the artefacts give what the policy gives, and nothing else");
        }

        var more = verification.Drifts.Count(d => d is { IsGiven: true, IsCertain: true }) + verification.Effects.Length;
        var less = verification.Drifts.Count(d => d is { IsGiven: false, IsCertain: true });
        var unknown = verification.Drifts.Count(d => !d.IsCertain);
        string[] parts =
        [
            .. more > 0 ? [$"{more} more"] : Array.Empty<string>(),
            .. less > 0 ? [$"{less} less"] : Array.Empty<string>(),
            .. unknown > 0 ? [$"{unknown} undecided"] : Array.Empty<string>(),
            .. verification.Memberships.IsEmpty ? Array.Empty<string>() : [Count(verification.Memberships.Length, "group with other members", "groups with other members")],
        ];
        return style.Error($"not exact on {clusters}: {string.Join(", ", parts)}");
    }

    private void WriteDrifts(string title, IEnumerable<AccessDrift> drifts, string mark, ArtefactSet artefacts)
    {
        var isFirst = true;
        foreach (var drift in drifts)
        {
            if (isFirst)
            {
                output.WriteLine(style.Strong(title));
                isFirst = false;
            }

            var reason = drift.Reason.Length == 0 ? "" : $": {drift.Reason}";
            output.WriteLine($"  {mark} {TerminalText.Escape($"{People(drift)} via `{drift.Path.Name}` on {Clusters(drift)}: {drift.Right}{reason}")}");
            foreach (var place in drift.Places.Take(drift.Who.Length > 1 ? 1 : MostPlaces))
            {
                WritePlace(place, artefacts);
            }

            foreach (var rule in drift.Rules.Take(MostPlaces))
            {
                output.WriteLine(TerminalText.Escape($"      by the rule at {AnswerText.RuleOf(rule)}"));
            }
        }
    }

    private void WriteEffects(Verification verification, ArtefactSet artefacts)
    {
        foreach (var effect in verification.Effects)
        {
            output.WriteLine($"  {style.Added("+")} {TerminalText.Escape(effect.What)}");
            WritePlace(effect.Place, artefacts);
        }
    }

    private void WritePlace(ArtefactPlace place, ArtefactSet artefacts)
    {
        if (place.Path.Length == 0)
        {
            return;
        }

        if (!_texts.TryGetValue(place.Path, out var text))
        {
            _texts.Add(place.Path, text = artefacts.TextOf(place.Path));
        }

        var excerpt = ArtefactExcerpt.Of(text, place);
        output.WriteLine(TerminalText.Escape(excerpt.Length == 0 ? $"      {place}" : $"      {place}: {excerpt}"));
    }

    private static string People(AccessDrift drift)
        => drift.Who.Length <= MostPeople
            ? string.Join(", ", drift.Who)
            : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", drift.Who.Take(MostPeople - 1))} and {drift.Who.Length - MostPeople + 1} others");

    private static string Clusters(AccessDrift drift)
        => drift.Clusters.Length <= MostClusters
            ? string.Join(", ", drift.Clusters.Select(c => $"`{c}`"))
            : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", drift.Clusters.Take(MostClusters - 1).Select(c => $"`{c}`"))} and {drift.Clusters.Length - MostClusters + 1} more clusters");

    private void WriteMemberships(Verification verification)
    {
        if (!verification.Memberships.IsEmpty)
        {
            output.WriteLine(style.Strong("groups with other members than the policy lists:"));
        }

        foreach (var drift in verification.Memberships)
        {
            foreach (var person in drift.Unlisted)
            {
                output.WriteLine($"  {style.Added("+")} {TerminalText.Escape($"`{person}` is in {drift.Provider} `{drift.Name}`, and the policy does not list them in `{drift.Group.Name}`")}");
            }

            foreach (var person in drift.Absent)
            {
                output.WriteLine($"  {style.Removed("-")} {TerminalText.Escape($"`{person}` is not in {drift.Provider} `{drift.Name}`, and the policy lists them in `{drift.Group.Name}`")}");
            }
        }
    }

    private void WriteProblems(Verification verification)
    {
        if (verification.Problems.IsEmpty)
        {
            return;
        }

        output.WriteLine(style.Strong("not understood or refused by the system:"));
        foreach (var problem in verification.Problems.Take(MostProblems))
        {
            output.WriteLine(TerminalText.Escape($"    {problem.Place}: {problem.Message}"));
        }

        if (verification.Problems.Length > MostProblems)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    and {verification.Problems.Length - MostProblems} more"));
        }
    }
}
