namespace ChatOps.Channels;

/// <summary>What can change in a web chat.</summary>
public enum WebChatEventKind
{
    /// <summary>A message was sent, edited or deleted: read it from the store.</summary>
    MessageChanged,

    /// <summary>A passing state of a message.</summary>
    Progress,

    /// <summary>An inbound message's state changed.</summary>
    InboundChanged,

    /// <summary>The reader was too slow and events were dropped: read everything again.</summary>
    Resync,
}
