namespace ChatOps.EndToEnd.Crash;

/// <summary>What a message of the crash test is.</summary>
internal enum SentKind
{
    /// <summary>Asks for an effect that needs an approval.</summary>
    Effect,

    /// <summary>Reads.</summary>
    Read,

    /// <summary>Approves.</summary>
    Decision,
}
