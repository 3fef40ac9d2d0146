namespace ChatOps.Messages;

/// <summary>What a text means for the reader.</summary>
public enum Tone
{
    /// <summary>Nothing special.</summary>
    Plain,

    /// <summary>Done as asked.</summary>
    Ok,

    /// <summary>Waiting for somebody.</summary>
    Waiting,

    /// <summary>Refused by a rule.</summary>
    Refused,

    /// <summary>Failed; says what to do.</summary>
    Failed,

    /// <summary>Started, and the end is not known.</summary>
    Unknown,
}
