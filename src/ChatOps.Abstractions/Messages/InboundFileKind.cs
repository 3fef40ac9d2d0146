namespace ChatOps.Messages;

/// <summary>What an attached file is, as the platform says; a channel that is not sure says <see cref="Document"/>.</summary>
public enum InboundFileKind
{
    /// <summary>A voice note: spoken into the chat.</summary>
    Voice,

    /// <summary>An audio file.</summary>
    Audio,

    /// <summary>A picture.</summary>
    Image,

    /// <summary>Anything else.</summary>
    Document,
}
