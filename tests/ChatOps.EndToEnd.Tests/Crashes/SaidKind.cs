namespace ChatOps.EndToEnd.Crashes;

/// <summary>What a message of the scenario asks for.</summary>
internal enum SaidKind
{
    /// <summary>A command with an effect that can be counted; it is approved.</summary>
    Change,

    /// <summary>The same; it is denied.</summary>
    DeniedChange,

    /// <summary>A command that only reads.</summary>
    Read,

    /// <summary>A command of the gateway itself.</summary>
    Status,

    /// <summary>A decision.</summary>
    Decision,
}
