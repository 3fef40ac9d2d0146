using System.Text.Json;
using ChatOps.Tools;

namespace ChatOps.Host.Api;

/// <summary>A tool's definition as the HTTP API writes it.</summary>
internal static class ToolJson
{
    /// <summary>Writes the object.</summary>
    public static void Write(Utf8JsonWriter writer, ToolManifest manifest)
    {
        writer.WriteStartObject();
        writer.WriteString("name", manifest.Name);
        writer.WriteString("group", manifest.Group);
        writer.WriteString("summary", manifest.Summary);
        writer.WriteString("command", manifest.Commands[0]);
        writer.WritePropertyName("arguments");
        WriteSchema(writer, manifest);
        writer.WriteStartArray("examples");
        foreach (var example in manifest.Examples) writer.WriteStringValue(example);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Writes the JSON schema of a tool's arguments.</summary>
    public static void WriteSchema(Utf8JsonWriter writer, ToolManifest manifest)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "object");
        writer.WriteBoolean("additionalProperties", false);
        writer.WriteStartObject("properties");
        foreach (var parameter in manifest.Parameters.Where(p => !p.Hidden)) WriteParameter(writer, parameter);
        writer.WriteEndObject();
        writer.WriteStartArray("required");
        foreach (var parameter in manifest.Parameters.Where(p => p.Required && p.Default is null)) writer.WriteStringValue(parameter.Name);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary><c>StoreUnavailable</c> → <c>store_unavailable</c>.</summary>
    public static string SnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static void WriteParameter(Utf8JsonWriter writer, ToolParameter parameter)
    {
        writer.WriteStartObject(parameter.Name);
        writer.WriteString("type", parameter.Kind switch
        {
            ParameterKind.Number => "integer",
            ParameterKind.Flag => "boolean",
            _ => "string",
        });
        writer.WriteString("description", parameter.Description);
        if (parameter.Kind == ParameterKind.Duration) writer.WriteString("pattern", "^[0-9]+(ms|s|m|h|d)$");
        if (parameter.Choices is { } choices)
        {
            writer.WriteStartArray("enum");
            foreach (var choice in choices) writer.WriteStringValue(choice);
            writer.WriteEndArray();
        }

        if (parameter.Default is { } value)
        {
            writer.WritePropertyName("default");
            if (parameter.Kind is ParameterKind.Number or ParameterKind.Flag) writer.WriteRawValue(value);
            else writer.WriteStringValue(value);
        }

        writer.WriteEndObject();
    }
}
