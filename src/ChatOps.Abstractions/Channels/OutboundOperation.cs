namespace ChatOps.Channels;

/// <summary>What to do with a message.</summary>
public enum OutboundOperation
{
    /// <summary>Send a new one.</summary>
    Send,

    /// <summary>Replace the content of a sent one.</summary>
    Edit,

    /// <summary>Delete a sent one.</summary>
    Delete,
}
