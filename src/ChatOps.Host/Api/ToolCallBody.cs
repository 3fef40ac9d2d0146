using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using ChatOps.Configuration;
using ChatOps.Host.Http;
using ChatOps.Tools;

namespace ChatOps.Host.Api;

/// <summary>The body of <c>POST /api/tools/{name}</c>.</summary>
/// <param name="Arguments">By name; numbers and booleans as text, and what a parameter's schema nests as its JSON.</param>
/// <param name="IdempotencyKey">The same key of the same person answers with the first invocation.</param>
/// <param name="Why">The requester's reason, shown on a card.</param>
internal sealed record ToolCallBody(IReadOnlyDictionary<string, string> Arguments, string? IdempotencyKey, string? Why)
{
    /// <summary>Longest idempotency key.</summary>
    public const int MaxKeyLength = 200;

    /// <summary>Longest reason.</summary>
    public const int MaxWhyLength = 1000;

    private static readonly string[] Members = ["arguments", "idempotencyKey", "why"];

    private static readonly JsonDocumentOptions Strict = new()
    {
        MaxDepth = GatewayLimits.JsonDepth, AllowDuplicateProperties = false, CommentHandling = JsonCommentHandling.Disallow,
    };

    /// <summary>Reads a body, or says what is wrong with it.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> json, ToolManifest manifest, [NotNullWhen(true)] out ToolCallBody? body, [NotNullWhen(false)] out string? problem)
    {
        body = null;
        if (json.Length == 0)
        {
            body = new(new Dictionary<string, string>(), null, null);
            problem = null;
            return true;
        }

        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            var arguments = new Dictionary<string, string>(StringComparer.Ordinal);
            string? key = null, why = null;
            problem = document.RootElement.ValueKind == JsonValueKind.Object ? null : "The body must be a JSON object.";
            if (problem is null)
            {
                foreach (var member in document.RootElement.EnumerateObject())
                {
                    problem ??= member.Name switch
                    {
                        "arguments" => ReadArguments(member.Value, manifest, arguments),
                        "idempotencyKey" => ReadText(member, MaxKeyLength, out key),
                        "why" => ReadText(member, MaxWhyLength, out why),
                        _ => $"'{member.Name}' is not known here" + (NearestName.Of(member.Name, Members) is { } near ? $"; did you mean '{near}'?" : "."),
                    };
                }
            }

            if (problem is not null) return false;
            body = new(arguments, key, why);
            return true;
        }
        catch (JsonException e)
        {
            problem = $"The body is not valid JSON: {Sentence(e)}";
            return false;
        }
        catch (InvalidOperationException)
        {
            problem = "The body holds text that is not valid UTF-8.";
            return false;
        }
    }

    private static string? ReadArguments(JsonElement element, ToolManifest manifest, Dictionary<string, string> arguments)
    {
        if (element.ValueKind != JsonValueKind.Object) return "'arguments' must be an object.";
        foreach (var argument in element.EnumerateObject())
        {
            switch (argument.Value.ValueKind)
            {
                case JsonValueKind.String: arguments[argument.Name] = argument.Value.GetString()!; break;
                case JsonValueKind.Number: arguments[argument.Name] = argument.Value.GetRawText(); break;
                case JsonValueKind.True: arguments[argument.Name] = "true"; break;
                case JsonValueKind.False: arguments[argument.Name] = "false"; break;
                case JsonValueKind.Object or JsonValueKind.Array when manifest.Parameters.Any(p => p.Name == argument.Name && p.JsonSchema is not null): arguments[argument.Name] = argument.Value.GetRawText(); break;
                default: return $"Argument '{argument.Name}' must be text, a number, true or false.";
            }
        }

        return null;
    }

    private static string? ReadText(JsonProperty member, int maxLength, out string? text)
    {
        text = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : null;
        if (member.Value.ValueKind == JsonValueKind.Null) return null;
        return text is { Length: > 0 } && text.Length <= maxLength ? null : $"'{member.Name}' must be text of 1 to {maxLength} characters.";
    }

    // The parser's own sentence without its internal positions' names.
    private static string Sentence(JsonException e)
    {
        var text = new StringBuilder(e.Message.Split(" LineNumber:")[0].Split(" Path:")[0]);
        if (e.LineNumber is { } line) text.Append(System.Globalization.CultureInfo.InvariantCulture, $" (line {line + 1})");
        return text.ToString();
    }
}
