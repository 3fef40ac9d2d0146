namespace ChatOps.Tools.Gate;

/// <summary>Counts with the gate's own limits, and records as it does.</summary>
internal sealed class CallCount(CallLimits limits, RefusalRecords refusals) : ICallCount
{
    public async Task<InvocationOutcome?> RefusalAsync(InvocationRequest request, CancellationToken cancellationToken)
    {
        var context = new GateContext(request);
        return limits.Note(context) is { } over ? await refusals.NoteAsync(context, over, cancellationToken) : null;
    }
}
