using ChatOps.Messages;

namespace ChatOps.Schedules;

/// <summary>Schedules or their runs have changed: whoever waits for the next tick looks again.</summary>
public sealed record SchedulesChanged : IBroadcast;
