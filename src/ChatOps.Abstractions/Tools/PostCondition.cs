using ChatOps.Fleet;

namespace ChatOps.Tools;

/// <summary>What must hold after a change. The gate looks by itself, through the gate, with the rights of whoever asked for the change.</summary>
/// <param name="Says">What must hold, as half a sentence: <c>the file has the new content</c>.</param>
/// <param name="Of">The look for a call that was made, on one of its nodes (null for a tool without nodes); null when there is nothing to look at.</param>
public sealed record PostCondition(string Says, Func<ToolCall, NodeInfo?, PostCheck?> Of);
