using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Scheduling.Engine;
using ChatOps.Tools;

namespace ChatOps.Scheduling.Work;

/// <summary>A command at its time: one invocation, through the gate, as the schedule's owner. Its id comes from the run, so it is made once however often it is asked for.</summary>
internal sealed class CommandWork(IToolInvoker invoker, ICommandReader reader, IAuthorizer authorizer) : IScheduledWork
{
    /// <summary>The tools of schedules.</summary>
    private const string Group = "schedules";

    /// <summary>Characters of an invocation's id before the number of the try: 104 bits of a hash.</summary>
    private const int IdLength = 26;

    public ScheduleKind Kind => ScheduleKind.Command;

    public bool CanResume => true;

    public string? WhyNot(string text, Principal owner)
    {
        var command = reader.Read(text);
        if (command.Tool is not { } tool) return command.Error;
        if (IsADecision(tool)) return $"'{tool.Commands[0]}' is a person's own decision, so it cannot be scheduled.";
        return tool.ForEverybody || authorizer.CouldUse(owner, tool.Name, tool.Group) ? null : $"{owner.DisplayName} may not use {tool.Name}.";
    }

    public async Task<ScheduledOutcome> RunAsync(ScheduledRun run, CancellationToken cancellationToken)
    {
        var command = reader.Read(run.Text);
        if (command.Tool is not { } tool) return new ScheduledOutcome(ScheduledEnd.Failed, command.Error ?? "It is no command.") { Say = Line(run, command.Error ?? "It is no command.", Tone.Failed) };
        if (IsADecision(tool)) return new ScheduledOutcome(ScheduledEnd.Refused, $"'{tool.Commands[0]}' is a person's own decision; it is not run by a schedule.");
        var request = new InvocationRequest(InvocationIdOf(run), ScheduleActor.Of(run.Principal), tool.Name, command.Arguments, InvocationRequest.Schedule)
        {
            Conversation = run.ConversationId is { } id ? ConversationKey.Parse(id) : null,
            IsNew = !run.Again,
            Why = $"schedule {run.Schedule}",
        };
        var outcome = await invoker.InvokeAsync(request, NoProgress.Instance, cancellationToken);
        // An earlier process may have left it, and the gate finds out what became of it.
        if (outcome.Status == InvocationStatus.Running) outcome = await invoker.WaitAsync(request.Id, cancellationToken) ?? outcome;
        // The gateway stops and it goes on: whoever takes the run up finds out.
        if (outcome.Status == InvocationStatus.Running) cancellationToken.ThrowIfCancellationRequested();
        return Of(run, outcome);
    }

    // In the form that all invocations have: it names files and executions on machines too.
    private static string InvocationIdOf(ScheduledRun run) =>
        string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(run.Id)))[..IdLength]}-{run.Attempt}");

    // What lets something run, ends or gives something is decided by people; and schedules that make or start schedules would never end.
    private static bool IsADecision(ToolManifest tool) => tool.NeverAsks || (tool.Group == Group && tool.Recorded);

    private static ScheduledOutcome Of(ScheduledRun run, InvocationOutcome outcome)
    {
        var end = outcome.Status switch
        {
            InvocationStatus.Done => ScheduledEnd.Done,
            InvocationStatus.Refused => ScheduledEnd.Refused,
            InvocationStatus.Waiting => ScheduledEnd.Waiting,
            InvocationStatus.Failed or InvocationStatus.Partial => ScheduledEnd.Failed,
            _ => ScheduledEnd.Unknown,
        };
        return new ScheduledOutcome(end, outcome.Summary, outcome.AuditId)
        {
            WaitsFor = end == ScheduledEnd.Waiting ? outcome.InvocationId : null,
            SayOnce = outcome.Failure == FailureCode.Halted,
            RightsLost = end == ScheduledEnd.Refused && outcome.Failure == FailureCode.NotAllowed,
            Say = Say(run, outcome, end),
        };
    }

    // What was asked on a card is answered on it; what a right forbids, and what is not known, is said with what follows from it.
    private static RichMessage? Say(ScheduledRun run, InvocationOutcome outcome, ScheduledEnd end) => end switch
    {
        ScheduledEnd.Waiting or ScheduledEnd.Unknown => null,
        ScheduledEnd.Refused when outcome.Failure == FailureCode.NotAllowed => null,
        ScheduledEnd.Done when outcome.ApprovalId is null && outcome.Result is { } result =>
            new RichMessage([ScheduleTexts.Head(run.Schedule), .. result.Message.Blocks.Where(b => b is not (ActionsBlock or CardBlock))]),
        ScheduledEnd.Done => outcome.ApprovalId is null ? Line(run, outcome.Summary, Tone.Ok) : null,
        ScheduledEnd.Refused when outcome.Failure == FailureCode.Halted => Line(run, $"{outcome.Summary} It goes on by itself then; until then its runs are refused without a word.", Tone.Refused),
        ScheduledEnd.Refused => Line(run, outcome.Summary, Tone.Refused),
        _ when outcome.ApprovalId is not null => null,
        _ => new RichMessage([ScheduleTexts.Head(run.Schedule), new TextBlock(PlainText.Escape(outcome.Summary), Tone.Failed), .. outcome.Result?.Message.Blocks.Where(b => b is not (ActionsBlock or CardBlock)) ?? []]),
    };

    private static RichMessage Line(ScheduledRun run, string text, Tone tone) => new([ScheduleTexts.Head(run.Schedule), new TextBlock(PlainText.Escape(text), tone)]);
}
