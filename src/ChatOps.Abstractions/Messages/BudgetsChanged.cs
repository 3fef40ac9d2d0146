namespace ChatOps.Messages;

/// <summary>Event: a budget was raised, or somebody said that it is not; turns that lie still at one are looked at.</summary>
public sealed record BudgetsChanged : IBroadcast;
