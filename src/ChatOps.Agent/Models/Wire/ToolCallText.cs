using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ChatOps.Agent.Models.Wire;

/// <summary>Calls and results of tools as text.</summary>
internal static class ToolCallText
{
    /// <summary>
    /// The only argument of a call whose arguments were no JSON object. No tool has it, so the gate refuses the call and the model gets to know why; a call without
    /// arguments would be another one than the model meant.
    /// </summary>
    public const string Malformed = "malformed_arguments";

    /// <summary>The largest arguments of one call, in bytes.</summary>
    public const int MaxArguments = 1024 * 1024;

    private const int MaxShown = 200;

    /// <summary>A call from its name and the text of its arguments.</summary>
    /// <exception cref="EndpointException">They are larger than any call's.</exception>
    public static FunctionCallContent Parse(string id, string? name, string arguments)
    {
        if (Encoding.UTF8.GetByteCount(arguments) > MaxArguments)
            throw new EndpointException(ModelFailure.Malformed, $"The model wanted to call '{name}' with more than {MaxArguments / 1024} KiB of arguments. Ask for less at once.");
        try
        {
            var parsed = arguments.Length == 0 ? [] : JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments);
            if (parsed is not null) return new FunctionCallContent(id, name ?? "", parsed);
        }
        catch (JsonException)
        {
            // Told to the model by the refusal of its call.
        }

        return Broken(id, name ?? "", arguments);
    }

    /// <summary>A call whose arguments are no JSON object.</summary>
    public static FunctionCallContent Broken(string id, string name, string arguments) =>
        new(id, name, new Dictionary<string, object?> { [Malformed] = arguments.Length <= MaxShown ? arguments : arguments[..MaxShown] });

    /// <summary>The arguments of a call.</summary>
    public static string Of(FunctionCallContent call) => call.Arguments is { Count: > 0 } arguments ? JsonSerializer.Serialize(arguments) : "{}";

    /// <summary>The result of a call.</summary>
    public static string Of(FunctionResultContent result) => result.Result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
        JsonElement json => json.GetRawText(),
        var other => JsonSerializer.Serialize(other, other.GetType()),
    };
}
