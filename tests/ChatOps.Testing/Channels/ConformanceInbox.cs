using System.Collections.Concurrent;
using ChatOps.Bus;
using ChatOps.Messages;

namespace ChatOps.Testing.Channels;

/// <summary>The inbox that the conformance suite gives to a channel: the real rules, a store in memory, and a commit that waits while the test wants it to.</summary>
public sealed class ConformanceInbox : IInbox
{
    private readonly ConcurrentDictionary<string, string> ids = new();
    private readonly ConcurrentQueue<InboundMessage> accepted = new();
    private int asked;

    /// <summary>What was committed, in order.</summary>
    public IReadOnlyList<InboundMessage> Accepted => [.. accepted];

    /// <summary>How often a channel asked.</summary>
    public int Asked => asked;

    /// <summary>The commit waits for this.</summary>
    public Task Commit { get; set; } = Task.CompletedTask;

    /// <summary>When not null nothing is taken, for this reason.</summary>
    public string? Away { get; set; }

    /// <summary>The id that a message got.</summary>
    public string IdOf(string platformKey) => ids[platformKey];

    public async Task<InboxReceipt> AcceptAsync(InboundMessage message, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref asked);
        if (InboundRules.Check(message) is { } refusal) return refusal;
        await Commit.WaitAsync(cancellationToken);
        if (Away is { } reason) return new InboxReceipt(InboxStatus.Refused, null, reason) { ComesAgain = true };
        var id = Some.Unique("inbox");
        if (!ids.TryAdd(message.PlatformKey, id)) return new InboxReceipt(InboxStatus.Duplicate, ids[message.PlatformKey]);
        accepted.Enqueue(message);
        return new InboxReceipt(InboxStatus.Accepted, id);
    }
}
