using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Schema;
using PolicyLang.Targets.Tailscale.HuJson;
using PolicyLang.Tests.Targets.Teleport;

namespace PolicyLang.Tests.EndToEnd;

/// <summary>
/// Which schema describes which file that policyc writes. The validator counts validations by the hour, so documents are gathered and every schema is used once,
/// on all of its documents as one list.
/// </summary>
internal sealed class OutputSchemas
{
    private static readonly (Regex Path, string Schema, Func<string, IEnumerable<JToken>> Read)[] s_kinds =
    [
        (new Regex(@"(^|/)policyc\.manifest\.json$"), "policyc.manifest", ReadJson),
        (new Regex(@"(^|/)gateway-rules\.json$"), "cloudflare-gateway-rules", ReadJson),
        (new Regex(@"(^|/)gateway-lists\.json$"), "cloudflare-gateway-lists", ReadJson),
        (new Regex(@"(^|/)gateway\.tf\.json$"), "cloudflare-terraform", ReadJson),
        (new Regex(@"\.hujson$"), "tailscale-policy", ReadHuJson),
        (new Regex(@"(^|/)kustomization\.yaml$"), "kustomization", TeleportDocuments.Read),
        (new Regex(@"(^|/)(marker|cluster|applier/applier|namespaces/[a-z0-9-]+)\.yaml$"), "kubernetes-rbac", TeleportDocuments.Read),
        (new Regex(@"(^|/)(00-roles|10-bots|20-connector|github)\.yaml$"), "teleport-resources", TeleportDocuments.Read),
    ];

    private readonly SortedDictionary<string, List<(string Origin, JToken Document)>> _documents = new(StringComparer.Ordinal);

    /// <summary>How many documents were gathered, by schema.</summary>
    public IReadOnlyDictionary<string, int> Counts => _documents.ToDictionary(d => d.Key, d => d.Value.Count, StringComparer.Ordinal);

    /// <summary>The schema of a file, or nothing.</summary>
    public static string? SchemaOf(string path) => Array.Find(s_kinds, kind => kind.Path.IsMatch(path)).Schema;

    /// <summary>Gathers a file.</summary>
    public void Add(string path, string text)
    {
        var (_, schema, read) = Array.Find(s_kinds, kind => kind.Path.IsMatch(path));
        if (schema is null)
        {
            throw new InvalidOperationException($"no schema describes `{path}`");
        }

        foreach (var document in read(text))
        {
            Add(schema, path, document);
        }
    }

    /// <summary>Gathers a document.</summary>
    public void Add(string schema, string origin, JToken document)
    {
        if (!_documents.TryGetValue(schema, out var list))
        {
            _documents.Add(schema, list = []);
        }

        list.Add((origin, document));
    }

    /// <summary>Validates everything that was gathered.</summary>
    /// <returns>What is wrong, with the file it is wrong in.</returns>
    public List<string> Validate()
    {
        var problems = new List<string>();
        foreach (var (schema, documents) in _documents)
        {
            var list = new JSchema { Type = JSchemaType.Array, Items = { Schema(schema) } };
            new JArray(documents.Select(d => d.Document)).IsValid(list, out IList<ValidationError> errors);
            foreach (var error in errors)
            {
                var index = int.Parse(error.Path.Split('[', ']')[1], System.Globalization.CultureInfo.InvariantCulture);
                problems.Add($"{documents[index].Origin}: {error.Path}: {error.Message} ({schema})");
            }
        }

        return problems;
    }

    /// <summary>Reads JSON without changing anything in it: dates stay texts, and no key may stand twice.</summary>
    public static IEnumerable<JToken> ReadJson(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None };
        return [JToken.Load(reader, new JsonLoadSettings { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error })];
    }

    private static IEnumerable<JToken> ReadHuJson(string text)
        => ReadJson(HuJsonStandard.ToJson(HuJsonParser.Parse(text)));

    private static JSchema Schema(string name) => JSchema.Parse(Repository.Read("schemas", name + ".schema.json"));
}
