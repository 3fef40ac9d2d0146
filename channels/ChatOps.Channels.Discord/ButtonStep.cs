namespace ChatOps.Channels.Discord;

/// <summary>What a press on a button does.</summary>
internal enum ButtonStep
{
    /// <summary>Goes to the inbox.</summary>
    Go,

    /// <summary>Asks first whether it is meant.</summary>
    Ask,

    /// <summary>Asks for a reason first.</summary>
    Why,

    /// <summary>The answer to <see cref="Ask"/>: goes to the inbox.</summary>
    Yes,
}
