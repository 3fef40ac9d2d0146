using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Rendering;
using ChatOps.Scheduling.Engine;
using ChatOps.Storage;

namespace ChatOps.Scheduling.Work;

/// <summary>
/// A prompt at its time: a message of the schedule's owner in the conversation where it answers, accepted once, answered by a turn like any other, with its approvals and after
/// a crash.
/// </summary>
internal sealed class PromptWork(IInbox inbox, IStore store) : IScheduledWork
{
    private const int MaxTitle = 80;

    public ScheduleKind Kind => ScheduleKind.Prompt;

    public bool CanResume => true;

    public string? WhyNot(string text, Principal owner) => text.TrimStart().StartsWith('/') ? "A prompt is written in words; what begins with a slash is a command." : null;

    public async Task<ScheduledOutcome> RunAsync(ScheduledRun run, CancellationToken cancellationToken)
    {
        if (run.ConversationId is not { } id) return new ScheduledOutcome(ScheduledEnd.Failed, "It has no conversation to answer in.");
        var conversation = ConversationKey.Parse(id);
        var (owner, group) = await store.ReadAsync(s => (s.Conversations.Find(id)?.Owner, s.Admissions.FindGroup(conversation.Channel, conversation.Chat)), cancellationToken);
        var title = run.Text.Length <= MaxTitle ? run.Text : TextSplitter.Split(run.Text, MaxTitle, static t => t.Length, fenced: false)[0] + "…";
        var message = new InboundMessage($"schedule:{run.Id}-{run.Attempt}", conversation, ScheduleActor.Of(run.Principal), InboundKind.Text, run.Text)
        {
            Owner = owner,
            Announcement = new RichMessage([ScheduleTexts.Head(run.Schedule), new TextBlock(PlainText.Escape(title))]),
            Context = new InboundContext { Schedule = run.Schedule, Group = group?.Name },
        };
        var receipt = await inbox.AcceptAsync(message, cancellationToken);
        if (receipt.InboxId is not { } inboxId) return new ScheduledOutcome(ScheduledEnd.Failed, receipt.Reason ?? "It was not accepted.");
        var item = await store.ReadAsync(s => s.Inbox.Find(inboxId), cancellationToken);
        return item?.State switch
        {
            InboxState.Accepted or InboxState.Working or InboxState.Suspended => new ScheduledOutcome(ScheduledEnd.Waiting, $"Being answered: {title}") { WaitsFor = inboxId },
            InboxState.Done => new ScheduledOutcome(ScheduledEnd.Done, $"{item.Outcome ?? "answered"}: {title}"),
            InboxState.Cancelled => new ScheduledOutcome(ScheduledEnd.Refused, item.Outcome ?? "It was stopped."),
            InboxState.Failed => new ScheduledOutcome(ScheduledEnd.Failed, item.Outcome ?? "Its turn failed."),
            _ => new ScheduledOutcome(ScheduledEnd.Unknown, "The message is not in the store any more."),
        };
    }
}
