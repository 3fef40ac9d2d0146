using ChatOps.Diagnostics;
using ChatOps.Storage;

namespace ChatOps.Bus;

/// <summary>How long accepted messages wait for their turn.</summary>
internal sealed class InboxHealth(IStore store, TimeProvider time) : IHealthPart
{
    public string Name => "inbox";

    public Task<PartHealth> CheckAsync(CancellationToken cancellationToken) => QueueHealth.CheckAsync(
        store, session => session.Inbox.Waiting(), time, "messages wait for their turn", "no message waits", cancellationToken);
}
