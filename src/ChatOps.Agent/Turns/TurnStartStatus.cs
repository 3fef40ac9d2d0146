namespace ChatOps.Agent.Turns;

/// <summary>What looking for the next turn found.</summary>
internal enum TurnStartStatus
{
    /// <summary>No open message.</summary>
    Nothing,

    /// <summary>A turn began.</summary>
    Begun,

    /// <summary>Somebody else holds the lease.</summary>
    Taken,

    /// <summary>The lease was lost while the turn ran.</summary>
    Lost,
}
