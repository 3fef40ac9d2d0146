namespace ChatOps.Messages;

/// <summary>What came in.</summary>
public enum InboundKind
{
    /// <summary>Text: a command when it starts with a slash.</summary>
    Text,

    /// <summary>A button: <see cref="InboundMessage.Text"/> is the opaque token of a stored action.</summary>
    Action,
}
