using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Semantics;

namespace PolicyLang.Projects;

/// <summary>
/// Reads inventories of clusters and namespaces (YAML or JSON): a list of rows with <c>name</c>, a block of rows by name, either of them
/// below the single key <c>clusters</c> or <c>namespaces</c>, or what <c>terraform output -json</c> prints.
/// </summary>
public static class InventoryReader
{
    internal static SettingSchema NamespaceSchema { get; } = new(
    [
        new("name", SettingKind.Text, "the namespace's name") { IsRequired = true },
        new("labels", SettingKind.TextMap, "labels that `where` compares"),
        new("clusters", SettingKind.TextList, "the clusters that have the namespace; `\"*\"` for every cluster") { Default = "*" },
    ]);

    /// <summary>Reads an inventory of clusters. Names and bodies are checked where clusters are declared.</summary>
    /// <param name="source">The file.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    /// <returns>The rows in source order.</returns>
    public static ImmutableArray<InventoryRow> ReadClusters(SourceText source, DiagnosticBag diagnostics)
        => YamlDataReader.Read(source, diagnostics) is { } data ? WithoutDuplicates(ReadRows(data, "clusters", diagnostics), diagnostics) : [];

    /// <summary>Reads an inventory of namespaces. A name may have several rows: it may carry other labels on other clusters.</summary>
    /// <param name="source">The file.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    /// <returns>The sound rows in source order.</returns>
    public static ImmutableArray<NamespaceRow> ReadNamespaces(SourceText source, DiagnosticBag diagnostics)
    {
        if (YamlDataReader.Read(source, diagnostics) is not { } data)
        {
            return [];
        }

        var rows = ImmutableArray.CreateBuilder<NamespaceRow>();
        foreach (var row in ReadRows(data, "namespaces", diagnostics))
        {
            if (ReadNamespace(row, diagnostics) is { } read)
            {
                rows.Add(read);
            }
        }

        return rows.ToImmutable();
    }

    private static ImmutableArray<InventoryRow> ReadRows(DataNode data, string key, DiagnosticBag diagnostics)
    {
        LiteralSecrets.Check(data, diagnostics);
        return Unwrap(data, key, diagnostics) switch
        {
            DataList list => [.. list.Items.Select(item => ReadItem(item, key, diagnostics)).OfType<InventoryRow>()],
            DataMap map => [.. map.Entries.Select(entry => ReadEntry(entry, key, diagnostics)).OfType<InventoryRow>()],
            _ => [],
        };
    }

    /// <summary>Finds the list or block of rows; nothing after a report.</summary>
    private static DataNode? Unwrap(DataNode data, string key, DiagnosticBag diagnostics)
    {
        if (data is DataMap map && !IsTerraformOutput(map))
        {
            var own = map.Find(key);
            var isTerraform = map.Entries.All(entry => entry.Value is DataMap value && IsTerraformOutput(value)) && !map.Entries.IsEmpty;
            if (own is null && isTerraform)
            {
                diagnostics.Report(
                    ProjectDiagnostics.InvalidInventory,
                    map.Location,
                    $"the Terraform outputs here have none that is called `{key}`",
                    $"add an output `{key}`; there are {string.Join(", ", map.Entries.Take(10).Select(e => $"`{e.Key}`"))}");
                return null;
            }

            if (own is not null && !isTerraform && map.Entries.Length > 1 && own.Value is DataList)
            {
                diagnostics.Report(ProjectDiagnostics.InvalidInventory, own.KeyLocation, $"`{key}` must be the only key of the file", "move the other keys elsewhere");
                return null;
            }

            data = own is not null && (isTerraform || map.Entries.Length == 1) ? own.Value : data;
        }

        if (data is DataMap output && IsTerraformOutput(output) && output.Find("value") is { } wrapped)
        {
            data = wrapped.Value;
        }

        if (data is DataScalar)
        {
            diagnostics.Report(ProjectDiagnostics.InvalidInventory, data.Location, $"an inventory of {key} must be a list of rows, or a block of rows by name", "write `- name: …` for each row");
            return null;
        }

        return data;
    }

    // Terraform documentation, "Command: output": each output is an object of sensitive, type and value.
    private static bool IsTerraformOutput(DataMap map)
        => map.Find("value") is { Value: DataList or DataMap or DataScalar } && map.Entries.All(entry => entry.Key is "sensitive" or "type" or "value");

    private static InventoryRow? ReadItem(DataNode item, string key, DiagnosticBag diagnostics)
    {
        if (item is not DataMap map)
        {
            diagnostics.Report(ProjectDiagnostics.InvalidInventory, item.Location, $"a row of {key} must be a block", "write `- name: …`");
            return null;
        }

        if (map.Find("name") is not { Value: DataScalar { Text.Length: > 0 } name } entry)
        {
            diagnostics.Report(ProjectDiagnostics.MissingRowName, map.Find("name")?.Value.Location ?? map.Location, $"this row of {key} has no `name`", "every row of a list needs a `name`");
            return null;
        }

        return new InventoryRow(new SettingText(name.Text, name.Location), map with { Entries = map.Entries.Remove(entry) }, map.Location);
    }

    private static InventoryRow? ReadEntry(DataEntry entry, string key, DiagnosticBag diagnostics)
    {
        if (entry.Value is not DataMap map)
        {
            diagnostics.Report(ProjectDiagnostics.InvalidInventory, entry.Value.Location, $"the row `{entry.Key}` of {key} must be a block", $"write `{entry.Key}: {{ … }}`");
            return null;
        }

        var name = map.Find("name");
        if (name is not null && !(name.Value is DataScalar text && string.Equals(text.Text, entry.Key, StringComparison.Ordinal)))
        {
            diagnostics.Report(ProjectDiagnostics.MissingRowName, name.KeyLocation, $"the row `{entry.Key}` of {key} has a second name", "remove `name`, or use a list of rows", new RelatedLocation(entry.KeyLocation, "its name stands here"));
            return null;
        }

        var body = name is null ? map : map with { Entries = map.Entries.Remove(name) };
        return new InventoryRow(new SettingText(entry.Key, entry.KeyLocation), body, map.Location);
    }

    private static ImmutableArray<InventoryRow> WithoutDuplicates(ImmutableArray<InventoryRow> rows, DiagnosticBag diagnostics)
    {
        var first = new Dictionary<string, SourceLocation>(StringComparer.Ordinal);
        var result = ImmutableArray.CreateBuilder<InventoryRow>();
        foreach (var row in rows)
        {
            if (first.TryAdd(row.Name.Text, row.Name.Location))
            {
                result.Add(row);
            }
            else
            {
                diagnostics.Report(
                    ProjectDiagnostics.DuplicateRow,
                    row.Name.Location,
                    $"`{row.Name.Text}` has two rows",
                    "keep one of them",
                    new RelatedLocation(first[row.Name.Text], "the first row stands here"));
            }
        }

        return result.ToImmutable();
    }

    private static NamespaceRow? ReadNamespace(InventoryRow row, DiagnosticBag diagnostics)
    {
        if (!DnsNames.IsLabel(row.Name.Text))
        {
            diagnostics.Report(
                SemanticDiagnostics.InvalidNamespace,
                row.Name.Location,
                $"`{row.Name.Text}` cannot be the name of a namespace",
                "Kubernetes takes at most 63 small letters, digits and dashes, with a letter or digit at both ends");
            return null;
        }

        var findings = new DiagnosticBag();
        var body = row.Body with { Entries = row.Body.Entries.Insert(0, new DataEntry("name", row.Name.Location, new DataScalar(row.Name.Text, true, row.Name.Location))) };
        var block = SettingReader.Read(body, NamespaceSchema, $"namespace `{row.Name.Text}`", findings);
        var clusters = ReadClusterNames(row.Name.Text, block, findings);
        diagnostics.AddRange(findings.ToSortedArray());
        return findings.HasErrors ? null : new NamespaceRow(row.Name, block.GetTextMap("labels"), clusters, row.Location);
    }

    private static ImmutableArray<SettingText>? ReadClusterNames(string name, SettingBlock block, DiagnosticBag diagnostics)
    {
        if (!block.Has("clusters"))
        {
            return null;
        }

        ImmutableArray<SettingText> clusters = [.. block.GetList("clusters").DistinctBy(c => c.Text, StringComparer.Ordinal)];
        var every = clusters.FirstOrDefault(c => string.Equals(c.Text, "*", StringComparison.Ordinal));
        if (every is not null && clusters.Length > 1)
        {
            diagnostics.Report(ProjectDiagnostics.MixedClusterList, every.Location, $"namespace `{name}` lists `*`, which is every cluster, together with clusters", "keep `\"*\"` or the names");
        }

        return every is null ? clusters : null;
    }
}
