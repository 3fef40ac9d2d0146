using ChatOps.Storage;

namespace ChatOps.Agent.Context;

/// <summary>What there is of a conversation before a turn.</summary>
/// <param name="Digest">Its older part in short; null when all of it is in the exchanges.</param>
/// <param name="Exchanges">What came after that, in order.</param>
internal sealed record ConversationBefore(ConversationDigest? Digest, IReadOnlyList<Exchange> Exchanges);
