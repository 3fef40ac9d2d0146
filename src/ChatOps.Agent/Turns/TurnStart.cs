namespace ChatOps.Agent.Turns;

/// <summary>What looking for the next turn found.</summary>
/// <param name="Status">What.</param>
/// <param name="Turn">The turn, when one began.</param>
internal sealed record TurnStart(TurnStartStatus Status, Turn? Turn)
{
    /// <summary>No open message; the lease is given back.</summary>
    public static readonly TurnStart Nothing = new(TurnStartStatus.Nothing, null);

    /// <summary>Somebody else works on the conversation.</summary>
    public static readonly TurnStart Taken = new(TurnStartStatus.Taken, null);

    /// <summary>The lease is not ours any more; nothing was written.</summary>
    public static readonly TurnStart Lost = new(TurnStartStatus.Lost, null);

    /// <summary>A turn began.</summary>
    public static TurnStart Of(Turn turn) => new(TurnStartStatus.Begun, turn);
}
