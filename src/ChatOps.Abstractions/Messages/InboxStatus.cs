namespace ChatOps.Messages;

/// <summary>What the inbox did.</summary>
public enum InboxStatus
{
    /// <summary>Committed now.</summary>
    Accepted,

    /// <summary>Was there already; nothing more will happen for this copy.</summary>
    Duplicate,

    /// <summary>Not taken (too long, empty, store unavailable); the reason says why.</summary>
    Refused,
}
