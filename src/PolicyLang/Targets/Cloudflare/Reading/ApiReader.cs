namespace PolicyLang.Targets.Cloudflare.Reading;

/// <summary>
/// Reads what the API takes and gives: a rule or a list, arrays of them, the API's answers around them, and an object of lists by their identifier.
/// </summary>
internal sealed class ApiReader(ArtefactScope scope)
{
    private static readonly HashSet<string> Envelope = new(StringComparer.Ordinal) { "success", "errors", "messages", "result_info" };

    /// <summary>Reads a file.</summary>
    public void Read(JsonItem root)
    {
        if (root.Kind == JsonItemKind.Map && root.Members.FirstOrDefault(member => member.Name == "result") is { } result)
        {
            foreach (var member in root.Members.Where(member => member.Name != "result" && !Envelope.Contains(member.Name)))
            {
                scope.ReportNotModelled($"`{member.Name}` beside `result` is not modelled", member.Offset);
                scope.Log.IsIncomplete = true;
            }

            CheckIsWhole(root);
            ReadEntries(result.Value);
        }
        else
        {
            ReadEntries(root);
        }
    }

    // An answer may be one page of several.
    private void CheckIsWhole(JsonItem root)
    {
        if (root.Find("result_info") is { } info && info.Find("total_pages") is { } pages && pages.Text != "1")
        {
            scope.ReportNotModelled("this is one page of an answer of several", info.Offset);
            scope.Log.IsIncomplete = true;
        }
    }

    private void ReadEntries(JsonItem item)
    {
        switch (item.Kind)
        {
            case JsonItemKind.List:
                foreach (var entry in item.Items)
                {
                    ReadEntry(entry);
                }

                break;
            case JsonItemKind.Map when IsRule(item) || IsList(item):
                ReadEntry(item);
                break;
            case JsonItemKind.Map when item.Members.All(member => IsList(member.Value)):
                foreach (var member in item.Members)
                {
                    new ListReader(scope, isTerraform: false).Read(member.Value, KeyOf(member.Name));
                }

                break;
            default:
                ReportForeign(item);
                break;
        }
    }

    private void ReadEntry(JsonItem entry)
    {
        if (IsRule(entry))
        {
            new RuleReader(scope, PrecedenceScale.Account, isTerraform: false).Read(entry, "unnamed");
        }
        else if (IsList(entry))
        {
            new ListReader(scope, isTerraform: false).Read(entry, KeyOf(scope.TextOf(entry.Find("id")) ?? ""));
        }
        else
        {
            ReportForeign(entry);
        }
    }

    private void ReportForeign(JsonItem item)
    {
        scope.ReportNotModelled("this is neither a Gateway rule nor a list", item.Offset);
        scope.Log.IsIncomplete = true;
    }

    private static bool IsRule(JsonItem item) => item.Kind == JsonItemKind.Map && item.Find("action") is not null;

    private static bool IsList(JsonItem item) => item.Kind == JsonItemKind.Map && item.Find("action") is null && item.Find("type") is { Kind: JsonItemKind.Text } && item.Find("name") is not null;

    private static string KeyOf(string id) => id.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
}
