using ChatOps.Storage;
using Microsoft.Extensions.AI;

namespace ChatOps.Agent.Context;

/// <summary>Stored steps as messages that every model takes: each call is followed by its result, and no result stands without its call.</summary>
internal static class StepMessages
{
    /// <summary>The result of a call whose own is not there.</summary>
    public const string NoResult = "No result is recorded: the call waits for a decision, or the turn ended before it did.";

    /// <summary>The messages, in order: a model's, then one with the results of all its calls.</summary>
    public static IReadOnlyList<ChatMessage> Of(IReadOnlyList<TurnStep> steps)
    {
        var messages = new List<ChatMessage>();
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].Kind != TurnStepKind.Model) continue;
            var message = StepJson.Read(steps[i].Json);
            messages.Add(message);
            var calls = message.Contents.OfType<FunctionCallContent>().ToList();
            if (calls.Count == 0) continue;
            var results = new Dictionary<string, FunctionResultContent>(StringComparer.Ordinal);
            for (var next = i + 1; next < steps.Count && steps[next].Kind == TurnStepKind.Tool; next++)
            {
                foreach (var result in StepJson.Read(steps[next].Json).Contents.OfType<FunctionResultContent>()) results.TryAdd(result.CallId, result);
            }

            messages.Add(new(ChatRole.Tool, [.. calls.Select(c => (AIContent)(results.GetValueOrDefault(c.CallId) ?? new FunctionResultContent(c.CallId, NoResult)))]));
        }

        return messages;
    }
}
