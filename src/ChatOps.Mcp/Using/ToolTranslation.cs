using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatOps.Outside;
using ChatOps.Rendering;
using ChatOps.Tools;
using ModelContextProtocol.Protocol;

namespace ChatOps.Mcp.Using;

/// <summary>A server's tool as one of the gate's: its definition made from the server's, and arguments in the form that the server wants.</summary>
internal static partial class ToolTranslation
{
    private const int MaxName = 64;
    private const int MaxParameterDescription = 300;

    /// <summary>The name that a tool has here; null when it has none that is sound.</summary>
    public static string? NameOf(string server, string tool) =>
        tool.Length > 0 && $"{IOutsideTools.Prefix}{server}_{Unsound().Replace(tool.ToLowerInvariant(), "_")}" is { Length: <= MaxName } name ? name : null;

    /// <summary>Everything that the server says of a tool, readable.</summary>
    public static string DefinitionOf(Tool tool) => JsonSerializer.Serialize(
        new { name = tool.Name, title = tool.Title, description = tool.Description, inputSchema = tool.InputSchema }, Readable);

    /// <summary>What stands for a definition.</summary>
    public static string HashOf(string definition) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(definition)));

    /// <summary>The gate's definition of a tool; null and why when it cannot have one.</summary>
    public static ToolManifest? ManifestOf(string server, string name, Tool tool, out string? problem)
    {
        problem = null;
        var schema = tool.InputSchema;
        var properties = schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var p) && p.ValueKind == JsonValueKind.Object ? [.. p.EnumerateObject()] : new List<JsonProperty>();
        if (schema.ValueKind != JsonValueKind.Object) problem = "its schema is no object.";
        else if (properties.Count > OutsideBounds.Parameters) problem = $"it has more than {OutsideBounds.Parameters} parameters.";
        else if (properties.Exists(x => !ParameterName().IsMatch(x.Name))) problem = "a parameter's name is not sound.";
        if (problem is not null) return null;
        var required = schema.TryGetProperty("required", out var r) && r.ValueKind == JsonValueKind.Array
            ? r.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!).ToHashSet(StringComparer.Ordinal) : [];
        var summary = $"[{server}] {Line(tool.Description ?? tool.Title ?? tool.Name, OutsideBounds.DescriptionCharacters)}";
        return new ToolManifest(name, IOutsideTools.Prefix + server, summary, [name], [.. properties.Select(x => Parameter(x.Name, schema, x.Value, required.Contains(x.Name)))]) { ReadsOutside = true };
    }

    /// <summary>The arguments as the server's schema types them.</summary>
    public static Dictionary<string, JsonElement> ArgumentsOf(OutsideTool tool, ToolArguments arguments) => ArgumentsOf(tool.Manifest, SchemaOf(tool), arguments);

    /// <summary>What the server's schema has against the arguments; null for nothing.</summary>
    public static string? Problem(OutsideTool tool, ToolArguments arguments)
    {
        var schema = SchemaOf(tool);
        return ArgumentCheck.Problem(schema, JsonSerializer.SerializeToElement(ArgumentsOf(tool.Manifest, schema, arguments)));
    }

    private static Dictionary<string, JsonElement> ArgumentsOf(ToolManifest manifest, JsonElement schema, ToolArguments arguments)
    {
        var result = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var parameter in manifest.Parameters)
            if (arguments.Text(parameter.Name) is { } text) result[parameter.Name] = Value(parameter, schema, text);
        return result;
    }

    // Where a text and something else are both possible, 5 is the number, unless only the text "5" is what the schema wants.
    private static JsonElement Value(ToolParameter parameter, JsonElement schema, string text)
    {
        var plain = JsonSerializer.SerializeToElement(text);
        if (parameter is { Kind: ParameterKind.Text, JsonSchema: null } or { Kind: ParameterKind.Choice }) return plain;
        try
        {
            using var document = JsonDocument.Parse(text);
            var read = document.RootElement.Clone();
            var part = schema.GetProperty("properties").GetProperty(parameter.Name);
            return ArgumentCheck.Problem(schema, part, read) is not null && ArgumentCheck.Problem(schema, part, plain) is null ? plain : read;
        }
        catch (JsonException)
        {
            return plain;
        }
    }

    private static JsonElement SchemaOf(OutsideTool tool)
    {
        using var definition = JsonDocument.Parse(tool.Definition);
        return definition.RootElement.GetProperty("inputSchema").Clone();
    }

    private static ToolParameter Parameter(string name, JsonElement root, JsonElement schema, bool required)
    {
        var isObject = schema.ValueKind == JsonValueKind.Object;
        var type = isObject && schema.TryGetProperty("type", out var t) && t.ValueKind == JsonValueKind.String ? t.GetString() : null;
        var description = Line(isObject && schema.TryGetProperty("description", out var d) && d.ValueKind == JsonValueKind.String ? d.GetString()! : name, MaxParameterDescription);
        var choices = type == "string" && schema.TryGetProperty("enum", out var e) && e.ValueKind == JsonValueKind.Array && e.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String)
            ? e.EnumerateArray().Select(v => v.GetString()!).ToList() : null;
        return type switch
        {
            "string" when choices is { Count: > 0 } => new(name, ParameterKind.Choice, description, required, Choices: choices),
            "string" => new(name, ParameterKind.Text, description, required),
            "integer" => new(name, ParameterKind.Number, description, required),
            "boolean" => new(name, ParameterKind.Flag, description, required),
            _ => new(name, ParameterKind.Text, description, required) { JsonSchema = isObject ? SchemaReference.WrittenOut(root, schema) : "{}" },
        };
    }

    private static string Line(string text, int most)
    {
        var line = InertText.Of(text.ReplaceLineEndings(" ")).Trim();
        return line.Length <= most ? line : TextSplitter.Split(line, most, static t => t.Length, fenced: false)[0] + "…";
    }

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [GeneratedRegex("[^a-z0-9_]", RegexOptions.CultureInvariant)]
    private static partial Regex Unsound();

    [GeneratedRegex("^[A-Za-z0-9_.-]{1,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex ParameterName();
}
