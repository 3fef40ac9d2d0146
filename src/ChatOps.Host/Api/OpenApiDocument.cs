using System.Text.Json;
using ChatOps.Tools;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Host.Api;

/// <summary><c>/openapi.json</c>: OpenAPI 3.1, made from the tools' definitions.</summary>
/// <param name="catalogue">The tools.</param>
internal sealed class OpenApiDocument(IToolCatalogue catalogue)
{
    private static readonly string Version = typeof(OpenApiDocument).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>Answers with it.</summary>
    public IResult Get(HttpContext context) => new JsonAnswer(writer => Write(writer, catalogue.All));

    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<ToolManifest> manifests)
    {
        writer.WriteStartObject();
        writer.WriteString("openapi", "3.1.0");
        writer.WriteStartObject("info");
        writer.WriteString("title", "ChatOps");
        writer.WriteString("version", Version);
        writer.WriteString("description",
            "Every tool is called with POST /api/tools/{name}. HTTP 200 carries the gate's word in 'status': a refusal or a wait for approval is an answer, not an error.");
        writer.WriteEndObject();
        writer.WriteStartArray("security");
        writer.WriteStartObject();
        writer.WriteStartArray("token");
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();

        writer.WriteStartObject("paths");
        foreach (var manifest in manifests) WriteTool(writer, manifest);
        foreach (var (path, method, id, summary, parameters) in OpenApiPaths.Other) WritePath(writer, path, method, id, summary, parameters);
        writer.WriteEndObject();
        WriteComponents(writer);
        writer.WriteEndObject();
    }

    private static void WriteTool(Utf8JsonWriter writer, ToolManifest manifest)
    {
        writer.WriteStartObject($"/api/tools/{manifest.Name}");
        writer.WriteStartObject("post");
        writer.WriteString("operationId", manifest.Name);
        writer.WriteString("summary", manifest.Summary);
        writer.WriteStartArray("tags");
        writer.WriteStringValue(manifest.Group);
        writer.WriteEndArray();
        writer.WriteStartArray("parameters");
        WriteParameter(writer, "stream", "query", "true: JSON lines with output and progress while it runs, the outcome last.");
        writer.WriteEndArray();

        writer.WriteStartObject("requestBody");
        writer.WriteStartObject("content");
        writer.WriteStartObject("application/json");
        writer.WriteStartObject("schema");
        writer.WriteString("type", "object");
        writer.WriteBoolean("additionalProperties", false);
        writer.WriteStartObject("properties");
        writer.WritePropertyName("arguments");
        ToolJson.WriteSchema(writer, manifest);
        WriteText(writer, "idempotencyKey", ToolCallBody.MaxKeyLength, "The same key of the same person answers with the first invocation.");
        WriteText(writer, "why", ToolCallBody.MaxWhyLength, "The reason, shown to whoever is asked.");
        writer.WriteEndObject();
        for (var i = 0; i < 4; i++) writer.WriteEndObject();

        WriteResponses(writer, "#/components/schemas/Outcome");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WritePath(
        Utf8JsonWriter writer, string path, string method, string id, string summary, IReadOnlyList<(string Name, string In, string Description)> parameters)
    {
        writer.WriteStartObject(path);
        writer.WriteStartObject(method);
        writer.WriteString("operationId", id);
        writer.WriteString("summary", summary);
        writer.WriteStartArray("parameters");
        foreach (var (name, place, description) in parameters) WriteParameter(writer, name, place, description);
        writer.WriteEndArray();
        WriteResponses(writer, null);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteResponses(Utf8JsonWriter writer, string? schema)
    {
        writer.WriteStartObject("responses");
        writer.WriteStartObject("200");
        writer.WriteString("description", "The answer.");
        if (schema is not null) WriteContent(writer, "application/json", schema);
        writer.WriteEndObject();
        writer.WriteStartObject("default");
        writer.WriteString("description", "400 malformed, 401 no valid token, 404 unknown, 413 too large, 429 too many calls or wrong tokens (Retry-After), 503 store unavailable.");
        WriteContent(writer, "application/problem+json", "#/components/schemas/Problem");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteContent(Utf8JsonWriter writer, string type, string schema)
    {
        writer.WriteStartObject("content");
        writer.WriteStartObject(type);
        writer.WriteStartObject("schema");
        writer.WriteString("$ref", schema);
        for (var i = 0; i < 3; i++) writer.WriteEndObject();
    }

    private static void WriteParameter(Utf8JsonWriter writer, string name, string place, string description)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteString("in", place);
        writer.WriteBoolean("required", place == "path");
        writer.WriteString("description", description);
        writer.WriteStartObject("schema");
        writer.WriteString("type", "string");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, int maxLength, string description)
    {
        writer.WriteStartObject(name);
        writer.WriteString("type", "string");
        writer.WriteNumber("minLength", 1);
        writer.WriteNumber("maxLength", maxLength);
        writer.WriteString("description", description);
        writer.WriteEndObject();
    }

    private static void WriteComponents(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("components");
        writer.WriteStartObject("securitySchemes");
        writer.WriteStartObject("token");
        writer.WriteString("type", "http");
        writer.WriteString("scheme", "bearer");
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WritePropertyName("schemas");
        writer.WriteRawValue(OpenApiPaths.Schemas);
        writer.WriteEndObject();
    }
}
