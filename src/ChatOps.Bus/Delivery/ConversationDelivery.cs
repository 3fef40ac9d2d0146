using System.Diagnostics;
using ChatOps.Channels;
using ChatOps.Diagnostics;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Bus;

/// <summary>
/// Delivers what waits in one conversation, in order, until nothing waits. Every step is marked as being sent before the channel has it, also where the channel
/// knows repetitions: an edit that is committed meanwhile must become a step of its own instead of changing one that is on its way. The mark of one step's end and of
/// the next one's beginning share a commit.
/// </summary>
internal sealed partial class ConversationDelivery(
    string conversationId, DeliveryParts parts, SemaphoreSlim sends, CancellationToken stopping, CancellationToken aborting)
{
    /// <summary>While the end of a send cannot be written down it is tried again so often: nothing else may go out before.</summary>
    internal static readonly TimeSpan StoreRetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>A single wait; then the store is looked at again, so that a clock that jumped cannot hold anything up for long.</summary>
    internal static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The longest wait that is believed of another process, or of this one before a restart: its clock may have been ahead by any time. A platform that asked for
    /// longer says so again.
    /// </summary>
    internal static readonly TimeSpan MaxRememberedWait = TimeSpan.FromMinutes(5);

    private readonly DeliveryLease lease = new(conversationId, parts);
    private volatile TaskCompletionSource wake = NewWake();
    private (string ItemId, int Count) failures = ("", 0);
    private string? putBack;
    private long blockedSince;
    private TimeSpan blockedFor;

    /// <summary>Which conversation.</summary>
    public string ConversationId => conversationId;

    /// <summary>The loop's end.</summary>
    public Task Completion { get; set; } = Task.CompletedTask;

    /// <summary>There may be something new.</summary>
    public void Wake() => wake.TrySetResult();

    /// <summary>Whether it was woken since it last looked.</summary>
    public bool TakeWake() => wake.Task.IsCompleted;

    /// <summary>Runs until nothing waits.</summary>
    public async Task RunAsync()
    {
        var turn = await NextAsync(null, null, settleAbandoned: true);
        while (turn is not null)
        {
            if (turn.Taken)
            {
                // Taken just as the gateway began to stop: it was not sent, and must not be left looking as if it might have been.
                var end = stopping.IsCancellationRequested ? new DeliveryEnd(OutboxState.Pending, Error: turn.Item.Error) : await SendHeldAsync(turn);
                turn = await NextAsync(turn, end, settleAbandoned: false);
            }
            else
            {
                await WaitAsync(turn.Item);
                if (stopping.IsCancellationRequested) return;
                turn = await NextAsync(null, null, settleAbandoned: false);
            }
        }
    }

    private async Task<DeliveryEnd> SendHeldAsync(DeliveryTurn turn)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(aborting);
        var keeping = lease.KeepAsync(over.Token);
        try
        {
            return await SendAsync(turn);
        }
        finally
        {
            await over.CancelAsync();
            await keeping;
        }
    }

    /// <summary>Writes down how the last step ended and takes the next, in one commit.</summary>
    private async Task<DeliveryTurn?> NextAsync(DeliveryTurn? last, DeliveryEnd? end, bool settleAbandoned)
    {
        if (last is not null && end is not null) Note(last.Item, end);
        while (true)
        {
            wake = NewWake();
            try
            {
                return await parts.Store.WriteAsync(session =>
                {
                    var now = parts.Time.GetUtcNow();
                    var sent = end is { State: OutboxState.Sent } ? last : null;
                    var asked = AskHead(session, sent);
                    var (held, unbroken) = lease.Hold(session, now);

                    // Whoever took over meanwhile has judged this step already.
                    if (last is not null && end is not null && unbroken) Write(session, last, end, now);
                    if (!held) return null;

                    // Asked before the end was written down, it stands unless that decides about it: by going again, or by the platform's id of the same message.
                    var stands = last is null || (sent is not null && unbroken && asked.Value?.Item.MessageId != sent.Item.MessageId);
                    var next = Take(session, stands ? asked.Value : AskHead(session).Value, now, settleAbandoned);
                    if (next is not { Taken: true }) lease.Release(session);
                    return next;
                }, aborting);
            }
            catch (StoreUnavailableException error)
            {
                if (last is null) throw;
                LogEndNotWritten(conversationId, error.Message);
                await Task.Delay(StoreRetryDelay, parts.Time, aborting);
            }
        }
    }

    // Asked as at the end of time: a step that must wait holds up those behind it, which a look at what may go now would let overtake.
    private IAnswer<(OutboxItem Item, MessageAddress Address)?> AskHead(IStoreSession session, DeliveryTurn? sent = null) => session.Outbox.AskNext(conversationId, DateTimeOffset.MaxValue, ended: sent?.Item.Id);

    private DeliveryTurn? Take(IStoreSession session, (OutboxItem Item, MessageAddress Address)? head, DateTimeOffset now, bool settleAbandoned)
    {
        if (head is null && settleAbandoned && SettleAbandoned(session, now)) head = AskHead(session).Value;
        if (head is not { Item: var item, Address: var address }) return null;

        // What was never tried has nothing to wait for: whoever posted it wrote the time of its own clock, which may be ahead of ours.
        var mayGo = Blocked() <= TimeSpan.Zero && (item.Attempts == 0 || item.NotBefore <= now || item.Id == putBack) && !stopping.IsCancellationRequested;
        if (mayGo) session.Outbox.SetState(item.Id, OutboxState.Sending, null, item.Error, item.NotBefore);
        return new DeliveryTurn(item, address, mayGo);
    }

    private void Write(IStoreSession session, DeliveryTurn turn, DeliveryEnd end, DateTimeOffset now)
    {
        session.Outbox.SetState(turn.Item.Id, end.State, end.PlatformId, end.Error, now + end.Delay);
        if (end.Doubtful) session.Outbox.Doubt(turn.Item.Id);
        if (turn.OpensThread && end.State != OutboxState.Pending)
        {
            session.Outbox.SetThread(turn.Item.MessageId, end.Thread?.Id ?? "");
            session.PublishAfterCommit(new ThreadSettled(turn.Item.MessageId));
        }

        if (end.State == OutboxState.Unknown && turn.HasButtons) session.PublishAfterCommit(new SendDoubtful(turn.Item.MessageId));
        else if (end.State == OutboxState.Unknown && turn.IsMissed) parts.Replies.Post(session, ConversationKey.Parse(conversationId), turn.Missed, ReplyPriority.Result, turn.Address.InboxId, turn.Address.PrivateTo);
    }

    /// <summary>Steps that a dead process was sending: nobody else sends in this conversation, so what is marked when a loop begins was left behind.</summary>
    private bool SettleAbandoned(IStoreSession session, DateTimeOffset now)
    {
        var found = false;
        foreach (var item in session.Outbox.SendingIn(conversationId))
        {
            found = true;
            var turn = new DeliveryTurn(item, session.Outbox.Address(item.MessageId) ?? new(null, null, null, null), Taken: true);
            var repeats = Repeats(turn);
            Write(session, turn, repeats == RepeatRule.Never
                ? new DeliveryEnd(OutboxState.Unknown, Error: "The gateway ended while it was being sent; it may have arrived. Not sent again.")
                : new DeliveryEnd(OutboxState.Pending, Error: item.Error) { Doubtful = repeats == RepeatRule.OnceMarked }, now);
        }

        return found;
    }

    private async Task<DeliveryEnd> SendAsync(DeliveryTurn turn)
    {
        CrashPoint.Hit("outbox.sending");
        var outbound = turn.ToOutbound();
        if (parts.Channels.Find(outbound.Conversation.Channel) is not { } channel)
            return new DeliveryEnd(OutboxState.Failed, Error: $"The channel '{outbound.Conversation.Channel}' is not enabled on this gateway.");
        if (outbound is { Operation: OutboundOperation.Delete, PlatformId: null })
            return new DeliveryEnd(OutboxState.Failed, Error: "There is nothing to delete: the platform's id of the message is not known.");
        await sends.WaitAsync(aborting);
        if (!lease.IsCurrent)
        {
            // It stood still since it took this step; whoever took over judges it.
            sends.Release();
            return new DeliveryEnd(OutboxState.Pending, Error: turn.Item.Error);
        }

        SendResult result;
        var begun = parts.Time.GetTimestamp();
        using var span = Tracing.Follow("deliver", ActivityKind.Producer, turn.Address.Trace);
        try
        {
            result = await CallAsync(channel, outbound);
        }
        finally
        {
            sends.Release();
        }

        CrashPoint.Hit("outbox.sent");
        span?.SetTag("chatops.channel", channel.Name).SetTag("chatops.operation", outbound.Operation.ToString()).SetTag("chatops.send.status", result.Status.ToString());
        parts.Metrics.Sent(channel.Name, outbound.Operation, parts.Time.GetElapsedTime(begun));
        var item = turn.Item;
        if (result.Status != SendStatus.Sent && result.RetryAfter is null) failures = (item.Id, failures.ItemId == item.Id ? failures.Count + 1 : 1);
        var age = parts.Time.GetUtcNow() - item.CreatedAt;
        return DeliveryVerdict.Judge(result, Repeats(turn), Math.Max(1, failures.ItemId == item.Id ? failures.Count : 0), age, parts.Options, Random.Shared.NextDouble());
    }

    private async Task<SendResult> CallAsync(IChannel channel, OutboundMessage outbound)
    {
        using var timeout = new CancellationTokenSource(parts.Options.SendTimeout, parts.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, aborting);
        try
        {
            // Not every adapter heeds the token at once: the limit must hold all the same.
            return await channel.SendAsync(outbound, either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !aborting.IsCancellationRequested)
        {
            return new SendResult(SendStatus.Ambiguous, Reason: $"{channel.Name} did not answer within {parts.Options.SendTimeout}; it may have arrived.");
        }
        catch (Exception error) when (!aborting.IsCancellationRequested)
        {
            // A boundary: an adapter's bug is that message's trouble alone. How far it got is not known.
            LogChannelThrew(error, channel.Name, outbound.OutboxId);
            return new SendResult(SendStatus.Ambiguous, Reason: $"{channel.Name} failed while sending ({error.GetType().Name}); it may have arrived.");
        }
    }

    // To replace a message's content or to delete it twice is as good as once.
    private RepeatRule Repeats(DeliveryTurn turn)
    {
        var outbound = turn.ToOutbound();
        if (outbound.Operation != OutboundOperation.Send || parts.Channels.Find(outbound.Conversation.Channel) is { Capabilities.IdempotentSends: true }) return RepeatRule.Always;
        return turn.HasButtons || turn.Item.Doubtful ? RepeatRule.Never : RepeatRule.OnceMarked;
    }

    private void Note(OutboxItem item, DeliveryEnd end)
    {
        putBack = null;
        if (end.State == OutboxState.Pending)
        {
            (putBack, blockedSince, blockedFor) = (item.Id, parts.Time.GetTimestamp(), end.Delay);
            LogPutBack(item.Id, conversationId, end.Delay, end.Error);
            return;
        }

        if (end is { State: OutboxState.Sent, PlatformId: { } platformId }) parts.Sent.Note(item.MessageId, platformId);
        if (end.State == OutboxState.Failed) LogDeadLetter(item.Id, conversationId, end.Error);
        if (end.State == OutboxState.Unknown) LogUnknown(item.Id, conversationId, end.Error);
        parts.Metrics.Ended(ConversationKey.Parse(conversationId).Channel, end.State);
    }

    // Waits by the monotonic clock; only a wait that another process began is known by the wall clock alone, which may have been wrong there or be so here.
    private async Task WaitAsync(OutboxItem head)
    {
        var blocked = Blocked();
        if (blocked <= TimeSpan.Zero)
        {
            blocked = head.NotBefore - parts.Time.GetUtcNow();
            if (blocked > MaxRememberedWait) blocked = MaxRememberedWait;
            (putBack, blockedSince, blockedFor) = (head.Id, parts.Time.GetTimestamp(), blocked);
        }

        if (blocked <= TimeSpan.Zero) return;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(Task.Delay(blocked < MaxWait ? blocked : MaxWait, parts.Time, over.Token), wake.Task);
        await over.CancelAsync();
    }

    private TimeSpan Blocked() => blockedFor - parts.Time.GetElapsedTime(blockedSince);

    private static TaskCompletionSource NewWake() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
