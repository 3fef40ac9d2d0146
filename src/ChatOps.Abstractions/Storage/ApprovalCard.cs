namespace ChatOps.Storage;

/// <summary>A message that shows an approval.</summary>
/// <param name="ApprovalId">Which.</param>
/// <param name="MessageId">The message to edit.</param>
/// <param name="ConversationId">Where it stands.</param>
public sealed record ApprovalCard(string ApprovalId, string MessageId, string ConversationId);
