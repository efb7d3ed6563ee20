using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PolicyLang.Data;
using PolicyLang.Targets;

namespace PolicyLang.Projects;

/// <summary>
/// The tables of settings in the reference of <c>policyc.yaml</c>, made from the definitions that the reader itself uses. In the document
/// each table stands between <c>&lt;!-- settings NAME --&gt;</c> and <c>&lt;!-- end --&gt;</c>.
/// </summary>
public static class ProjectFileDocumentation
{
    private const string Begin = "<!-- settings ";
    private const string End = "<!-- end -->";

    /// <summary>The tables, in Markdown, by the name in their mark: <c>file</c>, <c>output</c>, <c>identity_providers</c>, <c>paths</c>, <c>sections</c>, <c>lint</c>, <c>lint_files</c>, <c>exceptions</c>, <c>custom_resources</c> and <c>namespaces</c>.</summary>
    /// <param name="targets">The targets whose settings the project file may hold.</param>
    public static ImmutableSortedDictionary<string, string> Tables(ImmutableArray<ITarget> targets)
    {
        var paths = new StringBuilder();
        foreach (var kind in ProjectFileDefinitions.PathKinds(targets).Values)
        {
            AppendTitled(paths, $"`kind: {kind.Name}`", ProjectFileDefinitions.PathSchema(kind, targets));
        }

        var sections = new StringBuilder();
        foreach (var section in ProjectFileDefinitions.Sections(targets))
        {
            AppendTitled(sections, $"`{section.Name}`", section.Children ?? SettingSchema.Empty);
        }

        return ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
        [
            KeyValuePair.Create("file", Table(ProjectFileDefinitions.File(targets))),
            KeyValuePair.Create("output", Table(ProjectFileDefinitions.Output)),
            KeyValuePair.Create("identity_providers", Table(ProjectFileDefinitions.IdentityProvider)),
            KeyValuePair.Create("paths", paths.ToString().TrimEnd('\n') + "\n"),
            KeyValuePair.Create("sections", sections.ToString().TrimEnd('\n') + "\n"),
            KeyValuePair.Create("lint", Table(ProjectFileDefinitions.Lint)),
            KeyValuePair.Create("lint_files", Table(ProjectFileDefinitions.LintFiles)),
            KeyValuePair.Create("exceptions", Table(ProjectFileDefinitions.Excuse)),
            KeyValuePair.Create("custom_resources", Table(ProjectFileDefinitions.CustomResource)),
            KeyValuePair.Create("namespaces", Table(InventoryReader.NamespaceSchema)),
        ]);
    }

    /// <summary>A document with its tables brought up to date.</summary>
    /// <param name="document">The document, with line feeds.</param>
    /// <param name="targets">The targets whose settings the project file may hold.</param>
    /// <exception cref="FormatException">A mark names no table or has no end.</exception>
    public static string Update(string document, ImmutableArray<ITarget> targets)
    {
        var tables = Tables(targets);
        var result = new StringBuilder();
        var position = 0;
        for (var mark = document.IndexOf(Begin, StringComparison.Ordinal); mark >= 0; mark = document.IndexOf(Begin, position, StringComparison.Ordinal))
        {
            var nameEnd = document.IndexOf(" -->", mark, StringComparison.Ordinal);
            var end = document.IndexOf(End, mark, StringComparison.Ordinal);
            if (nameEnd < 0 || end < nameEnd || !tables.TryGetValue(document[(mark + Begin.Length)..nameEnd], out var table))
            {
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"the mark at offset {mark} names no table or has no end"));
            }

            result.Append(document, position, nameEnd + 4 - position).Append("\n\n").Append(table).Append('\n');
            position = end;
        }

        return result.Append(document, position, document.Length - position).ToString();
    }

    private static void AppendTitled(StringBuilder text, string title, SettingSchema schema)
        => text.Append("### ").Append(title).Append("\n\n").Append(schema.Settings.IsEmpty ? "No settings.\n" : Table(schema)).Append('\n');

    private static string Table(SettingSchema schema)
    {
        var text = new StringBuilder("| key | value | meaning | default |\n|---|---|---|---|\n");
        foreach (var setting in schema.Settings)
        {
            AppendRow(text, setting);
        }

        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, SettingDefinition setting)
    {
        var standing = setting.IsRequired ? "required" : setting.Default is { } value ? $"`{value}`" : "";
        text.Append(CultureInfo.InvariantCulture, $"| `{setting.Name}` | {Cell(Describe(setting))} | {Cell(setting.Description)} | {Cell(standing)} |\n");
    }

    private static string Describe(SettingDefinition setting) => setting.Kind switch
    {
        SettingKind.Text when setting.Choices == KubernetesVersions.Texts => $"`\"{setting.Choices[0]}\"` to `\"{setting.Choices[^1]}\"`",
        SettingKind.Text when !setting.Choices.IsEmpty => string.Join(", ", setting.Choices.Select(c => $"`{c}`")),
        SettingKind.Text => "text",
        SettingKind.Integer when setting.Range is var (only, last) && only == last => only.ToString(CultureInfo.InvariantCulture),
        SettingKind.Integer when setting.Range is var (least, greatest) => string.Create(CultureInfo.InvariantCulture, $"{least} to {greatest}"),
        SettingKind.Integer => "whole number",
        SettingKind.Flag => "`true` or `false`",
        SettingKind.TextList when !setting.Choices.IsEmpty => "list of " + string.Join(", ", setting.Choices.Select(c => $"`{c}`")),
        SettingKind.TextList => "list of texts",
        SettingKind.TextMap when !setting.Choices.IsEmpty => "block of " + string.Join(", ", setting.Choices.Select(c => $"`{c}`")),
        SettingKind.TextMap => "block of texts",
        SettingKind.BlockMap => "block of blocks, by name",
        SettingKind.BlockList => "list of blocks",
        _ => "block",
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
