using ChatOps.Approvals;
using ChatOps.Audit;
using ChatOps.Costs;
using ChatOps.Jobs;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Agent.Turns;

/// <summary>
/// The transactions of turns. A turn costs two: one that takes the lease and begins, one that ends it and begins the next or gives the lease back.
/// Everything a turn writes is fenced by the lease's token.
/// </summary>
internal sealed partial class TurnStore(IStore store, IReplies replies, InboundChanges changes, StopsInFlight stops, IApprovalCards cards, IAuditWriter audit, IBudgets budgets, AgentOptions options, IIdGenerator ids, TimeProvider time)
{
    /// <summary>This process, as holder of leases.</summary>
    public string Holder { get; } = "turns-" + ids.NewId();

    /// <summary>Takes the conversation and begins on its oldest open message.</summary>
    public async Task<TurnStart> BeginAsync(ConversationKey conversation, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var parked = new List<string>();
        var start = await store.WriteAsync(
            session =>
            {
                // Nothing to do is the common case of a second wake-up; where that is known at once, the lease's row need not be touched for it.
                var first = session.Inbox.AskNext(conversation.Id);
                if (first is { IsKnown: true, Value: null }) return TurnStart.Nothing;
                if (session.Conversations.TryLease(conversation.Id, Holder, now, now + options.LeaseDuration, last => ids.NewIdAfter(last)) is { } token) return Take(session, conversation, token, parked, first.Value);
                return first.Value is null ? TurnStart.Nothing : TurnStart.Taken;
            },
            cancellationToken);
        Tell(start, parked, conversation);
        return start;
    }

    /// <summary>Ends a turn and begins the next; or gives the lease back when there is none, or when the gateway stops.</summary>
    public async Task<TurnStart> EndAsync(Turn turn, TurnEnd end, bool goOn, CancellationToken cancellationToken)
    {
        var parked = new List<string>();
        var next = await store.WriteAsync(
            session =>
            {
                var other = goOn && end.IsOver ? session.Inbox.AskNext(turn.Conversation.Id, besides: turn.Item.Id) : null;
                if (session.Conversations.HeldState(turn.Conversation.Id, turn.Token, turn.Item.Id) is not { } state) return TurnStart.Lost;
                // A /stop that did not wait for its turn has been answered meanwhile.
                if (state == InboxState.Working) Write(session, turn, end);
                if (goOn) return Take(session, turn.Conversation, turn.Token, parked, other is null ? session.Inbox.Next(turn.Conversation.Id) : other.Value);
                session.Conversations.Release(turn.Conversation.Id, turn.Token);
                return TurnStart.Nothing;
            },
            cancellationToken);
        if (next.Status != TurnStartStatus.Lost) changes.Notify(turn.Item.Id, turn.Conversation);
        Tell(next, parked, turn.Conversation);
        return next;
    }

    /// <summary>Prolongs the lease; false when it is lost.</summary>
    public Task<bool> RenewAsync(Turn turn, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + options.LeaseDuration;
        return store.WriteAsync(session => session.Conversations.Renew(turn.Conversation.Id, turn.Token, until), cancellationToken);
    }

    /// <summary>Gives the lease back without an end: the message stays as it is and is begun again later.</summary>
    public Task<bool> ReleaseAsync(Turn turn, CancellationToken cancellationToken) => store.WriteAsync(
        session =>
        {
            session.Conversations.Release(turn.Conversation.Id, turn.Token);
            return true;
        },
        cancellationToken);

    /// <summary>Posts the message that says what is being worked on, or finds the one that an earlier attempt posted; null when the lease is lost.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="content">What it says.</param>
    /// <param name="job">The invocation whose buttons it is to have; null for none. They are stored here and shown in passing only: the lasting message is sent again when it is in doubt.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task<WorkingPost?> PostWorkingAsync(Turn turn, RichMessage content, string? job, CancellationToken cancellationToken) => store.WriteAsync(
        session =>
        {
            if (!session.Conversations.Holds(turn.Conversation.Id, turn.Token)) return null;
            var id = FindWorking(session, turn.Item.Id, belowCards: session.TurnSteps.Any(turn.Item.Id)) ?? replies.Post(session, turn.Conversation, content, ReplyPriority.Result, turn.Item.Id);
            return new WorkingPost(id, job is null ? null : JobButtons.Store(session, ids, job, turn.Conversation.Id, time.GetUtcNow()));
        },
        cancellationToken);

    /// <summary>Keeps what was heard in a voice note and says it, in one transaction: it is never transcribed, nor said, twice.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="text">The words.</param>
    /// <param name="language">Their language; null when not known.</param>
    /// <param name="content">The message that says it.</param>
    /// <param name="workingMessage">The "working" message that becomes it; null when none was posted by this turn.</param>
    /// <returns>The message with what was heard; null when the lease is lost or the turn was ended.</returns>
    public Task<InboxItem?> HearAsync(Turn turn, string text, string? language, RichMessage content, string? workingMessage) => store.WriteAsync(
        session =>
        {
            if (!session.Conversations.Holds(turn.Conversation.Id, turn.Token)) return null;
            if (session.Inbox.Find(turn.Item.Id) is not { State: InboxState.Working } item) return null;
            var message = workingMessage ?? FindWorking(session, item.Id);
            // As urgent as a card: what was heard is read before what follows from it.
            if (message is null) message = replies.Post(session, turn.Conversation, content, ReplyPriority.Approval, item.Id);
            else replies.Edit(session, message, content, ReplyPriority.Approval);
            var context = item.Context with { Heard = new Heard(text, language, message) };
            session.Inbox.SetContext(item.Id, context);
            return item with { Context = context };
        },
        CancellationToken.None);

    /// <summary>Says the end of a suspended turn, or opens it again when a model leads it. Needs no lease: the state itself is compared and set.</summary>
    /// <param name="invocationId">The invocation it waited for.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The conversation to wake; null when there is nothing to go on with.</returns>
    public async Task<string?> ResumeAsync(string invocationId, InvocationOutcome outcome, CancellationToken cancellationToken)
    {
        var item = await store.WriteAsync(
            session =>
            {
                if (session.Inbox.FindWaitingFor(invocationId) is not { } waiting) return ((InboxItem waiting, bool continues)?)null;
                var continues = session.TurnSteps.Any(waiting.Id);
                if (continues) session.Inbox.Resume(waiting.Id);
                else WriteResumed(session, waiting, outcome);
                return (waiting, continues);
            },
            cancellationToken);
        if (item is not { waiting: var resumed } found) return null;
        changes.Notify(resumed.Id, ConversationKey.Parse(resumed.ConversationId));
        return found.continues ? resumed.ConversationId : null;
    }

    /// <summary>Cancels what was asked before a <c>/stop</c> and has not begun; returns how many. Done before anything is stopped, or the next one would begin.</summary>
    public async Task<int> CancelBeforeAsync(InboxItem stop, CancellationToken cancellationToken)
    {
        var cancelled = await store.WriteAsync(
            session =>
            {
                var earlier = session.Inbox.Open(stop.ConversationId, MaxStopped)
                    .Where(o => o.State == InboxState.Accepted && string.CompareOrdinal(o.Id, stop.Id) < 0 && stops.Find(o.Id) is null).Select(o => o.Id).ToList();
                foreach (var id in earlier) session.Inbox.SetState(id, InboxState.Cancelled, null, "stopped before it began");
                return earlier;
            },
            cancellationToken);
        foreach (var id in cancelled) changes.Notify(id, ConversationKey.Parse(stop.ConversationId));
        return cancelled.Count;
    }

    /// <summary>Answers what did not wait for its turn, unless it is answered.</summary>
    /// <param name="item">The message.</param>
    /// <param name="outcome">How it ended, in a word.</param>
    /// <param name="answer">What is said.</param>
    /// <param name="privately">Whether to its sender alone.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task AnswerOutOfTurnAsync(InboxItem item, string outcome, RichMessage answer, bool privately, CancellationToken cancellationToken)
    {
        var conversation = ConversationKey.Parse(item.ConversationId);
        var answered = await store.WriteAsync(
            session =>
            {
                if (session.Inbox.Find(item.Id) is not { State: InboxState.Accepted or InboxState.Working }) return false;
                replies.Post(session, conversation, answer, ReplyPriority.Result, item.Id, privately ? item.Actor.UserId : null);
                session.Inbox.SetState(item.Id, InboxState.Done, null, outcome);
                return true;
            },
            cancellationToken);
        if (answered) changes.Notify(item.Id, conversation);
    }

    /// <summary>How many waiting messages one <c>/stop</c> cancels at most.</summary>
    private const int MaxStopped = 1000;

    private TurnStart Take(IStoreSession session, ConversationKey conversation, long token, List<string> parked, InboxItem? first)
    {
        parked.Clear();
        for (var item = first; item is not null; item = session.Inbox.Next(conversation.Id))
        {
            if (item.Attempts < options.MaxAttempts)
            {
                session.Inbox.SetState(item.Id, InboxState.Working, null, null);
                return TurnStart.Of(new Turn(item with { State = InboxState.Working, Attempts = item.Attempts + 1 }, conversation, token));
            }

            // What it started has an end that its person must learn, whatever kept the turn from saying so.
            var known = Finished(session, Turn.InvocationIdOf(item));
            session.Inbox.SetState(item.Id, InboxState.Failed, null, $"parked after {item.Attempts} attempts");
            Say(session, conversation, item.Id, known is null ? TurnTexts.Parked(item) : OutcomeMessage.Of(known), FindWorking(session, item.Id));
            parked.Add(item.Id);
        }

        session.Conversations.Release(conversation.Id, token);
        return TurnStart.Nothing;
    }

    private void Write(IStoreSession session, Turn turn, TurnEnd end)
    {
        if (end.Record is { } record) audit.Append(session, record);
        if (end.Pause is { } pause && !Pause(session, turn, pause))
        {
            Reopen(session, turn.Item);
            return;
        }

        if (end.State == InboxState.Suspended && Finished(session, end.WaitsFor!) is { } outcome)
        {
            // It was decided before the turn could lie down: nobody would wake it.
            if (end.Continues) Reopen(session, turn.Item);
            else WriteResumed(session, turn.Item, outcome);
            return;
        }

        session.Inbox.SetState(turn.Item.Id, end.State, end.WaitsFor, end.Outcome);
        if (end.Reply is not { Blocks.Count: > 0 } reply) return;
        var working = end.WorkingMessage ?? (turn.IsRetry || end.Continues ? FindWorking(session, turn.Item.Id, belowCards: end.Continues) : null);
        if (end.Continues) Settle(session, turn.Item.Id, working);
        if (working is null && end.OnlyIfWorking) return;
        if (end.Card is { } card && cards.ShowIn(session, card, turn.Conversation, turn.Item.Id, working)) return;
        if (turn.IsQuiet) replies.Post(session, turn.Conversation, reply, ReplyPriority.Result, null);
        else if (end.Private) SayPrivately(session, turn, reply, working);
        else Say(session, turn.Conversation, turn.Item.Id, reply, working);
    }

    private void WriteResumed(IStoreSession session, InboxItem item, InvocationOutcome outcome)
    {
        session.Inbox.SetState(item.Id, InboxState.Done, null, OutcomeMessage.Word(outcome));
        var working = FindWorking(session, item.Id);
        // The card shows how it went; what never ran is said to the requester too, with the reason.
        if (outcome.Status == InvocationStatus.Refused || working is not null)
            Say(session, ConversationKey.Parse(item.ConversationId), item.Id, OutcomeMessage.AfterApproval(outcome), working);
    }

    private void Say(IStoreSession session, ConversationKey conversation, string inboxId, RichMessage content, string? workingMessage)
    {
        if (workingMessage is null) replies.Post(session, conversation, content, ReplyPriority.Result, inboxId);
        else replies.Edit(session, workingMessage, content, ReplyPriority.Result);
    }

    // What everybody saw beginning gets an end that everybody may see.
    private void SayPrivately(IStoreSession session, Turn turn, RichMessage content, string? workingMessage)
    {
        if (workingMessage is not null) replies.Edit(session, workingMessage, TurnTexts.AnsweredPrivately, ReplyPriority.Result);
        replies.Post(session, turn.Conversation, content, ReplyPriority.Result, turn.Item.Id, turn.Actor.UserId);
    }

    private static InvocationOutcome? Finished(IStoreSession session, string invocationId) =>
        session.Invocations.Find(invocationId) is { Status: not (InvocationStatus.Running or InvocationStatus.Waiting), OutcomeJson: { } json }
            ? Json.Read<InvocationOutcome>(json)
            : null;

    // Cards answer the message too, but they are the approvals' own; what was heard stays said.
    private static string? FindWorking(IStoreSession session, string inboxId, bool belowCards = false)
    {
        var context = session.Inbox.Find(inboxId)?.Context;
        var heard = context?.Heard?.MessageId;
        var said = session.Outbox.RepliesTo(inboxId);
        var card = belowCards ? said.LastOrDefault(IsCard)?.Id : null;
        return said.FirstOrDefault(m => m.Id != heard && !IsCard(m) && string.CompareOrdinal(m.Id, card) > 0 && string.CompareOrdinal(m.Id, context?.Below) > 0)?.Id;
    }

    private static bool IsCard(StoredMessage message) => message.Content.Blocks.Any(b => b is CardBlock);

    private void Tell(TurnStart start, List<string> parked, ConversationKey conversation)
    {
        foreach (var id in parked) changes.Notify(id, conversation);
        if (start.Turn is { } turn) changes.Notify(turn.Item.Id, conversation);
    }
}
