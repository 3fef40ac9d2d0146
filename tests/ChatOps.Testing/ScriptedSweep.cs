using System.Collections.Concurrent;
using ChatOps.Messages;

namespace ChatOps.Testing;

/// <summary>A recovery sweep that keeps when it ran and does what the test says.</summary>
public sealed class ScriptedSweep(string name) : IRecoverySweep
{
    public string Name => name;

    /// <summary>For each run, whether it was at start.</summary>
    public ConcurrentQueue<bool> Runs { get; } = new();

    /// <summary>What it does.</summary>
    public Action Then { get; set; } = () => { };

    public Task SweepAsync(bool atStart, CancellationToken cancellationToken)
    {
        Runs.Enqueue(atStart);
        Then();
        return Task.CompletedTask;
    }
}
