using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PolicyLang.Tests.Targets.Kubernetes;

/// <summary>
/// Reads generated YAML by the events of a YAML parser. A value that is not in double quotes is an error, for no reader may have to guess
/// its type; so are anchors, tags and repeated keys.
/// </summary>
internal static class YamlDocuments
{
    public static JsonObject[] Read(string text)
    {
        using var reader = new StringReader(text);
        var parser = new Parser(reader);
        var documents = new List<JsonObject>();
        parser.Consume<StreamStart>();
        while (!parser.TryConsume<StreamEnd>(out _))
        {
            parser.Consume<DocumentStart>();
            documents.Add((JsonObject)Node(parser));
            parser.Consume<DocumentEnd>();
        }

        return [.. documents];
    }

    private static JsonNode Node(Parser parser)
    {
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return scalar.Style == ScalarStyle.DoubleQuoted
                ? JsonValue.Create(scalar.Value)
                : throw new InvalidOperationException($"`{scalar.Value}` is not in double quotes");
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var list = new JsonArray();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                list.Add(Node(parser));
            }

            return list;
        }

        parser.Consume<MappingStart>();
        var map = new JsonObject();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            map.Add(parser.Consume<Scalar>().Value, Node(parser));
        }

        return map;
    }
}
