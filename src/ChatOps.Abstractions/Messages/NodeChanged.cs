namespace ChatOps.Messages;

/// <summary>Event: a member of the fleet was added, changed, removed, or is connected somewhere else; the store has it.</summary>
/// <param name="Node">Its name.</param>
public sealed record NodeChanged(string Node) : IBroadcast;
