namespace ChatOps.Messages;

/// <summary>What came in.</summary>
public enum InboundKind
{
    /// <summary>Text: a command when it starts with a slash.</summary>
    Text,

    /// <summary>A button: <see cref="InboundMessage.Text"/> is the opaque token of a stored action;
    /// when the button asks for a reason and the person typed one, it follows after one space (tokens hold no space).</summary>
    Action,
}
