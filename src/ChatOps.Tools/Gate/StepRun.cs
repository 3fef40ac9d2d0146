namespace ChatOps.Tools.Gate;

/// <summary>Walks a call that belongs to another one, a step of a plan or a check, through the gate as an invocation of its own.</summary>
/// <param name="meaning">The stages that say what it means.</param>
/// <param name="running">The stages that record and run it.</param>
internal sealed class StepRun(IReadOnlyList<IGateStage> meaning, IReadOnlyList<IGateStage> running)
{
    /// <summary>Runs it.</summary>
    /// <param name="context">The call.</param>
    /// <param name="why">Why it may not run now that its meaning is known; null when it may.</param>
    /// <param name="progress">Who watches.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<InvocationOutcome> RunAsync(GateContext context, Func<GateContext, InvocationOutcome?> why, IToolProgress progress, CancellationToken cancellationToken)
    {
        foreach (var stage in meaning)
        {
            if (await stage.PassAsync(context, progress, cancellationToken) is { } refusal) return refusal;
        }

        if (why(context) is { } not) return not;
        foreach (var stage in running)
        {
            if (await stage.PassAsync(context, progress, cancellationToken) is { } end) return end;
        }

        throw new InvalidOperationException("The last stage gave no answer.");
    }
}
