using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace ChatOps.Tools.Plans;

/// <summary>Reads the steps and the check of a plan: whatever they are, the answer is steps or a sentence that says what is wrong.</summary>
internal static class PlanText
{
    /// <summary>Steps of one plan.</summary>
    public const int MaxSteps = 20;

    /// <summary>Reads the steps.</summary>
    public static bool TrySteps(string json, out IReadOnlyList<PlanStep> steps, [NotNullWhen(false)] out string? problem)
    {
        steps = [];
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() is 0 or > MaxSteps)
                return Wrong($"'steps' must be a JSON list of 1 to {MaxSteps} steps.", out problem);
            var read = new List<PlanStep>();
            foreach (var element in list.EnumerateArray())
            {
                if (Read(element, out var step, out problem)) read.Add(step);
                else return Wrong($"Step {read.Count + 1}: {problem}", out problem);
            }

            steps = read;
            problem = null;
            return true;
        }
        catch (JsonException)
        {
            return Wrong("'steps' is not valid JSON.", out problem);
        }
    }

    /// <summary>Reads the check; null text is no check.</summary>
    public static bool TryCheck(string? json, out PlanStep? check, [NotNullWhen(false)] out string? problem)
    {
        check = null;
        problem = null;
        if (json is null) return true;
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement, out check, out problem) || Wrong($"The check: {problem}", out problem);
        }
        catch (JsonException)
        {
            return Wrong("'check' is not valid JSON.", out problem);
        }
    }

    private static bool Read(JsonElement element, [NotNullWhen(true)] out PlanStep? step, [NotNullWhen(false)] out string? problem)
    {
        step = null;
        if (element.ValueKind != JsonValueKind.Object) return Wrong("it must be an object with 'tool' and 'arguments'.", out problem);
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal);
        string? tool = null, undo = null, expect = null;
        foreach (var property in element.EnumerateObject())
        {
            switch (property.Name, property.Value.ValueKind)
            {
                case ("tool", JsonValueKind.String): tool = property.Value.GetString(); break;
                case ("undo", JsonValueKind.String): undo = property.Value.GetString(); break;
                case ("expect", JsonValueKind.String): expect = property.Value.GetString(); break;
                case ("undo" or "expect", JsonValueKind.Null): break;
                case ("arguments", JsonValueKind.Object):
                    foreach (var argument in property.Value.EnumerateObject())
                    {
                        if (argument.Value.ValueKind == JsonValueKind.Null) continue;
                        if (Text(argument.Value) is not { } text || !arguments.TryAdd(argument.Name, text)) return Wrong($"its argument '{argument.Name}' must be given once, as a text, a number or true or false.", out problem);
                    }

                    break;
                default: return Wrong($"'{property.Name}' is not understood there; a step has 'tool', 'arguments' and 'undo', a check has 'expect'.", out problem);
            }
        }

        if (string.IsNullOrWhiteSpace(tool)) return Wrong("'tool' is missing.", out problem);
        step = new PlanStep(tool, arguments, string.IsNullOrWhiteSpace(undo) ? null : undo, string.IsNullOrEmpty(expect) ? null : expect);
        problem = null;
        return true;
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => value.TryGetInt64(out var number) ? number.ToString(CultureInfo.InvariantCulture) : value.GetRawText(),
        _ => null,
    };

    private static bool Wrong(string text, out string problem)
    {
        problem = text;
        return false;
    }
}
