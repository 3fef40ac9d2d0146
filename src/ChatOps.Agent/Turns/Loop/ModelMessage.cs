using System.Text.Json;
using ChatOps.Agent.Models;
using ChatOps.Agent.Turns.Steps;
using ChatOps.Secrets;
using ChatOps.Tools;
using Microsoft.Extensions.AI;

namespace ChatOps.Agent.Turns.Loop;

/// <summary>Turns what a model sent into what the store keeps: text without secrets and deceiving characters, calls with ids of their own and arguments within bounds.</summary>
internal sealed class ModelMessage(IRedactor redactor, AgentOptions options)
{
    /// <summary>Longest function name and call id that is kept.</summary>
    private const int MaxName = 128;

    /// <summary>Reads it.</summary>
    /// <param name="step">What the model sent.</param>
    /// <param name="taintedBy">The outside text that it had read.</param>
    public ModelStepData Read(ModelStep step, string? taintedBy)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var calls = step.Message.Contents.OfType<FunctionCallContent>().Select((call, i) => Read(call, i, ids)).ToList();
        return new ModelStepData(
            redactor.Redact(redactor.Neutralise(step.Message.Text)), calls, step.ModelId, step.ModelName, step.InputTokens, step.OutputTokens, step.Finish?.Value)
        {
            TaintedBy = taintedBy,
        };
    }

    private StepCall Read(FunctionCallContent call, int index, HashSet<string> ids)
    {
        var id = call.CallId is { Length: > 0 and <= MaxName } given && ids.Add(given) ? given : $"call-{index + 1}";
        ids.Add(id);
        var name = call.Name is { Length: > 0 and <= MaxName } ? call.Name : "unnamed";
        if (call.Exception is not null) return new(id, name, "{}", "The arguments could not be read: they are not a valid JSON object. Nothing was called.");
        try
        {
            var json = call.Arguments is null ? "{}" : JsonSerializer.Serialize(call.Arguments, Json.Options);
            return json.Length <= options.MaxArgumentCharacters
                ? new(id, name, json, null)
                : new(id, name, "{}", $"The arguments have {json.Length} characters; at most {options.MaxArgumentCharacters} are taken (MaxArgumentCharacters). Nothing was called.");
        }
        catch (JsonException)
        {
            return new(id, name, "{}", "The arguments could not be read: they are nested too deeply or are no JSON. Nothing was called.");
        }
    }
}
