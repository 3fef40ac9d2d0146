namespace ChatOps.EndToEnd.Stores;

/// <summary>How long after a gateway was killed another one did what it had done.</summary>
/// <param name="Conversation">The turn that it worked on, whose command ran on a node, went on to its answer.</param>
/// <param name="Node">The node that was connected to it was connected to the other one.</param>
/// <param name="Poller">A message that came to the platform afterwards was taken from there.</param>
/// <param name="Schedule">The first time that was due afterwards had been run; the schedule is due every 10 s.</param>
internal sealed record FailOverTimes(TimeSpan Conversation, TimeSpan Node, TimeSpan Poller, TimeSpan Schedule);
