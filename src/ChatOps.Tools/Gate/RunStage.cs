using ChatOps.Diagnostics;
using ChatOps.Messages;

namespace ChatOps.Tools.Gate;

/// <summary>Runs the tool. Only here does anything have an effect.</summary>
internal sealed partial class RunStage(RunningInvocations running, ProgressRedactor redactor, ILogger<RunStage> log) : IGateStage
{
    public async ValueTask<InvocationOutcome?> PassAsync(GateContext context, IToolProgress progress, CancellationToken cancellationToken)
    {
        // A plan has run by its steps.
        if (context.Result is not null) return null;
        using var entry = running.Enter(context.Request, context.Assessment!.Title, cancellationToken);
        try
        {
            var call = context.Call! with { Approval = context.Approval?.Id ?? context.Grant?.Id };
            context.Result = context.Earlier is not null && context.Tool is IResumableTool resumable
                ? await resumable.ResumeAsync(call, redactor.Wrap(progress), entry.Token)
                : await context.Tool!.RunAsync(call, redactor.Wrap(progress), entry.Token);
        }
        catch (OperationCanceledException) when (entry.Token.IsCancellationRequested)
        {
            context.Result = Failed(InvocationStatus.Failed, FailureCode.Cancelled, "It was stopped.");
        }
        catch (Exception e)
        {
            // A boundary: whatever a tool throws must still end in a recorded outcome. What it did before is not known.
            LogToolThrew(context.Request.Tool, context.Request.Id, e);
            context.Result = Failed(InvocationStatus.Unknown, FailureCode.ToolFailed,
                "The tool broke off with an internal error; whether it had an effect is not known. The gateway's log has the details.");
        }

        CrashPoint.Hit("gate.ran");
        return null;
    }

    private static ToolResult Failed(InvocationStatus status, FailureCode code, string text) =>
        new(status, text, RichMessage.Text(PlainText.Escape(text)), "{}", code);
}
