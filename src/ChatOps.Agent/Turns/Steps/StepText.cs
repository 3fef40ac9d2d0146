using System.Text.Json;
using ChatOps.Storage;
using ChatOps.Tools;
using Microsoft.Extensions.AI;

namespace ChatOps.Agent.Turns.Steps;

/// <summary>How steps are written to the store, and how they are told to a model again.</summary>
internal static class StepText
{
    /// <summary>The result of a call that never came to one: its turn was stopped or ended at a bound.</summary>
    public const string NoResult = "This call has no result: the turn ended before it was made.";

    /// <summary>A step of a model.</summary>
    public static TurnStep Write(string inboxId, int number, ModelStepData data, DateTimeOffset at) => new(inboxId, number, TurnStepKind.Model, Json.Write(data), at);

    /// <summary>A result.</summary>
    public static TurnStep Write(string inboxId, int number, ToolStepData data, DateTimeOffset at) => new(inboxId, number, TurnStepKind.Tool, Json.Write(data), at);

    /// <summary>A model's message.</summary>
    public static ModelStepData Model(TurnStep step) => Json.Read<ModelStepData>(step.Json);

    /// <summary>A result.</summary>
    public static ToolStepData Tool(TurnStep step) => Json.Read<ToolStepData>(step.Json);

    /// <summary>The steps of one turn as messages. Every call has a result: a model's service refuses a conversation in which one is missing.</summary>
    public static IReadOnlyList<ChatMessage> Messages(IReadOnlyList<TurnStep> steps)
    {
        var messages = new List<ChatMessage>();
        var results = steps.Where(s => s.Kind == TurnStepKind.Tool).ToDictionary(s => s.Number, Tool);
        foreach (var step in steps.Where(s => s.Kind == TurnStepKind.Model))
        {
            var data = Model(step);
            var contents = new List<AIContent>();
            if (data.Text.Length > 0) contents.Add(new TextContent(data.Text));
            contents.AddRange(data.Calls.Select(c => new FunctionCallContent(c.Id, c.Name, Arguments(c))));
            if (contents.Count > 0) messages.Add(new ChatMessage(ChatRole.Assistant, contents));
            if (data.Calls.Count == 0) continue;
            messages.Add(new ChatMessage(
                ChatRole.Tool,
                [.. data.Calls.Select((c, i) => (AIContent)new FunctionResultContent(c.Id, results.GetValueOrDefault(step.Number + 1 + i)?.Text ?? NoResult))]));
        }

        return messages;
    }

    private static Dictionary<string, object?> Arguments(StepCall call) =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(call.ArgumentsJson, Json.Options)?.ToDictionary(a => a.Key, a => (object?)a.Value) ?? [];
}
