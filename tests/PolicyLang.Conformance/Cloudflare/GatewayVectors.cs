using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;
using PolicyLang.Tests.Oracle;

namespace PolicyLang.Conformance.Cloudflare;

/// <summary>Runs the Gateway expressions that the real engine was given.</summary>
internal static partial class GatewayVectors
{
    private const string File = "cloudflare/gateway_vectors.jsonl";

    private static readonly string[] Sensitive = [.. OracleData.Read("cloudflare", "nil_not_equal_sensitive.json").AsArray().Select(item => (string)item!)];

    public static IEnumerable<ConformanceRow> Run()
    {
        var verdicts = new ConformanceRun(File, "verdict, place of the error");
        var trees = new ConformanceRun(File, "tree");
        var values = new ConformanceRun(File, "value in 18 contexts");
        var absent = new ConformanceRun("cloudflare/nil_not_equal_sensitive.json", "whether values change when `!=` does not hold of an absent field");
        foreach (var line in OracleData.ReadText("cloudflare", "gateway_vectors.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var vector = JsonNode.Parse(line, documentOptions: new JsonDocumentOptions { MaxDepth = 1000 })!.AsObject();
            var id = $"{(string)vector["id"]!} `{(string)vector["expr"]!}`";
            var expression = (string)vector["expr"]!;
            var node = FilterParser.Parse(expression, FilterContexts.Scheme, FilterDialect.Engine, out var error);
            if ((bool)vector["parses"]! && node is not null)
            {
                verdicts.Pass();
                trees.Expect(id, true, JsonNode.DeepEquals(vector["ast"], FilterJson.Print(node)));
                values.Expect(id, (string)vector["eval"]!, FilterContexts.Evaluate(node));
                if (!Sensitive.Contains(expression))
                {
                    absent.Expect(id, false, Changes(node));
                }
            }
            else if ((bool)vector["parses"]!)
            {
                verdicts.Fail(id, $"refused: {error}");
            }
            else if (node is not null)
            {
                verdicts.Fail(id, "accepted");
            }
            else
            {
                verdicts.Expect(id, Place().Match((string)vector["error"]!).Groups[1].Value, PlaceOf(expression, error!));
            }
        }

        foreach (var expression in Sensitive)
        {
            absent.Expect(expression, true, FilterParser.Parse(expression, FilterContexts.Scheme, FilterDialect.Engine, out _) is { } node && Changes(node));
        }

        return [verdicts.ToRow(), trees.ToRow(), values.ToRow(), absent.ToRow()];
    }

    public static ConformanceRow RunRandom()
    {
        var run = new ConformanceRun("cloudflare/random_vectors.tsv", "value in 18 contexts");
        foreach (var line in OracleData.ReadText("cloudflare", "random_vectors.tsv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#'))
        {
            var parts = line.Split('\t', 3);
            var expression = (string)JsonNode.Parse(parts[2])!;
            var node = FilterParser.Parse(expression, FilterContexts.Scheme, FilterDialect.Engine, out var error);
            run.Expect(expression, parts[0] == "OK" ? parts[1] : "ERR", node is null ? "ERR" : FilterContexts.Evaluate(node));
        }

        return run.ToRow();
    }

    private static bool Changes(FilterNode node) => FilterContexts.Evaluate(node) != FilterContexts.Evaluate(node, absentIsUnequal: false);

    private static string PlaceOf(string expression, FilterError error)
    {
        var leading = expression[..(expression.Length - expression.TrimStart().Length)];
        var before = expression[..error.Start];
        var lineStart = before.LastIndexOf('\n') + 1;
        return $"{before.Count(c => c == '\n') - leading.Count(c => c == '\n') + 1}:{error.Start - lineStart + 1}";
    }

    [GeneratedRegex(@"\((\d+:\d+)\)")]
    private static partial Regex Place();
}
