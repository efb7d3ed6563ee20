using System.Collections.Immutable;
using System.Text.Json;

namespace PolicyLang.Projects.Outputs;

/// <summary>
/// What a build does after its point of no return. The journal is written when all new files are staged, by one rename; from then on the build can
/// be finished by anybody. Removals come first, so that a file can become a folder and a spelling can change in case only. The manifest is the last move.
/// </summary>
/// <param name="Removals">Paths to delete.</param>
/// <param name="Moves">Paths to put in place; the new file of the move at index <c>i</c> waits under <see cref="StagedName"/>.</param>
internal sealed record OutputJournal(ImmutableArray<string> Removals, ImmutableArray<string> Moves)
{
    private const int Format = 1;

    /// <summary>Where the new file of a move waits.</summary>
    public static string StagedName(int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{OutputPaths.Staging}/new-{index}");

    /// <summary>The bytes of the journal.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            Write(json, "removals", Removals);
            Write(json, "moves", Moves);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Reads a journal, or returns nothing when the bytes are none.</summary>
    public static OutputJournal? Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            if (root.GetProperty("format").GetInt32() != Format)
            {
                return null;
            }

            var journal = new OutputJournal(Read(root.GetProperty("removals")), Read(root.GetProperty("moves")));
            return journal.Removals.All(IsOutput) && journal.Moves.All(path => IsOutput(path) || string.Equals(path, OutputManifest.FileName, StringComparison.Ordinal)) ? journal : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static bool IsOutput(string path) => OutputPaths.FindProblem(path) is null;

    private static void Write(Utf8JsonWriter json, string name, ImmutableArray<string> paths)
    {
        json.WriteStartArray(name);
        foreach (var path in paths)
        {
            json.WriteStringValue(path);
        }

        json.WriteEndArray();
    }

    private static ImmutableArray<string> Read(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString() ?? throw new FormatException())];
}
