namespace ChatOps.Outside;

/// <summary>How a call of an outside tool ended.</summary>
public enum OutsideEnd
{
    /// <summary>It answered.</summary>
    Done,

    /// <summary>It answered that it failed.</summary>
    Failed,

    /// <summary>It was not called.</summary>
    NotCalled,

    /// <summary>It was called, and what became of it is not known: no answer in time, a lost connection, an answer that is none.</summary>
    Unknown,
}
