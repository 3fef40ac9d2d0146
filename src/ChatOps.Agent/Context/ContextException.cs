namespace ChatOps.Agent.Context;

/// <summary>A context that cannot be built; the message is for people: what, why, what to do.</summary>
/// <param name="message">The message.</param>
internal sealed class ContextException(string message) : Exception(message);
