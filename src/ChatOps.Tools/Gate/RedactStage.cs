namespace ChatOps.Tools.Gate;

/// <summary>Takes secrets out and makes control characters inert, once, before anything is stored, shown or given to a model.</summary>
internal sealed class RedactStage(ResultRedactor redactor) : IGateStage
{
    public ValueTask<InvocationOutcome?> PassAsync(GateContext context, IToolProgress progress, CancellationToken cancellationToken)
    {
        context.Result = redactor.Redact(context.Result!);
        return ValueTask.FromResult<InvocationOutcome?>(null);
    }
}
