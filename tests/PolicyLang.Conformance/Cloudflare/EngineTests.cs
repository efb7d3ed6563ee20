using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PolicyLang.Targets.Cloudflare.Reading.Expressions;
using PolicyLang.Tests.Oracle;

namespace PolicyLang.Conformance.Cloudflare;

/// <summary>Runs the inputs of the engine's own unit tests: verdict, what is left over, kind and place of the error, and the tree.</summary>
internal static partial class EngineTests
{
    private const string HostFunctions = "calls a function that the engine's tests register themselves; no function of Gateway is documented";

    private static readonly FilterScheme Scheme = new(new Dictionary<string, FieldType>
    {
        ["http.host"] = FieldType.Bytes,
        ["http.cookies"] = FieldType.ArrayOf(FieldType.Bytes),
        ["http.headers"] = FieldType.MapOf(FieldType.Bytes),
        ["http.parts"] = FieldType.ArrayOf(FieldType.ArrayOf(FieldType.Bytes)),
        ["http.request.headers.names"] = FieldType.ArrayOf(FieldType.Bytes),
        ["http.request.headers.is_empty"] = FieldType.BoolArray,
        ["ip.addr"] = FieldType.Ip,
        ["ssl"] = FieldType.Bool,
        ["tcp.port"] = FieldType.Int,
        ["tcp.ports"] = FieldType.ArrayOf(FieldType.Int),
        ["t"] = FieldType.Bool,
        ["f"] = FieldType.Bool,
        ["at"] = FieldType.BoolArray,
        ["af"] = FieldType.BoolArray,
        ["aat"] = FieldType.ArrayOf(FieldType.BoolArray),
        ["test"] = FieldType.ArrayOf(FieldType.Bytes),
        ["map"] = FieldType.MapOf(FieldType.Bytes),
        ["x"] = FieldType.Bytes,
        ["x.y.z0"] = FieldType.Bytes,
        ["is_TCP"] = FieldType.Bytes,
    });

    public static ConformanceRow Run()
    {
        var run = new ConformanceRun("cloudflare/wirefilter_engine_tests.json", "verdict, leftover, tree, error");
        foreach (var test in OracleData.Cases("cloudflare", "wirefilter_engine_tests.json"))
        {
            var input = (string)test["input"]!;
            if (CallsFunction().IsMatch(input) || (string?)test["kind"] == "FunctionCallExpr")
            {
                run.Skip(HostFunctions);
                continue;
            }

            var id = $"{(string)test["src"]!} `{input}`";
            if (Compare(test, input) is { } difference)
            {
                run.Fail(id, difference);
            }
            else
            {
                run.Pass();
            }
        }

        return run.ToRow();
    }

    private static string? Compare(JsonObject test, string input)
    {
        var scanner = new FilterScanner(input);
        var limit = Limit().Match((string?)test["error"] ?? "") is { Success: true } match ? int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : FilterParser.MostDepth;
        var result = Parse(test, new FilterParser(Scheme, scanner, mostDepth: limit), scanner);
        if ((string)test["verdict"]! == "ok")
        {
            if (scanner.Error is { } error)
            {
                return $"refused: {error}";
            }

            var rest = input[scanner.Position..];
            if (rest != (string)test["rest"]!)
            {
                return $"left over `{rest}` instead of `{(string)test["rest"]!}`";
            }

            return CompareTree(test, result);
        }

        return scanner.Error is null ? "accepted" : CompareError(test, input, scanner.Error);
    }

    private static object? Parse(JsonObject test, FilterParser parser, FilterScanner scanner)
    {
        var isIndex = ((string)test["src"]!).Contains("index_expr.rs", StringComparison.Ordinal);
        switch ((string)test["kind"]!)
        {
            case "Filter" or "LogicalExpr" when !isIndex:
                return parser.ParseLogical();
            case "ComparisonExpr":
                return parser.ParseComparison();
            case "Filter" or "IndexExpr" or "FieldRef":
                return parser.ParseAccess();
            case "FieldIndex":
                return parser.ParseStep();
            case "IpRange":
                return FilterLiterals.TryIpRange(scanner, out var range) ? range : null;
            case "i64":
                return FilterLiterals.TryInt(scanner, out var number) ? number : null;
            case "IntRange":
                return FilterLiterals.TryIntRange(scanner, out var numbers) ? numbers : null;
            case "BytesExpr":
                return FilterLiterals.TryBytes(scanner, out var bytes) ? bytes : null;
            case "ListName":
                return FilterLiterals.TryListName(scanner, FilterDialect.Engine, out var name) ? name : null;
            case "Regex":
                return FilterLiterals.TryRegex(scanner, out var regex) ? regex : null;
            default:
                return FilterLiterals.TryWildcard(scanner, isStrict: true, out var wildcard) ? wildcard : null;
        }
    }

    private static string? CompareTree(JsonObject test, object? result)
    {
        if (test["ast_json"] is { } expected)
        {
            var actual = result switch
            {
                FilterNode node => FilterJson.Print(node),
                WildcardComparison wildcard => FilterJson.Print(wildcard.Source),
                _ => null,
            };
            return JsonNode.DeepEquals(expected, actual) ? null : $"tree {actual?.ToJsonString()} instead of {expected.ToJsonString()}";
        }

        if (test["ast_json_raw"] is { } raw)
        {
            var source = (result is ComparisonNode comparison ? comparison.Comparison : result) switch
            {
                MatchesComparison matches => matches.Source,
                WildcardComparison wildcard => ByteStrings.ToText(wildcard.Source.Bytes),
                _ => null,
            };
            var written = RawText().Match((string)raw!).Groups["text"].Value;
            return source == written ? null : $"pattern `{source}` instead of `{written}`";
        }

        return null;
    }

    private static string? CompareError(JsonObject test, string input, FilterError error)
    {
        var kind = ErrorKind().Match((string)test["error"]!).Groups[1].Value;

        // The engine has one word for a name that is no field, and one for a name that is neither a field nor a function.
        kind = kind == "UnknownField" ? nameof(FilterErrorKind.UnknownIdentifier) : kind;
        if (kind != error.Kind.ToString())
        {
            return $"error {error} instead of {kind}";
        }

        var span = (string)test["error_span"]!;
        var actual = input.Substring(error.Start, error.Length);
        return span.Length == 0 || span == actual ? null : $"error at `{actual}` instead of `{span}`";
    }

    [GeneratedRegex(@"\b(echo|lowercase|lower|concat|len|filter|regex_replace|array2?) ?\(")]
    private static partial Regex CallsFunction();

    [GeneratedRegex(@"NestingLimitExceeded \{ limit: (\d+) \}")]
    private static partial Regex Limit();

    [GeneratedRegex(@"^LexErrorKind::(\w+)")]
    private static partial Regex ErrorKind();

    [GeneratedRegex("r(?<hashes>#*)\"(?<text>.*)\"\\k<hashes>", RegexOptions.Singleline)]
    private static partial Regex RawText();
}
