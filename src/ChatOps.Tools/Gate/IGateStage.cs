namespace ChatOps.Tools.Gate;

/// <summary>One stage of the gate. The order stands in <see cref="GatePipeline"/>.</summary>
internal interface IGateStage
{
    /// <summary>Adds what it finds to the context; an answer ends the way through the gate here.</summary>
    ValueTask<InvocationOutcome?> PassAsync(GateContext context, IToolProgress progress, CancellationToken cancellationToken);
}
