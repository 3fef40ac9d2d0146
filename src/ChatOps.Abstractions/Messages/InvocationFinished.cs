namespace ChatOps.Messages;

/// <summary>Event: an invocation that had been waiting has its outcome in the store; a turn suspended on it can go on.</summary>
/// <param name="InvocationId">Its id.</param>
public sealed record InvocationFinished(string InvocationId) : IBroadcast;
