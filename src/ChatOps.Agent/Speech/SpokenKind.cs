namespace ChatOps.Agent.Speech;

/// <summary>What was said, as far as words alone can tell.</summary>
internal enum SpokenKind
{
    /// <summary>Nothing that plainly is a command.</summary>
    Talk,

    /// <summary>A command.</summary>
    Command,

    /// <summary>Yes, no, or an order to approve or deny.</summary>
    Decision,

    /// <summary>Stop, cancel.</summary>
    Stop,
}
