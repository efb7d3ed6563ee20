using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts.Terraform;
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
            return [ToData(HuJsonParser.Parse(source.Text).Body, source, TerraformResources.IsJson(source.Path))];
        }
        catch (HuJsonException exception)
        {
            diagnostics.Report(DataDiagnostics.InvalidJson, new SourceLocation(source, new TextSpan(exception.Offset, exception.Offset < source.Text.Length ? 1 : 0)), exception.Message);
            return [];
        }
    }

    /// <summary>Reads JSON that stands in a text of another file, such as a policy in Terraform.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The document; nothing when it is no JSON. What Terraform fills in stays an expression.</returns>
    public static DataNode? ReadWithin(TerraformText text)
    {
        try
        {
            return ToData(HuJsonParser.Parse(text.Text).Body, text);
        }
        catch (HuJsonException)
        {
            return null;
        }
    }

    private static DataNode ToData(HuJsonBody body, SourceText source, bool isTerraform)
    {
        var location = new SourceLocation(source, body.Span);
        return body switch
        {
            HuJsonObject map => new DataMap([.. map.Members.Select(member => new DataEntry(member.Key, new SourceLocation(source, member.Name.Body.Span), ToData(member.Value.Body, source, isTerraform)))], location),
            HuJsonArray list => new DataList([.. list.Items.Select(item => ToData(item.Body, source, isTerraform))], location),

            // Every text of Terraform's JSON syntax is a template.
            HuJsonLiteral { IsText: true } text when isTerraform => HclScanner.TemplateValue(text.Value) is { } value ? new DataScalar(value, true, location) : new DataExpression(text.Value, location),
            HuJsonLiteral literal => new DataScalar(literal.Value, literal.IsText, location),
            _ => throw new InvalidOperationException("HuJSON has no other values"),
        };
    }

    private static DataNode ToData(HuJsonBody body, TerraformText text)
    {
        var location = text.At(body.Span.Start, body.Span.Length);
        return body switch
        {
            HuJsonObject map => new DataMap([.. map.Members.Select(member => new DataEntry(member.Key, text.At(member.Name.Body.Span.Start, member.Name.Body.Span.Length), ToData(member.Value.Body, text)))], location),
            HuJsonArray list => new DataList([.. list.Items.Select(item => ToData(item.Body, text))], location),
            HuJsonLiteral literal when literal.Value.Contains(TerraformText.Hole, StringComparison.Ordinal) => new DataExpression(location.Text, location),
            HuJsonLiteral literal => new DataScalar(literal.Value, literal.IsText, location),
            _ => throw new InvalidOperationException("HuJSON has no other values"),
        };
    }
}
