using System.Text.RegularExpressions;
using PolicyLang.Data;
using PolicyLang.Linting.Artefacts.Terraform;

namespace PolicyLang.Linting.Artefacts.Cloudflare;

/// <summary>Whether Terraform asks how long lists are before it makes a rule. Whatever looks like it counts, of whichever list.</summary>
internal static partial class ListLengths
{
    private const string Length = "length(";
    private static readonly string[] Repetitions = ["for_each", "count"];

    /// <summary>Whether a rule is only made where some list holds an item, as far as <c>for_each</c> or <c>count</c> and the local values behind them say it.</summary>
    public static bool Decide(LintedGatewayRule rule, TerraformResources terraform)
    {
        var pending = new Stack<string>(Repetitions.Select(rule.Body.Get).OfType<DataNode>().Select(node => node.Location.Text));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (pending.TryPop(out var text))
        {
            if (AsksForItem(text))
            {
                return true;
            }

            foreach (var name in LocalName().Matches(text).Select(match => match.Groups["name"].Value).Where(seen.Add))
            {
                foreach (var value in terraform.Locals[(rule.Folder, name)])
                {
                    pending.Push(value.Location.Text);
                }
            }
        }

        return false;
    }

    /// <summary>Whether variables or resources of a file are refused by the length of a list.</summary>
    public static bool AreDemanded(ArtefactFile file)
    {
        var pending = new Stack<DataNode>(TerraformResources.IsTerraform(file.Source.Path) ? file.Documents : []);
        while (pending.TryPop(out var node))
        {
            foreach (var entry in node is DataMap map ? map.Entries : [])
            {
                if (entry.Key is "validation" or "precondition" && TerraformData.Blocks(entry.Value).Any(block => block.Location.Text.Contains(Length, StringComparison.Ordinal)))
                {
                    return true;
                }

                pending.Push(entry.Value);
            }

            foreach (var item in node is DataList list ? list.Items : [])
            {
                pending.Push(item);
            }
        }

        return false;
    }

    // The condition of a `for`, or of `… ? … : …`.
    private static bool AsksForItem(string text)
        => (If().Match(text) is { Success: true } word && IsAboutItems(text[word.Index..])) || (text.LastIndexOf('?') is > 0 and var mark && IsAboutItems(text[..mark]));

    private static bool IsAboutItems(string text) => text.Contains(Length, StringComparison.Ordinal) || NotEmptyList().IsMatch(text);

    [GeneratedRegex(@"\bif\b", RegexOptions.CultureInvariant)]
    private static partial Regex If();

    [GeneratedRegex(@"!=\s{0,9}\[\s{0,9}\]", RegexOptions.CultureInvariant)]
    private static partial Regex NotEmptyList();

    [GeneratedRegex(@"\blocal\.(?<name>[\w-]+)", RegexOptions.CultureInvariant)]
    private static partial Regex LocalName();
}
