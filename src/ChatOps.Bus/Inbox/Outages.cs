using System.Collections.Concurrent;
using System.Globalization;
using ChatOps.Messages;
using ChatOps.Rendering;
using ChatOps.Storage;

namespace ChatOps.Bus;

/// <summary>
/// Whose messages had to wait because the store was away. When it is back after longer than <see cref="BusOptions.OutageNotice"/>, each of those conversations is told once, whichever of several
/// gateways noticed it, and also after a restart meanwhile. What else may be away is told by <c>Checks:AwayNotice</c>: nobody's message waits for the broker, because every gateway does what it has taken in itself.
/// </summary>
internal sealed class Outages
{
    /// <summary>So many conversations are remembered during an outage; one more is not told.</summary>
    internal const int MaxConversations = 10_000;

    /// <summary>Platforms keep what was said meanwhile and hand it over when they are asked again, and that is then asked for anew: whoever comes within this time after the end is told too.</summary>
    internal static readonly TimeSpan CatchUp = TimeSpan.FromSeconds(30);

    // While the store is there.
    private const long None = long.MinValue;

    private readonly IStore store;
    private readonly TimeProvider time;
    private readonly BusOptions options;
    private readonly Lazy<IReplies> replies;
    private readonly OutageFile file;
    private readonly string holder;
    private readonly ConcurrentDictionary<ConversationKey, bool> turnedAway = new();

    // When it was first noticed, by the clock that nobody sets.
    private long since = None;

    // The last one that was worth a word.
    private Ended? ended;

    public Outages(IStore store, IIdGenerator ids, TimeProvider time, BusOptions options, Lazy<IReplies> replies)
    {
        (this.store, this.time, this.options, this.replies, holder) = (store, time, options, replies, ids.NewId());
        file = new OutageFile(options.OutageFile);
        if (file.Read() is not { } before) return;
        since = time.GetTimestamp() - (long)((time.GetUtcNow() - before.Begun).TotalSeconds * time.TimestampFrequency);
        foreach (var conversation in before.Waited) turnedAway.TryAdd(conversation, true);
    }

    /// <summary>The store was asked and did not answer.</summary>
    /// <param name="conversation">Whose message could not be taken; null when nobody's.</param>
    public void Note(ConversationKey? conversation)
    {
        var isFirst = Interlocked.CompareExchange(ref since, time.GetTimestamp(), None) == None;
        var isNew = conversation is not null && turnedAway.Count < MaxConversations && turnedAway.TryAdd(conversation, true);
        if (isFirst || isNew) file.Note(time.GetUtcNow(), conversation);
    }

    /// <summary>The store answers: whoever had to wait for long is told. When it goes away again meanwhile, they are told later.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        var begun = Interlocked.Exchange(ref since, None);
        if (begun == None) return;
        var length = time.GetElapsedTime(begun);
        List<ConversationKey> waited = [.. turnedAway.Keys];
        try
        {
            if (length >= options.OutageNotice)
            {
                await store.WriteAsync(session => Tell(session, waited, length), cancellationToken);
                Volatile.Write(ref ended, new Ended(time.GetTimestamp(), length));
            }

            foreach (var conversation in waited) turnedAway.TryRemove(conversation, out _);
            if (Volatile.Read(ref since) == None) file.Delete();
        }
        catch (StoreUnavailableException)
        {
            Interlocked.Exchange(ref since, begun);
        }
    }

    /// <summary>A message came in after all.</summary>
    public async Task CaughtUpAsync(ConversationKey conversation, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref ended) is not { } last || time.GetElapsedTime(last.At) > CatchUp) return;
        try
        {
            await store.WriteAsync(session => TellOnce(session, conversation, last.Length), cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            // What it would tell of has begun anew.
        }
    }

    private bool Tell(IStoreSession session, IReadOnlyList<ConversationKey> waited, TimeSpan length)
    {
        var begun = time.GetUtcNow() - length;
        var taken = session.Inbox.ConversationsWithWork(options.Recovery.BatchSize).Select(session.Inbox.Next).OfType<InboxItem>()
            .Where(item => item.ReceivedAt <= begun && item.Context.Schedule is null && !item.Context.Quiet).Select(item => ConversationKey.Parse(item.ConversationId));
        foreach (var conversation in waited.Where(c => session.Conversations.Find(c.Id) is not null).Union(taken)) TellOnce(session, conversation, length);
        return true;
    }

    private bool TellOnce(IStoreSession session, ConversationKey conversation, TimeSpan length)
    {
        // Taken and not given back: whoever else noticed the same outage, or comes while it is told of, finds it held. The next one that is worth a word cannot end sooner, unless words are set to come soon.
        var held = options.OutageNotice > CatchUp ? options.OutageNotice : CatchUp;
        if (session.Leases.TryTake("outage/" + conversation.Id, holder, time.GetUtcNow(), held) is null) return false;
        replies.Value.Post(session, conversation, Sentence(length), ReplyPriority.Result, null);
        return true;
    }

    private static RichMessage Sentence(TimeSpan length) => RichMessage.Text(string.Create(CultureInfo.InvariantCulture,
        $"ChatOps could not use its store for {SpanText.Words(TimeSpan.FromSeconds(Math.Ceiling(length.TotalSeconds)))}, so what was said here meanwhile had to wait. It goes on by itself and in order; say again what gets no answer."));

    private sealed record Ended(long At, TimeSpan Length);
}
