using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using PolicyLang.Data;
using PolicyLang.Semantics;
using PolicyLang.Targets;

namespace PolicyLang.Projects;

/// <summary>The JSON Schema (draft 7) of <c>policyc.yaml</c>, for editors, made from the definitions that the reader itself uses.</summary>
public static class ProjectFileSchema
{
    private const string NamePattern = "^[a-z](-?[a-z0-9])*$";

    /// <summary>The schema: the same bytes for the same targets.</summary>
    /// <param name="targets">The targets whose settings the project file may hold.</param>
    public static string ToJsonSchema(ImmutableArray<ITarget> targets)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "http://json-schema.org/draft-07/schema#");
            json.WriteString("title", ProjectFileDefinitions.FileName);
            json.WriteString("description", "The project file of policyc");
            WriteBlockBody(json, ProjectFileDefinitions.File(targets), (setting, writer) => WriteNamed(setting, writer, targets));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteBlockBody(Utf8JsonWriter json, SettingSchema schema, Func<SettingDefinition, Utf8JsonWriter, bool>? special = null)
    {
        json.WriteString("type", "object");
        json.WriteBoolean("additionalProperties", false);
        json.WriteStartObject("properties");
        foreach (var setting in schema.Settings)
        {
            json.WriteStartObject(setting.Name);
            json.WriteString("description", setting.Default is { } text ? $"{setting.Description} (default: {text})" : setting.Description);
            if (special is null || !special(setting, json))
            {
                WriteValue(json, setting);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        WriteStrings(json, "required", [.. schema.Settings.Where(s => s.IsRequired).Select(s => s.Name)]);
    }

    private static void WriteValue(Utf8JsonWriter json, SettingDefinition setting)
    {
        switch (setting.Kind)
        {
            case SettingKind.Integer:
                json.WriteString("type", "integer");
                if (setting.Range is var (least, greatest))
                {
                    json.WriteNumber("minimum", least);
                    json.WriteNumber("maximum", greatest);
                }

                break;
            case SettingKind.Flag:
                json.WriteString("type", "boolean");
                break;
            case SettingKind.Text:
                WriteText(json, setting);
                break;
            case SettingKind.TextList:
                WriteOneOrMany(json, () => WriteText(json, setting));
                break;
            case SettingKind.TextMap:
                json.WriteString("type", "object");
                WriteTextMap(json, setting);
                break;
            case SettingKind.Block:
                WriteBlockBody(json, setting.Children ?? SettingSchema.Empty);
                break;
            case SettingKind.BlockMap:
                json.WriteString("type", "object");
                json.WriteStartObject("additionalProperties");
                WriteBlockBody(json, setting.Children ?? SettingSchema.Empty);
                json.WriteEndObject();
                break;
            case SettingKind.BlockList:
                WriteOneOrMany(json, () => WriteBlockBody(json, setting.Children ?? SettingSchema.Empty));
                break;
        }
    }

    private static void WriteTextMap(Utf8JsonWriter json, SettingDefinition setting)
    {
        if (setting.Keys.IsEmpty)
        {
            json.WriteStartObject("additionalProperties");
            WriteText(json, setting);
            json.WriteEndObject();
            return;
        }

        json.WriteBoolean("additionalProperties", false);
        json.WriteStartObject("properties");
        foreach (var (name, description) in setting.Keys)
        {
            json.WriteStartObject(name);
            json.WriteString("description", description);
            WriteText(json, setting);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    // A text may stand without quotes when it looks like a number or a flag, so editors must not object to that.
    private static void WriteText(Utf8JsonWriter json, SettingDefinition setting)
    {
        if (setting.Choices.IsEmpty)
        {
            WriteStrings(json, "type", ["string", "number", "boolean"]);
        }
        else
        {
            WriteStrings(json, "enum", setting.Choices);
        }
    }

    private static void WriteOneOrMany(Utf8JsonWriter json, Action one)
    {
        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        one();
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        one();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static bool WriteNamed(SettingDefinition setting, Utf8JsonWriter json, ImmutableArray<ITarget> targets)
    {
        if (setting.Name is "paths" or "identity_providers")
        {
            WriteNames(json);
        }

        if (setting.Name == "paths")
        {
            WritePaths(json, targets);
            return true;
        }

        return false;
    }

    // What a path takes depends on its kind, which a list of conditions says.
    private static void WritePaths(Utf8JsonWriter json, ImmutableArray<ITarget> targets)
    {
        var kinds = ProjectFileDefinitions.PathKinds(targets);
        json.WriteString("type", "object");
        json.WriteStartObject("additionalProperties");
        json.WriteString("type", "object");
        WriteStrings(json, "required", ["kind"]);
        json.WriteStartObject("properties");
        json.WriteStartObject("kind");
        json.WriteString("description", "the kind of path");
        json.WriteStartArray("enum");
        foreach (var kind in kinds.Keys)
        {
            json.WriteStringValue(kind);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        if (!kinds.IsEmpty)
        {
            json.WriteStartArray("allOf");
            foreach (var kind in kinds.Values)
            {
                WriteKind(json, kind, targets);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteKind(Utf8JsonWriter json, PathKind kind, ImmutableArray<ITarget> targets)
    {
        json.WriteStartObject();
        json.WriteStartObject("if");
        WriteStrings(json, "required", ["kind"]);
        json.WriteStartObject("properties");
        json.WriteStartObject("kind");
        json.WriteString("const", kind.Name);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("then");
        WriteBlockBody(json, ProjectFileDefinitions.PathSchema(kind, targets));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json)
    {
        json.WriteStartObject("propertyNames");
        json.WriteString("pattern", NamePattern);
        json.WriteNumber("maxLength", ReservedNames.MaxLength);
        json.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter json, string key, ImmutableArray<string> texts)
    {
        if (texts.IsEmpty)
        {
            return;
        }

        json.WriteStartArray(key);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
