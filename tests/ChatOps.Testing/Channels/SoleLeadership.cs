using ChatOps.Channels;

namespace ChatOps.Testing.Channels;

/// <summary>A gateway that has its store for itself: it leads at once and for ever.</summary>
public sealed class SoleLeadership : ILeadership, ILead
{
    public Task RunAsync(string name, Action waits, Func<ILead, CancellationToken, Task> work, CancellationToken cancellationToken) => work(this, cancellationToken);

    public Task<bool> HoldsAsync(CancellationToken cancellationToken) => Task.FromResult(true);
}
