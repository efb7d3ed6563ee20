using System.Collections.Immutable;
using System.Globalization;
using PolicyLang.Diagnostics;

namespace PolicyLang.Data;

/// <summary>Checks a block of data against a schema.</summary>
public static class SettingReader
{
    /// <summary>Reads a block; each unknown key, wrong kind, repetition and missing setting is reported once.</summary>
    /// <param name="map">The block.</param>
    /// <param name="schema">What it may hold.</param>
    /// <param name="what">What the block is in a sentence, such as <c>path `teleport`</c>.</param>
    /// <param name="diagnostics">Receives the findings.</param>
    public static SettingBlock Read(DataMap map, SettingSchema schema, string what, DiagnosticBag diagnostics)
    {
        var values = ImmutableDictionary.CreateBuilder<string, DataNode>(StringComparer.Ordinal);
        var blocks = ImmutableDictionary.CreateBuilder<string, ImmutableArray<(SettingText, SettingBlock)>>(StringComparer.Ordinal);
        var seen = new Dictionary<string, SourceLocation>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            var setting = schema.Find(entry.Key);
            if (setting is null)
            {
                var names = schema.Settings.Select(s => s.Name);
                diagnostics.Report(
                    DataDiagnostics.UnknownSetting,
                    entry.KeyLocation,
                    $"{what} has no setting `{entry.Key}`",
                    Suggestions.DidYouMean(entry.Key, names) ?? (schema.Settings.IsEmpty ? null : $"it takes {string.Join(", ", names.Select(n => $"`{n}`"))}"));
                continue;
            }

            if (seen.TryGetValue(entry.Key, out var first) && setting.Kind != SettingKind.BlockList)
            {
                diagnostics.Report(DataDiagnostics.RepeatedSetting, entry.KeyLocation, $"`{entry.Key}` is given twice in {what}", null, new RelatedLocation(first, "first given here"));
                continue;
            }

            seen.TryAdd(entry.Key, entry.KeyLocation);
            ReadValue(entry, setting, what, values, blocks, diagnostics);
        }

        foreach (var setting in schema.Settings)
        {
            if (setting.IsRequired && !seen.ContainsKey(setting.Name))
            {
                diagnostics.Report(DataDiagnostics.MissingSetting, map.Location, $"{what} needs `{setting.Name}`", setting.Description);
            }
        }

        return new SettingBlock(values.ToImmutable(), blocks.ToImmutable(), map.Location);
    }

    private static void ReadValue(
        DataEntry entry,
        SettingDefinition setting,
        string what,
        ImmutableDictionary<string, DataNode>.Builder values,
        ImmutableDictionary<string, ImmutableArray<(SettingText, SettingBlock)>>.Builder blocks,
        DiagnosticBag diagnostics)
    {
        var inner = $"`{setting.Name}` of {what}";
        switch (setting.Kind)
        {
            case SettingKind.Text when entry.Value is DataScalar scalar && IsChoice(scalar, setting, inner, diagnostics):
            case SettingKind.Integer when entry.Value is DataScalar number && IsInteger(number, setting, inner, diagnostics):
            case SettingKind.Flag when entry.Value is DataScalar { Text: "true" or "false" }:
                values[setting.Name] = entry.Value;
                return;
            case SettingKind.Text or SettingKind.Integer when entry.Value is DataScalar:
                return; // said already
            case SettingKind.TextList when entry.Value is DataScalar or DataList:
                var items = entry.Value is DataList texts ? texts.Items : [entry.Value];
                if (items.All(item => item is DataScalar))
                {
                    if (items.Cast<DataScalar>().All(item => IsChoice(item, setting, inner, diagnostics)))
                    {
                        values[setting.Name] = entry.Value;
                    }

                    return;
                }

                break;
            case SettingKind.TextMap when entry.Value is DataMap map && map.Entries.All(e => e.Value is DataScalar):
                if (NoKeyTwice(map, inner, diagnostics) && map.Entries.All(entry => IsKey(entry, setting, inner, diagnostics) && IsChoice((DataScalar)entry.Value, setting, inner, diagnostics)))
                {
                    values[setting.Name] = map;
                }

                return;
            case SettingKind.Block when entry.Value is DataMap map:
                blocks[setting.Name] = [(new SettingText(setting.Name, entry.KeyLocation), Read(map, setting.Children!, inner, diagnostics))];
                return;
            case SettingKind.BlockMap when entry.Value is DataMap map && map.Entries.All(e => e.Value is DataMap):
                if (NoKeyTwice(map, inner, diagnostics))
                {
                    blocks[setting.Name] = [.. map.Entries.Select(e => (new SettingText(e.Key, e.KeyLocation), Read((DataMap)e.Value, setting.Children!, $"`{e.Key}` in {inner}", diagnostics)))];
                }

                return;
            case SettingKind.BlockList when entry.Value is DataMap map:
                AddBlock(map);
                return;
            case SettingKind.BlockList when entry.Value is DataList list && list.Items.All(item => item is DataMap):
                foreach (var item in list.Items)
                {
                    AddBlock((DataMap)item);
                }

                return;
        }

        diagnostics.Report(DataDiagnostics.WrongSettingKind, entry.Value.Location, $"{inner} must be {Describe(setting)}", setting.Description);

        void AddBlock(DataMap map)
        {
            var block = (new SettingText(setting.Name, entry.KeyLocation), Read(map, setting.Children!, inner, diagnostics));
            blocks[setting.Name] = blocks.TryGetValue(setting.Name, out var earlier) ? earlier.Add(block) : [block];
        }
    }

    private static bool IsKey(DataEntry entry, SettingDefinition setting, string inner, DiagnosticBag diagnostics)
    {
        if (setting.Keys.IsEmpty || setting.Keys.Any(key => string.Equals(key.Name, entry.Key, StringComparison.Ordinal)))
        {
            return true;
        }

        diagnostics.Report(DataDiagnostics.UnknownSetting, entry.KeyLocation, $"{inner} has no setting `{entry.Key}`", Suggestions.DidYouMean(entry.Key, setting.Keys.Select(key => key.Name)));
        return false;
    }

    private static bool IsChoice(DataScalar scalar, SettingDefinition setting, string inner, DiagnosticBag diagnostics)
    {
        if (setting.Choices.IsEmpty || setting.Choices.Contains(scalar.Text, StringComparer.Ordinal))
        {
            return true;
        }

        diagnostics.Report(
            DataDiagnostics.UnknownChoice,
            scalar.Location,
            $"{inner} cannot be `{scalar.Text}`",
            Suggestions.DidYouMean(scalar.Text, setting.Choices) ?? $"it is one of {string.Join(", ", setting.Choices.Select(c => $"`{c}`"))}");
        return false;
    }

    private static bool IsInteger(DataScalar scalar, SettingDefinition setting, string inner, DiagnosticBag diagnostics)
    {
        // A leading zero is octal to some readers and decimal to others, so it is refused.
        var isNumber = long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && scalar.Text == number.ToString(CultureInfo.InvariantCulture);
        if (!isNumber)
        {
            diagnostics.Report(DataDiagnostics.WrongSettingKind, scalar.Location, $"{inner} must be a whole number, not `{scalar.Text}`", setting.Description);
            return false;
        }

        if (setting.Range is var (least, greatest) && (number < least || number > greatest))
        {
            diagnostics.Report(DataDiagnostics.NumberOutOfRange, scalar.Location, string.Create(CultureInfo.InvariantCulture, $"{inner} must be between {least} and {greatest}, not {number}"));
            return false;
        }

        return true;
    }

    private static bool NoKeyTwice(DataMap map, string inner, DiagnosticBag diagnostics)
    {
        var first = new Dictionary<string, SourceLocation>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            if (!first.TryAdd(entry.Key, entry.KeyLocation))
            {
                diagnostics.Report(DataDiagnostics.RepeatedSetting, entry.KeyLocation, $"`{entry.Key}` is given twice in {inner}", null, new RelatedLocation(first[entry.Key], "first given here"));
                return false;
            }
        }

        return true;
    }

    private static string Describe(SettingDefinition setting) => setting.Kind switch
    {
        SettingKind.Text => "a single text",
        SettingKind.Integer => "a whole number",
        SettingKind.Flag => "`true` or `false`",
        SettingKind.TextList => "a text or a list of texts",
        SettingKind.TextMap => "a block of texts",
        SettingKind.BlockMap => "a block of blocks",
        _ => "a block",
    };
}
