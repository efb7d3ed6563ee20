using System.Text.RegularExpressions;
using PolicyLang.Data;
using PolicyLang.Diagnostics;

namespace PolicyLang.Targets.Teleport.Splicing;

/// <summary>The document of a connector that others share, in a file that people write or that was exported.</summary>
/// <param name="Source">The file.</param>
/// <param name="Document">Where the document stands in it.</param>
/// <param name="Blocks">The lines that an earlier build put there, marks included.</param>
/// <param name="Map">What the document says without them.</param>
internal sealed partial record ConnectorBase(SourceText Source, TextSpan Document, List<TextSpan> Blocks, DataMap Map)
{
    public const string Begin = "# policyc: begin";
    public const string End = "# policyc: end";

    /// <summary>Finds the connector of a name among files; reports what makes it unreadable.</summary>
    /// <param name="files">The files.</param>
    /// <param name="connector">The connector's settings.</param>
    /// <param name="kind">The kind that its document has.</param>
    /// <param name="diagnostics">Receives the findings.</param>
    public static ConnectorBase? Find(IEnumerable<SourceText> files, ConnectorSettings connector, string kind, DiagnosticBag diagnostics)
    {
        ConnectorBase? found = null;
        foreach (var source in files)
        {
            if (source.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || source.Text.AsSpan().TrimStart() is ['{' or '[', ..])
            {
                diagnostics.Report(TeleportDiagnostics.BaseConnector, new SourceLocation(source, new TextSpan(0, 0)), $"`{source.Path}` is JSON, in which rows cannot be kept apart from those of the policy", "export it as YAML: `tctl get --format=yaml github`");
                continue;
            }

            foreach (var document in DocumentsOf(source.Text))
            {
                if (!ConnectorKind().IsMatch(source.Text.AsSpan(document.Start, document.Length)) || Read(source, document, diagnostics) is not { } read || !read.Is(kind, connector.Name))
                {
                    continue;
                }

                if (found is not null)
                {
                    diagnostics.Report(
                        TeleportDiagnostics.BaseConnector,
                        read.LocationOf(read.Map.Location),
                        $"the connector `{connector.Name}` stands in `base` twice",
                        "keep the one that is in force",
                        new RelatedLocation(found.LocationOf(found.Map.Location), "the other one"));
                }

                found = read;
            }
        }

        return found;
    }

    /// <summary>A place in the file.</summary>
    public SourceLocation LocationOf(SourceLocation location) => new(Source, location.Span);

    private bool Is(string kind, string name)
        => Map.Find("kind")?.Value is DataScalar ofKind && string.Equals(ofKind.Text, kind, StringComparison.Ordinal)
            && Map.Find("metadata")?.Value is DataMap metadata && metadata.Find("name")?.Value is DataScalar own && string.Equals(own.Text, name, StringComparison.Ordinal);

    private static ConnectorBase? Read(SourceText source, TextSpan document, DiagnosticBag diagnostics)
    {
        if (BlocksIn(source, document, diagnostics) is not { } blocks)
        {
            return null;
        }

        // Everything else is blanked out, so that places stay those of the file.
        var text = source.Text.ToCharArray();
        Blank(text, 0, document.Start);
        Blank(text, document.End, text.Length);
        foreach (var block in blocks)
        {
            Blank(text, block.Start, block.End);
        }

        var findings = new DiagnosticBag();
        if (YamlDataReader.ReadForeign(new SourceText(source.Path, new string(text)), findings) is DataMap map && !findings.HasErrors)
        {
            return new ConnectorBase(source, document, blocks, map);
        }

        foreach (var finding in findings.ToSortedArray())
        {
            diagnostics.Report(
                TeleportDiagnostics.BaseConnector,
                finding.Location is { } at ? new SourceLocation(source, at.Span) : null,
                $"the connector in `{source.Path}` cannot be read: {finding.Message}",
                "write it as plain YAML, without anchors, aliases and tags");
        }

        return null;
    }

    private static void Blank(char[] text, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            text[i] = text[i] is '\n' or '\r' ? text[i] : ' ';
        }
    }

    private static List<TextSpan> DocumentsOf(string text)
    {
        var documents = new List<TextSpan>();
        var start = 0;
        foreach (var line in LinesOf(text, new TextSpan(0, text.Length)))
        {
            if (DocumentMark().IsMatch(text.AsSpan(line.Start, line.Length)))
            {
                documents.Add(new TextSpan(start, line.Start - start));
                start = line.End;
            }
        }

        documents.Add(new TextSpan(start, text.Length - start));
        return documents;
    }

    private static List<TextSpan>? BlocksIn(SourceText source, TextSpan document, DiagnosticBag diagnostics)
    {
        var blocks = new List<TextSpan>();
        TextSpan? open = null;
        foreach (var line in LinesOf(source.Text, document))
        {
            var words = source.Text.AsSpan(line.Start, line.Length).Trim();
            var isBegin = words.Equals(Begin, StringComparison.Ordinal);
            if (!isBegin && !words.Equals(End, StringComparison.Ordinal))
            {
                continue;
            }

            if (isBegin != open is null)
            {
                Damaged(line);
                return null;
            }

            if (open is { } begin)
            {
                blocks.Add(TextSpan.Between(begin, line));
            }

            open = isBegin ? line : null;
        }

        if (open is { } last)
        {
            Damaged(last);
            return null;
        }

        return blocks;

        void Damaged(TextSpan line)
            => diagnostics.Report(
                TeleportDiagnostics.BaseMarkers,
                new SourceLocation(source, new TextSpan(line.Start, source.Text.AsSpan(line.Start, line.Length).TrimEnd().Length)),
                "the marks around what an earlier build put here do not go together",
                $"rows that policyc wrote stand between `{Begin}` and `{End}`: restore the marks, or remove the rows with both of them");
    }

    private static IEnumerable<TextSpan> LinesOf(string text, TextSpan range)
    {
        for (var start = range.Start; start < range.End;)
        {
            var feed = text.IndexOf('\n', start, range.End - start);
            var end = feed < 0 ? range.End : feed + 1;
            yield return new TextSpan(start, end - start);
            start = end;
        }
    }

    [GeneratedRegex("""^[ ]*["']?kind["']?[ ]*:[ ]*["']?(?:github|TeleportGithubConnector)\b""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex ConnectorKind();

    [GeneratedRegex(@"^(?:---|\.\.\.)(?:[ \t\r\n]|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex DocumentMark();
}
