using PolicyLang.Data;

namespace PolicyLang.Tests.Data;

/// <summary>Data as one line, quoted values in single quotes.</summary>
internal static class DataText
{
    public static string Of(DataNode? node) => node switch
    {
        DataScalar { IsQuoted: true } scalar => $"'{scalar.Text}'",
        DataScalar scalar => scalar.Text,
        DataList list => $"[{string.Join(", ", list.Items.Select(Of))}]",
        DataMap map => $"{{{string.Join(", ", map.Entries.Select(e => $"{e.Key}: {Of(e.Value)}"))}}}",
        _ => "nothing",
    };
}
