using System.Globalization;
using ChatOps.Diagnostics;
using ChatOps.Storage;

namespace ChatOps.Audit;

/// <summary>How the record is: failed when it was found broken or cannot be read, degraded when checkpoints cannot be written.</summary>
internal sealed class AuditHealth(IStore store, ChainCondition condition) : IHealthPart
{
    /// <inheritdoc/>
    public string Name => "audit";

    /// <inheritdoc/>
    public async Task<PartHealth> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (sequence, hash) = await store.ReadAsync(s => s.Audit.Head(), cancellationToken);
            var facts = new Dictionary<string, string> { ["records"] = sequence.ToString(CultureInfo.InvariantCulture), ["head"] = hash ?? "" };
            if (condition.Problem is { } problem)
                return new(PartState.Failed, $"The audit record does not hold: {problem} Run 'chatops audit verify' and keep a copy of the data directory.", facts);
            return condition.CheckpointProblem is { } late
                ? new(PartState.Degraded, $"The audit checkpoint could not be written: {late}", facts)
                : new(PartState.Ok, "The record grows and its tail holds.", facts);
        }
        catch (StoreUnavailableException e)
        {
            return new(PartState.Failed, e.Message, new Dictionary<string, string>());
        }
    }
}
