using ChatOps.Messages;

namespace ChatOps.Scheduling.Engine;

/// <summary>Looks again when schedules or runs have changed.</summary>
internal sealed class SchedulesChangedHandler(Wake wake) : IMessageHandler<SchedulesChanged>
{
    /// <inheritdoc/>
    public Task HandleAsync(SchedulesChanged message, CancellationToken cancellationToken)
    {
        wake.Up();
        return Task.CompletedTask;
    }
}
