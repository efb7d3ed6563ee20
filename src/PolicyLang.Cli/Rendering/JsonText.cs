using System.Text;
using System.Text.Json;

namespace PolicyLang.Cli.Rendering;

/// <summary>What the JSON documents of several commands share.</summary>
internal static class JsonText
{
    private const int SchemaVersion = 1;

    /// <summary>Writes an object that begins with the version of its schema.</summary>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = TestJson.Open(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", SchemaVersion);
            write(json);
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }

    /// <summary>Writes a list of texts.</summary>
    public static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(TestJson.WellFormed(text));
        }

        json.WriteEndArray();
    }
}
