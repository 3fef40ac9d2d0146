namespace ChatOps.Storage;

/// <summary>What a person sees in a conversation: one inbound text or one message of ours; exactly one is not null.</summary>
/// <param name="Id">Sortable id of either.</param>
/// <param name="Inbound">What came in.</param>
/// <param name="Message">What we said.</param>
public sealed record TimelineEntry(string Id, InboxItem? Inbound, StoredMessage? Message);
