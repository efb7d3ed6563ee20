using PolicyLang.Data;

namespace PolicyLang.Linting.Artefacts.Teleport;

/// <summary>Reads bodies of Teleport resources; what has another shape than expected is not there.</summary>
internal static class TeleportData
{
    /// <summary>A text.</summary>
    public static DataScalar? Text(DataMap? map, string key) => map?.Find(key)?.Value as DataScalar;

    /// <summary>A block.</summary>
    public static DataMap? Map(DataMap? map, string key) => map?.Find(key)?.Value as DataMap;

    /// <summary>The texts of a list, or the one that stands in its place.</summary>
    public static IEnumerable<DataScalar> Texts(DataMap? map, string key) => Texts(map?.Find(key)?.Value);

    /// <summary>The texts of a list, or the one that stands in its place.</summary>
    public static IEnumerable<DataScalar> Texts(DataNode? node) => node switch
    {
        DataScalar scalar => IsNothing(scalar) ? [] : [scalar],
        DataList list => list.Items.OfType<DataScalar>(),
        _ => [],
    };

    /// <summary>The blocks of a list.</summary>
    public static IEnumerable<DataMap> Maps(DataMap? map, string key) => map?.Find(key)?.Value is DataList list ? list.Items.OfType<DataMap>() : [];

    /// <summary>Whether a key is there and says something.</summary>
    public static bool Says(DataMap? map, string key) => map?.Find(key)?.Value switch
    {
        null or DataMap { Entries.IsEmpty: true } or DataList { Items.IsEmpty: true } => false,
        DataScalar scalar => !IsNothing(scalar),
        _ => true,
    };

    /// <summary>Whether a key is a block of Terraform and no attribute. The provider took blocks in its old versions, whose fields have other shapes and names.</summary>
    public static bool IsBlock(DataMap body, string key)
    {
        if (body.Find(key) is not { } entry || !entry.KeyLocation.Source.Path.EndsWith(".tf", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var (start, end) = (entry.KeyLocation.Span.End, (entry.Value is DataList { Items: [var first, ..] } ? first : entry.Value).Location.Span.Start);
        return start <= end && !entry.KeyLocation.Source.Text.AsSpan(start, end - start).Contains('=');
    }

    /// <summary>Whether something else is put in for a text before it counts: a trait of the user, a variable, or what a reader is to fill in.</summary>
    public static bool IsFilledIn(string text)
        => text.Contains("{{", StringComparison.Ordinal) || text.Contains("${", StringComparison.Ordinal) || (text.Contains('<', StringComparison.Ordinal) && text.Contains('>', StringComparison.Ordinal));

    private static bool IsNothing(DataScalar scalar) => scalar.Text.Length == 0 || (!scalar.IsQuoted && scalar.Text is ("null" or "~"));
}
