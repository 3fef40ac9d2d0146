using ChatOps.Agent.Commands;
using ChatOps.Agent.Speech;
using ChatOps.Costs;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Agent.Turns;

/// <summary>What turns keep that a model leads.</summary>
internal sealed partial class TurnStore
{
    /// <summary>
    /// The steps that a turn has so far. At its first beginning the messages that wait behind it, of the same person and just as free, are joined to it: one turn
    /// answers them all.
    /// </summary>
    /// <returns>The message's context with what is joined (null when the lease is lost), and the steps.</returns>
    public async Task<(InboundContext? Context, IReadOnlyList<TurnStep> Steps)> OpenAsync(Turn turn)
    {
        var (context, steps, more) = await store.ReadAsync(
            session => (session.Inbox.Find(turn.Item.Id)?.Context ?? turn.Item.Context, session.TurnSteps.Of(turn.Item.Id), Followers(session, turn)), CancellationToken.None);
        if (steps.Count > 0 || context.Joined.Count > 0 || more.Count == 0) return (context, steps);
        var joined = await store.WriteAsync(session => Join(session, turn), CancellationToken.None);
        foreach (var id in joined?.Joined ?? []) changes.Notify(id, turn.Conversation);
        return (joined, steps);
    }

    /// <summary>Stores a step with what it cost; false when the lease is lost or somebody else stored it. What it cost is written in any case.</summary>
    public Task<bool> AddStepAsync(Turn turn, TurnStep step, UsageRow? cost) => store.WriteAsync(
        session =>
        {
            if (cost is not null) session.Usage.Settle(cost);
            return session.Conversations.Holds(turn.Conversation.Id, turn.Token) && session.TurnSteps.Add(step);
        },
        CancellationToken.None);

    /// <summary>Cancels the turns that a model leads and that wait in a conversation for people; what they wait for is withdrawn by the gate.</summary>
    /// <param name="stop">The <c>/stop</c>; only what was asked before it is stopped.</param>
    /// <param name="by">Who stops.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>What was asked, quoted.</returns>
    public async Task<IReadOnlyList<string>> CancelSuspendedAsync(InboxItem stop, string by, CancellationToken cancellationToken)
    {
        var conversation = ConversationKey.Parse(stop.ConversationId);
        var cancelled = await store.WriteAsync(
            session =>
            {
                var waiting = session.Inbox.SuspendedIn(stop.ConversationId, MaxStopped)
                    .Where(i => string.CompareOrdinal(i.Id, stop.Id) < 0 && (i.Context.Pause is not null || session.TurnSteps.Any(i.Id))).ToList();
                foreach (var item in waiting)
                {
                    session.Inbox.SetState(item.Id, InboxState.Cancelled, null, "stopped");
                    replies.Post(session, conversation, TurnTexts.StoppedWaiting(by), ReplyPriority.Result, item.Id);
                }

                return waiting;
            },
            cancellationToken);
        foreach (var item in cancelled) changes.Notify(item.Id, conversation);
        return [.. cancelled.Select(TurnTexts.Quoted)];
    }

    private InboundContext? Join(IStoreSession session, Turn turn)
    {
        if (!session.Conversations.Holds(turn.Conversation.Id, turn.Token) || session.Inbox.Find(turn.Item.Id) is not { State: InboxState.Working } item) return null;
        var followers = Followers(session, turn);
        foreach (var follower in followers) session.Inbox.SetState(follower.Id, InboxState.Done, null, $"answered together with {item.Id}");
        var context = item.Context with { Joined = [.. followers.Select(f => f.Id)] };
        session.Inbox.SetContext(item.Id, context);
        return context;
    }

    // A command, a press, a voice note or somebody else's message ends the row: what follows it is answered behind it.
    private List<InboxItem> Followers(IStoreSession session, Turn turn) =>
    [
        .. session.Inbox.Open(turn.Conversation.Id, options.MaxJoined + 1).SkipWhile(i => i.Id != turn.Item.Id).Skip(1).TakeWhile(i =>
            !turn.IsQuiet && i is { State: InboxState.Accepted, Attempts: 0, Kind: InboundKind.Text, Context.Quiet: false } && i.Actor.Key == turn.Actor.Key && !ChatCommandLine.IsCommand(i.Text) && !VoiceTurn.IsOne(i)
            && !session.TurnSteps.Any(i.Id)).Take(options.MaxJoined),
    ];

    // A process that died may have left one above a card, as if it were still at work.
    private void Settle(IStoreSession session, string inboxId, string? working)
    {
        foreach (var left in session.Outbox.RepliesTo(inboxId).Where(m => m.Id != working && m.Content.Blocks is [TextBlock { Tone: Tone.Waiting }, ..]))
            replies.Edit(session, left.Id, RichMessage.Text(TurnTexts.GoesOnBelow), ReplyPriority.Result);
    }

    private static void Reopen(IStoreSession session, InboxItem item)
    {
        session.Inbox.SetState(item.Id, InboxState.Suspended, null, null);
        session.Inbox.Resume(item.Id);
    }
}
