using ChatOps.Storage;

namespace ChatOps.Bus;

/// <summary>
/// Who delivers in a conversation where several gateways share a store: without it, one would take what another is just sending for left behind by a dead process. Held
/// from taking a step to writing down its end. A gateway that is alone with its store needs none.
/// </summary>
/// <param name="conversationId">The conversation.</param>
/// <param name="parts">What every delivery shares.</param>
internal sealed class DeliveryLease(string conversationId, DeliveryParts parts)
{
    private readonly string name = "deliver/" + conversationId;
    private long? token;
    private long heldAt;

    /// <summary>Whether nobody else can have taken it by now, as far as this process's own clock says.</summary>
    public bool IsCurrent => parts.Holder is null || parts.Time.GetElapsedTime(Volatile.Read(ref heldAt)) < Leadership.Duration;

    /// <summary>Takes or prolongs it.</summary>
    /// <returns>Whether this gateway delivers, and whether nobody else could have since the last time.</returns>
    public (bool Held, bool Unbroken) Hold(IStoreSession session, DateTimeOffset now)
    {
        if (parts.Holder is not { } holder) return (true, true);
        if (Renew(session, now)) return (true, true);

        // The number rises with every taking: only when it rose by one was nobody there between.
        var (before, asked) = (token, parts.Time.GetTimestamp());
        token = session.Leases.TryTake(name, holder, now, Leadership.Duration);
        if (token is not null) Volatile.Write(ref heldAt, asked);
        return (token is not null, before is not null && token == before + 1);
    }

    /// <summary>Prolongs it while a send takes its time.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (parts.Holder is not null)
            {
                await Task.Delay(Leadership.RenewInterval, parts.Time, cancellationToken);
                try
                {
                    await parts.Store.WriteAsync(session => Renew(session, parts.Time.GetUtcNow()), cancellationToken);
                }
                catch (StoreUnavailableException)
                {
                    // The next renewal, or the end of the send, finds out.
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The send is over.
        }
    }

    /// <summary>Gives it back.</summary>
    public void Release(IStoreSession session)
    {
        if (token is { } mine) session.Leases.Release(name, mine);
    }

    private bool Renew(IStoreSession session, DateTimeOffset now)
    {
        var asked = parts.Time.GetTimestamp();
        if (token is not { } mine || !session.Leases.Renew(name, mine, now, Leadership.Duration)) return false;
        Volatile.Write(ref heldAt, asked);
        return true;
    }
}
