using ChatOps.Agent.Turns;
using ChatOps.Agent.Turns.Steps;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Agent.Replay;

/// <summary>A turn that a model led, as the store has it.</summary>
internal sealed class RecordedTurn
{
    /// <summary>What a call gets that was not made then.</summary>
    public const string NotRecorded = "[not recorded: this call was not made in the recorded conversation. Nothing was run now. Go on as well as you can without its result, and say that you could not look.]";

    private readonly Dictionary<(string, string), Queue<ToolStepData>> results = [];

    /// <summary>Reads it.</summary>
    /// <param name="item">The message that it answers.</param>
    /// <param name="steps">Its steps.</param>
    public RecordedTurn(InboxItem item, IReadOnlyList<TurnStep> steps)
    {
        Turn = new Turn(item, ConversationKey.Parse(item.ConversationId), Token: -1);
        var brought = steps.Where(s => s.Kind == TurnStepKind.Tool).ToDictionary(s => s.Number, StepText.Tool);
        var calls = new List<RecordedCall>();
        foreach (var step in steps.Where(s => s.Kind == TurnStepKind.Model))
        {
            var message = StepText.Model(step);
            Answer = message.Text;
            foreach (var (call, i) in message.Calls.Select((c, i) => (c, i)))
            {
                var result = brought.GetValueOrDefault(step.Number + 1 + i);
                calls.Add(new(call, message.TaintedBy, result));
                if (result is null) continue;
                var key = Key(call);
                if (!results.TryGetValue(key, out var queue)) results[key] = queue = new();
                queue.Enqueue(result);
            }
        }

        Calls = calls;
    }

    /// <summary>The turn. Nothing can be written under its lease.</summary>
    public Turn Turn { get; }

    /// <summary>What its last message said.</summary>
    public string Answer { get; } = "";

    /// <summary>Its calls, in order.</summary>
    public IReadOnlyList<RecordedCall> Calls { get; }

    /// <summary>What a call had brought then; each result is given back once, the last one again and again. Null when it was not made.</summary>
    public ToolStepData? Take(StepCall call) =>
        !results.TryGetValue(Key(call), out var queue) ? null : queue.Count > 1 ? queue.Dequeue() : queue.Peek();

    /// <summary>The arguments of a call, with their names in order.</summary>
    public static string Arguments(StepCall call)
    {
        try
        {
            using var document = System.Text.Json.JsonDocument.Parse(call.ArgumentsJson);
            return Json.Write(document.RootElement.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).ToDictionary(p => p.Name, p => p.Value.Clone()));
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException or ArgumentException)
        {
            return call.ArgumentsJson;
        }
    }

    private static (string, string) Key(StepCall call) => (call.Name, Arguments(call));
}
