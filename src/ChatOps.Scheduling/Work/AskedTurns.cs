using ChatOps.Messages;
using ChatOps.Scheduling.Engine;
using ChatOps.Storage;

namespace ChatOps.Scheduling.Work;

/// <summary>
/// Asks the agent in a schedule's name: a message of its owner in the conversation where it answers, accepted once, answered by a turn like any other, with its approvals and
/// after a crash.
/// </summary>
internal sealed class AskedTurns(IInbox inbox, IStore store)
{
    /// <summary>Asks, or finds what became of it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="text">What is asked.</param>
    /// <param name="title">What people and the history call it.</param>
    /// <param name="quiet">Whether only what the answer asks to say is seen.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<ScheduledOutcome> AskAsync(ScheduledRun run, string text, string title, bool quiet, CancellationToken cancellationToken)
    {
        if (run.ConversationId is not { } id) return new ScheduledOutcome(ScheduledEnd.Failed, "It has no conversation to answer in.");
        var conversation = ConversationKey.Parse(id);
        var (owner, group) = await store.ReadAsync(s => (s.Conversations.Find(id)?.Owner, s.Admissions.FindGroup(conversation.Channel, conversation.Chat)), cancellationToken);
        var message = new InboundMessage($"schedule:{run.Id}-{run.Attempt}", conversation, ScheduleActor.Of(run.Principal), InboundKind.Text, text)
        {
            Owner = owner,
            Announcement = quiet ? null : new RichMessage([ScheduleTexts.Head(run.Schedule), new TextBlock(PlainText.Escape(title))]),
            Context = new InboundContext { Schedule = run.Schedule, Group = group?.Name, Quiet = quiet },
        };
        var receipt = await inbox.AcceptAsync(message, cancellationToken);
        if (receipt.InboxId is not { } inboxId) return new ScheduledOutcome(ScheduledEnd.Failed, receipt.Reason ?? "It was not accepted.");
        var item = await store.ReadAsync(s => s.Inbox.Find(inboxId), cancellationToken);
        return item?.State switch
        {
            InboxState.Accepted or InboxState.Working or InboxState.Suspended => new ScheduledOutcome(ScheduledEnd.Waiting, $"Being answered: {title}") { WaitsFor = inboxId },
            InboxState.Done when item.Outcome == QuietWords.Nothing => new ScheduledOutcome(ScheduledEnd.Quiet, $"{item.Outcome}: {title}"),
            InboxState.Done => new ScheduledOutcome(ScheduledEnd.Done, $"{item.Outcome ?? "answered"}: {title}"),
            InboxState.Cancelled => new ScheduledOutcome(ScheduledEnd.Refused, item.Outcome ?? "It was stopped."),
            InboxState.Failed => new ScheduledOutcome(ScheduledEnd.Failed, item.Outcome ?? "Its turn failed."),
            _ => new ScheduledOutcome(ScheduledEnd.Unknown, "The message is not in the store any more."),
        };
    }
}
