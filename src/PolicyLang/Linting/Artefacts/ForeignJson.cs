using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Targets.Tailscale.HuJson;

namespace PolicyLang.Linting.Artefacts;

/// <summary>Reads JSON of other systems, with or without comments and trailing commas, into data with places.</summary>
internal static class ForeignJson
{
    /// <summary>Reads a text. Never throws for any text.</summary>
    /// <param name="source">The text.</param>
    /// <param name="diagnostics">Receives why it is no JSON.</param>
    /// <returns>The document; nothing when the text cannot be read or is blank.</returns>
    public static ImmutableArray<DataNode> Read(SourceText source, DiagnosticBag diagnostics)
    {
        if (string.IsNullOrWhiteSpace(source.Text))
        {
            return [];
        }

        try
        {
            return [ToData(HuJsonParser.Parse(source.Text).Body, source)];
        }
        catch (HuJsonException exception)
        {
            diagnostics.Report(DataDiagnostics.InvalidJson, new SourceLocation(source, new TextSpan(exception.Offset, exception.Offset < source.Text.Length ? 1 : 0)), exception.Message);
            return [];
        }
    }

    private static DataNode ToData(HuJsonBody body, SourceText source)
    {
        var location = new SourceLocation(source, body.Span);
        return body switch
        {
            HuJsonObject map => new DataMap([.. map.Members.Select(member => new DataEntry(member.Key, new SourceLocation(source, member.Name.Body.Span), ToData(member.Value.Body, source)))], location),
            HuJsonArray list => new DataList([.. list.Items.Select(item => ToData(item.Body, source))], location),
            HuJsonLiteral literal => new DataScalar(literal.Value, literal.IsText, location),
            _ => throw new InvalidOperationException("HuJSON has no other values"),
        };
    }
}
