using ChatOps.Agent.Turns.Steps;
using ChatOps.Costs;
using ChatOps.Diagnostics;
using ChatOps.Storage;

namespace ChatOps.Agent.Turns.Loop;

/// <summary>The steps of one turn: those that were stored before, and those that are added, each of them on disk before anybody goes on. Safe to call from any thread.</summary>
internal sealed class StepLog(TurnStore store, Turn turn, IReadOnlyList<TurnStep> stored, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<int, TurnStep> steps = new(stored.ToDictionary(s => s.Number));

    /// <summary>All steps, in order.</summary>
    public IReadOnlyList<TurnStep> All
    {
        get
        {
            lock (gate) return [.. steps.Values];
        }
    }

    /// <summary>The model's messages.</summary>
    public IReadOnlyList<ModelStepData> Messages => [.. All.Where(s => s.Kind == TurnStepKind.Model).Select(StepText.Model)];

    /// <summary>The results.</summary>
    public IReadOnlyList<ToolStepData> Results => [.. All.Where(s => s.Kind == TurnStepKind.Tool).Select(StepText.Tool)];

    /// <summary>The newest message of the model with its number; null before the first.</summary>
    public (int Number, ModelStepData Data)? Last => All.LastOrDefault(s => s.Kind == TurnStepKind.Model) is { } step ? (step.Number, StepText.Model(step)) : null;

    /// <summary>Whether a step with this number is there.</summary>
    public bool Has(int number)
    {
        lock (gate) return steps.ContainsKey(number);
    }

    /// <summary>Stores a model's message behind everything else, with what it cost.</summary>
    /// <exception cref="LeaseLostException">It was not stored.</exception>
    public async Task AddAsync(ModelStepData data, UsageRow? cost)
    {
        var last = Last;
        await AddAsync(StepText.Write(turn.Item.Id, last is null ? 1 : last.Value.Number + last.Value.Data.Calls.Count + 1, data, time.GetUtcNow()), cost);
        CrashPoint.Hit("turn.modelled");
    }

    /// <summary>Stores the result of a call.</summary>
    /// <exception cref="LeaseLostException">It was not stored.</exception>
    public async Task AddAsync(int number, ToolStepData data)
    {
        await AddAsync(StepText.Write(turn.Item.Id, number, data, time.GetUtcNow()), null);
        CrashPoint.Hit("turn.called");
    }

    private async Task AddAsync(TurnStep step, UsageRow? cost)
    {
        // Not cancelled half-way: what was done must be known when the turn is stopped, too.
        if (!await store.AddStepAsync(turn, step, cost)) throw new LeaseLostException();
        lock (gate) steps[step.Number] = step;
    }
}
