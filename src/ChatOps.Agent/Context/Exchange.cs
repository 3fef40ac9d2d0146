using ChatOps.Storage;

namespace ChatOps.Agent.Context;

/// <summary>A message of a person (with those that were answered together with it) and what answered it; or something that the gateway said by itself.</summary>
/// <param name="Items">What came in, oldest first; empty for what the gateway said by itself.</param>
/// <param name="Steps">What a model and its tools did, in order; empty when none led the turn.</param>
/// <param name="Replies">What was said, oldest first.</param>
internal sealed record Exchange(IReadOnlyList<InboxItem> Items, IReadOnlyList<TurnStep> Steps, IReadOnlyList<StoredMessage> Replies)
{
    /// <summary>The newest id of a message in it: everything in a conversation up to here is in it or before it.</summary>
    public string Id => Items.Count > 0 ? Items.Select(i => i.Id).Max(StringComparer.Ordinal)! : Replies[0].Id;
}
