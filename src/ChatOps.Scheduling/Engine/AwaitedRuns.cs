using System.Collections.Concurrent;
using ChatOps.Channels;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Scheduling.Engine;

/// <summary>What runs wait for: told when it has ended, and looked up now and then, so that a lost event heals.</summary>
internal sealed class AwaitedRuns(IStore store, Wake wake) : IMessageHandler<InvocationFinished>, IInboundObserver
{
    /// <summary>Waiting runs that are looked at in one sweep.</summary>
    private const int MaxSwept = 1000;

    private readonly ConcurrentDictionary<string, bool> expected = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> ended = new();

    /// <summary>A run waits for this. When the end may have come before this was said, it is looked at once more.</summary>
    public void Expect(string id, bool mayHaveEnded)
    {
        expected[id] = true;
        if (mayHaveEnded) End(id);
    }

    /// <summary>No run waits for this any more.</summary>
    public void Forget(string id) => expected.TryRemove(id, out _);

    /// <summary>What has ended since the last time.</summary>
    public IReadOnlyCollection<string> Take()
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        while (ended.TryDequeue(out var id)) ids.Add(id);
        return ids;
    }

    /// <inheritdoc/>
    public Task HandleAsync(InvocationFinished message, CancellationToken cancellationToken)
    {
        if (expected.ContainsKey(message.InvocationId)) End(message.InvocationId);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Changed(string inboxId, ConversationKey conversation)
    {
        if (expected.ContainsKey(inboxId)) End(inboxId);
    }

    /// <summary>Looks which of the waiting runs need not wait any more.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        // Others may wait again while this looks; they are in the next look.
        var before = expected.Keys.ToList();
        var (waiting, over) = await store.ReadAsync(
            session =>
            {
                var ids = session.Schedules.InState(ScheduleRunState.Waiting, MaxSwept).Select(r => r.WaitsFor).OfType<string>().ToHashSet(StringComparer.Ordinal);
                return (ids, ids.Where(id => IsOver(session, id)).ToList());
            },
            cancellationToken);
        foreach (var id in before.Where(id => !waiting.Contains(id))) Forget(id);
        foreach (var id in waiting) expected[id] = true;
        foreach (var id in over) End(id);
    }

    private void End(string id)
    {
        ended.Enqueue(id);
        wake.Up();
    }

    private static bool IsOver(IStoreSession session, string id) =>
        session.Invocations.Find(id) is { } invocation ? invocation.Status is not (InvocationStatus.Running or InvocationStatus.Waiting)
        : session.Inbox.Find(id) is not { State: InboxState.Accepted or InboxState.Working or InboxState.Suspended };
}
