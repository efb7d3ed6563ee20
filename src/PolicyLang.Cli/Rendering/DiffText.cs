using PolicyLang.Comparing;

namespace PolicyLang.Cli.Rendering;

/// <summary>Writes the differences between two policies for people: each cause once, with what follows from it.</summary>
/// <param name="style">Colours.</param>
internal sealed class DiffText(TextStyle style)
{
    private const int MostLines = 4;

    /// <summary>Writes the differences.</summary>
    public void Write(DiffReport report, TextWriter output)
    {
        var comparison = report.Comparison;
        output.WriteLine($"{Colour(comparison)(DiffWords.Verdict(comparison))}{Safe($"  ({report.OldName} → {report.NewName})")}");
        foreach (var change in comparison.Changes)
        {
            output.WriteLine();
            WriteHeading(change.Cause.Title, DiffWords.Place(change.Cause.Old, change.Cause.New), change.Cause.Because, output);
            var lines = DiffWords.Lines(change);
            var shown = DiffWords.Shown(lines, MostLines);
            foreach (var line in lines.Take(shown))
            {
                Write(line, report, output);
            }

            if (DiffWords.Rest(lines, shown, Plain) is { } rest)
            {
                output.WriteLine(Safe("    " + rest));
            }
        }

        foreach (var group in comparison.Guards.GroupBy(g => g.IsWeaker))
        {
            output.WriteLine();
            output.WriteLine(group.Key ? style.Warning("weaker guard") : style.Strong("stronger guard"));
            foreach (var guard in group)
            {
                output.WriteLine(Safe($"  {(group.Key ? "!" : "·")} {guard.Title}") + Place(DiffWords.Place(guard.Old, guard.New)));
            }
        }

        if (!comparison.NewAssumptions.IsEmpty)
        {
            output.WriteLine();
            output.WriteLine(DiffWords.Number($"{style.Note("note")}: rests on {comparison.NewAssumptions.Length} new assumption{(comparison.NewAssumptions.Length == 1 ? "" : "s")}: {DiffWords.Assumptions(comparison.NewAssumptions)}"));
        }
    }

    private static string Safe(string text) => TerminalText.Escape(text);

    private static string Plain(string name) => name;

    private Func<string, string> Colour(PolicyComparison comparison)
        => comparison.IsUnchanged ? style.Strong : comparison.Access == AccessVerdict.Narrower && !comparison.HasWeakerGuard ? style.Note : style.Warning;

    private string Place(string place) => place.Length == 0 ? "" : "  " + style.Faint(Safe(place));

    private void WriteHeading(string title, string place, string? because, TextWriter output)
        => output.WriteLine(style.Strong(Safe(title)) + Place(place) + (because is null ? "" : Safe($"  because \"{because}\"")));

    private void Write(EffectLine line, DiffReport report, TextWriter output)
    {
        var effect = line.Effect;
        var isOne = effect.Who.Length == 1;
        var verb = effect.IsGain ? isOne ? "gains" : "gain" : isOne ? "loses" : "lose";
        var sentence = $"{DiffWords.Names(effect.Who, Plain)} {verb} {DiffWords.Names(effect.Rights, Plain)} {DiffWords.Where(line, report.ClustersOf(effect), Plain)}";
        var paint = effect.IsGain ? (Func<string, string>)style.Added : style.Removed;
        output.WriteLine($"  {paint(effect.IsGain ? "+" : "-")} {Safe(sentence)}");
    }
}
