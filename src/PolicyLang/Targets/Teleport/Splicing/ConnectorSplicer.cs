using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Targets.Text;

namespace PolicyLang.Targets.Teleport.Splicing;

/// <summary>
/// Puts the rows of a policy at the head of the rows of a connector that others share. Teleport adds up the roles of all rows that match, so that a team with a row of its own
/// keeps what that row gives.
/// </summary>
internal sealed class ConnectorSplicer(ConnectorBase shared, TeleportPlan plan, TeleportYaml writer, DiagnosticBag diagnostics)
{
    private readonly string _text = shared.Source.Text;

    /// <summary>The connector's file; nothing where something was reported.</summary>
    public (OutputFile? File, SplicedFile? Splice) Splice()
    {
        if (shared.Map.Find("spec") is not { Value: DataMap { Entries: [var firstOfSpec, ..] } spec })
        {
            Refuse(shared.Map.Location, "has no `spec`");
            return (null, null);
        }

        CheckSettings(spec);
        var rows = spec.Find(writer.RowsKey);
        var insertion = rows is not null ? HeadOf(rows) : BeforeFirst(firstOfSpec);
        if (insertion is not var (offset, indent, key) || diagnostics.HasErrors)
        {
            return (null, null);
        }

        var output = new SplicedText(shared.Source);
        Copy(output, shared.Document.Start, offset);
        if (!plan.Teams.IsEmpty)
        {
            var lineBreak = _text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
            string[] lines = [ConnectorBase.Begin, .. key, .. writer.Rows(plan.Teams), ConnectorBase.End];
            output.Write(string.Concat(lines.Select(line => indent + line + lineBreak)));
        }

        Copy(output, offset, shared.Document.End);
        return output.Finish(TeleportYaml.ConnectorFile(plan));
    }

    private void Copy(SplicedText output, int start, int end)
    {
        foreach (var block in shared.Blocks.Where(block => block.Start >= start && block.End <= end))
        {
            output.Copy(start, block.Start);
            start = block.End;
        }

        output.Copy(start, end);
    }

    // Behind the line of the key, so that comments stay with the row that they stand before.
    private (int Offset, string Indent, ImmutableArray<string> Key)? HeadOf(DataEntry rows)
    {
        var lineEnd = _text.IndexOf('\n', rows.KeyLocation.Span.End);
        if (rows.Value is not DataList { Items: [var first, ..] } || lineEnd < 0 || LineOf(first.Location.Span.Start) is not { } line || line <= rows.KeyLocation.Span.Start)
        {
            Refuse(rows.Value.Location, $"has no `{rows.Key}` with a line for each row");
            return null;
        }

        var indent = _text[line..].AsSpan();
        indent = indent[..indent.IndexOfAnyExcept(' ')];
        if (_text[line + indent.Length] != '-')
        {
            Refuse(first.Location, $"has no `{rows.Key}` with a line for each row");
            return null;
        }

        return (lineEnd + 1, indent.ToString(), []);
    }

    private (int Offset, string Indent, ImmutableArray<string> Key)? BeforeFirst(DataEntry first)
    {
        if (LineOf(first.KeyLocation.Span.Start) is { } line && _text.AsSpan(line..first.KeyLocation.Span.Start).IndexOfAnyExcept(' ') < 0)
        {
            return (line, _text[line..first.KeyLocation.Span.Start], [$"{writer.RowsKey}:"]);
        }

        Refuse(first.KeyLocation, "has no `spec` with a line for each setting");
        return null;
    }

    private int? LineOf(int offset) => offset <= 0 || offset > _text.Length ? null : _text.LastIndexOf('\n', offset - 1) + 1;

    // A reader sees one connector: what the project says of it must be what is applied. The secret itself is not shown.
    private void CheckSettings(DataMap spec)
    {
        var connector = plan.Connector;
        foreach (var (key, wanted) in new[]
        {
            ("client_id", connector.ClientId), ("client_secret", connector.ClientSecret), ("display", connector.Display), ("redirect_url", connector.RedirectUrl),
            ("endpoint_url", connector.EndpointUrl ?? ""), ("api_endpoint_url", connector.ApiEndpointUrl ?? ""),
        })
        {
            var entry = spec.Find(key);
            var actual = entry?.Value is DataScalar { IsQuoted: true } or DataScalar { Text: not ("null" or "~") } ? ((DataScalar)entry.Value).Text : "";
            if (string.Equals(actual, wanted, StringComparison.Ordinal))
            {
                continue;
            }

            diagnostics.Report(
                TeleportDiagnostics.BaseDiffers,
                shared.LocationOf(entry?.KeyLocation ?? shared.Map.Location),
                key == "client_secret" ? $"`{key}` of the connector in `{shared.Source.Path}` is not the reference `{wanted}`" : $"`{key}` of the connector in `{shared.Source.Path}` is `{actual}`, and by the settings of the path `{wanted}`",
                key == "client_secret" ? $"write `{key}: \"{wanted}\"`; no secret stands in an output" : $"write the same in both: `{key}` here, or below `connector` of the path in `policyc.yaml`");
        }
    }

    private void Refuse(SourceLocation location, string what)
        => diagnostics.Report(
            TeleportDiagnostics.BaseConnector,
            shared.LocationOf(location),
            $"the connector in `{shared.Source.Path}` {what}, so rows cannot be added and the rest kept as it is",
            $"write `{writer.RowsKey}` as a list with `-` lines, or add these rows yourself: {string.Join(' ', plan.Teams.Select(team => $"{{organization: {team.Team.Organization}, team: {team.Team.Team}, {(writer.RowsKey == "teams_to_roles" ? "roles" : "logins")}: [{string.Join(", ", team.Roles)}]}}"))}");
}
