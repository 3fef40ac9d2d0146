namespace ChatOps.Messages;

/// <summary>Buttons.</summary>
/// <param name="Actions">In order.</param>
public sealed record ActionsBlock(IReadOnlyList<MessageAction> Actions) : Block;
