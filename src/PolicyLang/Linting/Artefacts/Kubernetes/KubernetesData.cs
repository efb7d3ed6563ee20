using System.Collections.Immutable;
using PolicyLang.Data;

namespace PolicyLang.Linting.Artefacts.Kubernetes;

/// <summary>Takes from data what is there in the shape that is looked for, and nothing otherwise.</summary>
internal static class KubernetesData
{
    /// <summary>The text of a field; nothing where it is absent, empty (<c>~</c>) or no text.</summary>
    public static DataScalar? Text(this DataMap? map, string key) => map?.Find(key)?.Value is DataScalar scalar && !scalar.IsNull() ? scalar : null;

    /// <summary>The block of a field, or nothing.</summary>
    public static DataMap? Map(this DataMap? map, string key) => map?.Find(key)?.Value as DataMap;

    /// <summary>The blocks in the list of a field.</summary>
    public static IEnumerable<DataMap> Maps(this DataMap? map, string key) => map?.Find(key)?.Value is DataList list ? list.Items.OfType<DataMap>() : [];

    /// <summary>The texts in the list of a field. What is null there is the empty text to the API server.</summary>
    public static ImmutableArray<DataScalar> Texts(this DataMap? map, string key)
        => map?.Find(key)?.Value is DataList list ? [.. list.Items.OfType<DataScalar>().Select(item => item.IsNull() ? item with { Text = "" } : item)] : [];

    /// <summary>Whether a value is nothing.</summary>
    public static bool IsNull(this DataScalar scalar) => !scalar.IsQuoted && scalar.Text is "" or "~" or "null" or "Null" or "NULL" && !scalar.IsQuoted;

    /// <summary>Whether a value is filled in by some tool before it reaches the cluster.</summary>
    public static bool IsTemplate(this DataScalar scalar) => Placeholders.IsOne(scalar.Text);
}
