using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ChatOps.Configuration;

namespace ChatOps.Tools;

/// <summary>Reads the arguments that a model or a program wrote as JSON: whatever they are, the answer is values or sentences that say what is wrong.</summary>
public static class CallArguments
{
    /// <summary>How many problems are told at once.</summary>
    private const int MaxProblems = 8;

    /// <summary>Reads them.</summary>
    /// <param name="manifest">The tool.</param>
    /// <param name="json">The JSON text.</param>
    /// <param name="values">Values as the gate takes them.</param>
    /// <param name="problem">What is wrong, for whoever wrote them.</param>
    public static bool TryRead(ToolManifest manifest, string json, [NotNullWhen(true)] out IReadOnlyDictionary<string, string>? values, [NotNullWhen(false)] out string? problem)
    {
        values = null;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 32 });
            if (document.RootElement.ValueKind != JsonValueKind.Object) return Wrong("The arguments must be one JSON object.", out problem);
            var read = new Dictionary<string, string>(StringComparer.Ordinal);
            var problems = new List<string>();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                var parameter = manifest.Parameters.FirstOrDefault(p => p.Name == property.Name && !p.Hidden);
                if (parameter is null) problems.Add(Unknown(manifest, property.Name));
                else if (property.Value.ValueKind == JsonValueKind.Null) continue;
                else if (Text(parameter, property.Value) is not { } text) problems.Add($"'{parameter.Name}' must be {Expected(parameter)}, not {Kind(property.Value)}.");
                else if (!read.TryAdd(parameter.Name, text)) problems.Add($"'{parameter.Name}' is given twice.");
            }

            if (problems.Count > 0) return Wrong(string.Join(' ', problems.Take(MaxProblems)), out problem);
            values = read;
            problem = null;
            return true;
        }
        catch (JsonException)
        {
            return Wrong("The arguments are not valid JSON.", out problem);
        }
    }

    private static bool Wrong(string text, out string problem)
    {
        problem = text;
        return false;
    }

    private static string? Text(ToolParameter parameter, JsonElement value) => (parameter, value.ValueKind) switch
    {
        ({ JsonSchema: not null }, JsonValueKind.Array or JsonValueKind.Object) => value.GetRawText(),
        ({ Kind: ParameterKind.Flag }, JsonValueKind.True) => "true",
        ({ Kind: ParameterKind.Flag }, JsonValueKind.False) => "false",
        ({ Kind: ParameterKind.Number }, JsonValueKind.Number) => value.TryGetInt64(out var number) ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : null,
        ({ Repeatable: true }, JsonValueKind.Array) => value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String)
            ? string.Join(',', value.EnumerateArray().Select(v => v.GetString())) : null,
        // A number in the place of a text is what it says: 10 for "10" batches. The gate checks what the text means.
        ({ Kind: not ParameterKind.Flag }, JsonValueKind.Number) => value.GetRawText(),
        (_, JsonValueKind.String) => Well(value),
        _ => null,
    };

    // Half a surrogate pair is no text, and reading it throws.
    private static string? Well(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Unknown(ToolManifest manifest, string name)
    {
        var near = NearestName.Of(name, manifest.Parameters.Where(p => !p.Hidden).Select(p => p.Name));
        return $"'{Shown(name)}' is not a parameter of {manifest.Name}" + (near is null ? "." : $"; did you mean '{near}'?");
    }

    private static string Expected(ToolParameter parameter) => parameter switch
    {
        { JsonSchema: not null } => "JSON as its schema says",
        { Kind: ParameterKind.Number } => "a whole number",
        { Kind: ParameterKind.Flag } => "true or false",
        _ => "a text",
    };

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Number => "that number",
        _ => "that",
    };

    private static string Shown(string name) => name.Length <= 40 ? name : name[..40] + "…";
}
