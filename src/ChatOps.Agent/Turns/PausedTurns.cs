using ChatOps.Messages;

namespace ChatOps.Agent.Turns;

/// <summary>Goes on with turns that lay still at a budget: when one is raised, when a new day begins, or when they waited long enough. A lost event heals by looking now and then.</summary>
internal sealed class PausedTurns(TurnStore turns, TurnScheduler scheduler) : IMessageHandler<BudgetsChanged>, IRecoverySweep
{
    /// <summary>Suspended messages looked at in one sweep; the oldest first.</summary>
    private const int MaxSwept = 10_000;

    /// <inheritdoc/>
    public string Name => "paused turns";

    /// <inheritdoc/>
    public Task HandleAsync(BudgetsChanged message, CancellationToken cancellationToken) => LookAsync(cancellationToken);

    /// <inheritdoc/>
    public Task SweepAsync(bool atStart, CancellationToken cancellationToken) => LookAsync(cancellationToken);

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var conversation in await turns.OpenPausedAsync(MaxSwept, cancellationToken)) scheduler.Wake(conversation);
    }
}
