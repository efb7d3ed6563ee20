using System.Collections.Immutable;
using PolicyLang.Data;

namespace PolicyLang.Linting.Artefacts.Terraform;

/// <summary>How Terraform takes data: blocks may be one or a list of them, and <c>null</c> counts as left out.</summary>
internal static class TerraformData
{
    /// <summary>The blocks that a value holds.</summary>
    public static IEnumerable<DataMap> Blocks(DataNode? node) => node switch
    {
        DataMap map => [map],
        DataList list => list.Items.OfType<DataMap>(),
        _ => [],
    };

    /// <summary>The blocks of a kind.</summary>
    public static IEnumerable<DataMap> Blocks(this DataMap map, string name) => map.Entries.Where(entry => entry.Key == name).SelectMany(entry => Blocks(entry.Value));

    /// <summary>Whether Terraform makes blocks of a kind that are not written out, or works out the value that holds them.</summary>
    public static bool MayHaveMore(this DataMap map, string name)
        => map.Get(name) is DataExpression || map.Blocks("dynamic").Any(dynamic => dynamic.Find(name) is not null);

    /// <summary>The value of an attribute.</summary>
    public static DataNode? Get(this DataMap map, string name) => map.Find(name) is { Value: not DataScalar { IsQuoted: false, Text: "null" } } entry ? entry.Value : null;

    /// <summary>The text of an attribute that is written out.</summary>
    public static string? Text(this DataMap map, string name) => (map.Get(name) as DataScalar)?.Text;

    /// <summary>The texts of a value: of one text, or of those in a list. Nothing when Terraform works any of it out.</summary>
    public static ImmutableArray<DataScalar>? Texts(DataNode? node) => node switch
    {
        DataScalar scalar => [scalar],
        DataList list when list.Items.All(item => item is DataScalar) => [.. list.Items.Cast<DataScalar>()],
        _ => null,
    };

    /// <summary>How a value is written: what two resources that mean the same thing have in common.</summary>
    public static string? Written(this DataMap map, string name) => map.Get(name) switch
    {
        DataScalar scalar => scalar.Text,
        DataExpression expression => expression.Text,
        _ => null,
    };
}
