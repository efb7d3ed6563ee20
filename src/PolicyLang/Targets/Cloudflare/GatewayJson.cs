using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PolicyLang.Targets.Cloudflare;

/// <summary>JSON files: two spaces of indentation, line feeds, a final line feed.</summary>
internal static class GatewayJson
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">Its path below the output root.</param>
    /// <param name="write">Writes its only value.</param>
    public static OutputFile File(string path, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();

        // The files never stand inside HTML, so only what JSON itself needs is escaped and names stay readable.
        var options = new JsonWriterOptions { Indented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            write(writer);
        }

        buffer.Write("\n"u8);
        return new OutputFile(path, buffer.WrittenMemory);
    }

    /// <summary>Writes a property that is a list of texts.</summary>
    public static void WriteTexts(this Utf8JsonWriter writer, string property, params ReadOnlySpan<string> texts)
    {
        writer.WriteStartArray(property);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    /// <summary>The name of an action in the API and the provider.</summary>
    public static string NameOf(GatewayAction action) => action switch
    {
        GatewayAction.Allow => "allow",
        GatewayAction.Block => "block",
        _ => "off",
    };

    /// <summary>The filter that a rule belongs to: Do Not Inspect is about HTTP, the others about connections.</summary>
    public static string FilterOf(GatewayAction action) => action == GatewayAction.NoInspect ? "http" : "l4";
}
