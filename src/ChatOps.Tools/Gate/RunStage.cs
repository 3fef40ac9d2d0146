using ChatOps.Diagnostics;
using ChatOps.Fleet;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tools.Gate;

/// <summary>Runs the tool. Only here does anything have an effect.</summary>
internal sealed partial class RunStage(RunningInvocations running, FollowableInvocations followable, INodes nodes, ProgressRedactor redactor, IStore store, ILogger<RunStage> log) : IGateStage
{
    public async ValueTask<InvocationOutcome?> PassAsync(GateContext context, IToolProgress progress, CancellationToken cancellationToken)
    {
        // A plan has run by its steps.
        if (context.Result is not null) return null;
        using var entry = running.Enter(context.Request, context.Assessment!.Title, () => followable.GoesOn(context.Request.Tool, context.TargetNames), cancellationToken);
        // What a process that is gone was told to stop is stopped by this one; one that begins now was asked about when its intent was recorded.
        if (context.Earlier is not null && await store.ReadAsync(s => InvocationStops.By(s, context.Request), CancellationToken.None) is { } by) entry.Stop(by);
        try
        {
            var call = context.Call! with { Approval = context.Approval?.Id ?? context.Grant?.Id ?? context.AllowedBy };
            var run = context.Earlier is not null && context.Tool is IResumableTool resumable
                ? resumable.ResumeAsync(call, redactor.Wrap(progress), entry.Token)
                : context.Tool!.RunAsync(call, redactor.Wrap(progress), entry.Token);
            if (await Task.WhenAny(run, entry.Left) != run)
            {
                nodes.LetGo(context.Request.Id);
                return context.Leave();
            }

            context.Result = await run;
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

        if (entry.StoppedBy is { } who && context.Result is { Failure: FailureCode.Cancelled } stopped) context.Result = SayWho(stopped, who);
        CrashPoint.Hit("gate.ran");
        return null;
    }

    private static ToolResult SayWho(ToolResult result, string by)
    {
        var sentence = $"Stopped by {by}.";
        return result with
        {
            Summary = $"{sentence} {result.Summary}",
            Message = result.Message.Blocks is [TextBlock first, ..]
                ? new RichMessage([first with { Markdown = $"{PlainText.Escape(sentence)} {first.Markdown}" }, .. result.Message.Blocks.Skip(1)])
                : result.Message,
        };
    }

    private static ToolResult Failed(InvocationStatus status, FailureCode code, string text) =>
        new(status, text, RichMessage.Text(PlainText.Escape(text)), "{}", code);
}
