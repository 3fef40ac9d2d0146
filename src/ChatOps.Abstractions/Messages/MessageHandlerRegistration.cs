namespace ChatOps.Messages;

/// <summary>Says that somebody handles a kind of message; the bus reads these to know what to listen to. Made by <see cref="MessagesRegistration"/>.</summary>
/// <param name="MessageType">The message's type.</param>
public sealed record MessageHandlerRegistration(Type MessageType);
