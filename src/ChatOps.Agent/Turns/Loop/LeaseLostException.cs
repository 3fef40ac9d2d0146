namespace ChatOps.Agent.Turns.Loop;

/// <summary>Another worker has the conversation: nothing of this turn was written, and it must not go on here.</summary>
internal sealed class LeaseLostException() : Exception("The conversation's lease is lost.");
