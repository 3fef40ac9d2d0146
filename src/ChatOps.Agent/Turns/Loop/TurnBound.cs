using System.Globalization;
using ChatOps.Agent.Turns.Steps;

namespace ChatOps.Agent.Turns.Loop;

/// <summary>The bounds of a turn. Which one was reached is said in the answer.</summary>
internal static class TurnBound
{
    /// <summary>The bound that keeps a model from being asked once more, for people; null while there is none.</summary>
    public static string? Reached(StepLog log, TimeSpan elapsed, AgentOptions options)
    {
        var messages = log.Messages;
        if (messages.Count >= options.MaxSteps) return Text($"{options.MaxSteps} steps (Agent:MaxSteps)");
        if (messages.Sum(m => m.InputTokens + m.OutputTokens) >= options.MaxTurnTokens) return Text($"{options.MaxTurnTokens} tokens (MaxTurnTokens)");
        if (elapsed >= options.MaxTurnTime) return Text($"{options.MaxTurnTime.TotalMinutes:0.#} minutes (MaxTurnTime)");
        return messages.SelectMany(m => m.Calls).GroupBy(Key).Any(g => g.Count() >= 2 * options.MaxSameCalls)
            ? Text($"the same call {2 * options.MaxSameCalls} times (MaxSameCalls)")
            : null;
    }

    /// <summary>How often exactly a call of the newest message was made before it.</summary>
    public static int SameBefore(IReadOnlyList<ModelStepData> messages, int index)
    {
        var calls = messages[^1].Calls;
        return messages.SkipLast(1).SelectMany(m => m.Calls).Concat(calls.Take(index)).Count(c => Key(c) == Key(calls[index]));
    }

    private static (string, string) Key(StepCall call) => (call.Name, call.ArgumentsJson);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
