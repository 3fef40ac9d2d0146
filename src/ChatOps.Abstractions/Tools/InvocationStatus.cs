namespace ChatOps.Tools;

/// <summary>The life of an invocation. All but <see cref="Running"/> and <see cref="Waiting"/> are terminal.</summary>
public enum InvocationStatus
{
    /// <summary>Its intent is recorded; it runs.</summary>
    Running,

    /// <summary>Waits for an approval.</summary>
    Waiting,

    /// <summary>Done as asked.</summary>
    Done,

    /// <summary>Refused by a rule, a person or a limit; nothing ran.</summary>
    Refused,

    /// <summary>Ran and failed.</summary>
    Failed,

    /// <summary>Some targets failed.</summary>
    Partial,

    /// <summary>Started; the end is not known. Never repeated by itself.</summary>
    Unknown,
}
