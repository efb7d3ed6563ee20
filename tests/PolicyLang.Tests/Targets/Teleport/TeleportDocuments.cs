using Newtonsoft.Json.Linq;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PolicyLang.Tests.Targets.Teleport;

/// <summary>Reads YAML documents as JSON.</summary>
internal static class TeleportDocuments
{
    public static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PolicyLang.sln")))
            {
                folder = folder.Parent;
            }

            return folder?.FullName ?? throw new InvalidOperationException("the repository's root was not found");
        }
    }

    public static List<JObject> Read(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return [.. stream.Documents.Select(d => (JObject)Convert(d.RootNode))];
    }

    public static List<JObject> ReadAll(IEnumerable<KeyValuePair<string, string>> files) => [.. files.SelectMany(f => Read(f.Value))];

    private static JToken Convert(YamlNode node) => node switch
    {
        YamlMappingNode map => new JObject(map.Children.Select(c => new JProperty(((YamlScalarNode)c.Key).Value ?? "", Convert(c.Value)))),
        YamlSequenceNode list => new JArray(list.Children.Select(Convert)),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" } => new JValue(true),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "false" } => new JValue(false),
        YamlScalarNode { Style: ScalarStyle.DoubleQuoted } text => new JValue(text.Value),
        _ => throw new InvalidOperationException($"unexpected YAML at {node.Start}"),
    };
}
